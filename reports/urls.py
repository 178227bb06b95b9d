"""Addresses of the app, one file for each part: boards, reports, figures."""

from django.urls import include, path

urlpatterns = [
    path("", include("reports.urls_boards")),
    path("", include("reports.urls_figures")),
    path("", include("reports.urls_staffing")),
    path("", include("reports.urls_submissions")),
    path("", include("reports.urls_writing")),
    path("", include("reports.urls_unit_changes")),
    path("", include("reports.urls_periods")),
    path("", include("reports.urls_calendar")),
    path("", include("reports.urls_friendly")),
    path("", include("plans.urls_inspections")),
    path("", include("reports.urls_inspector")),
    path("", include("reports.urls_data_out")),
]
