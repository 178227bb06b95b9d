"""Addresses of the printed forms, the minutes and the decisions on an isolation."""

from django.urls import path

from cases.views import meetings, papers

CASE = "ho-so/<uuid:public_id>/"
urlpatterns = [
    path(f"{CASE}ban-in/", papers.case_papers, name="case-papers"),
    path(f"{CASE}ban-in/<slug:key>/<str:ending>/", papers.case_print, name="case-print"),
    path(f"{CASE}hop/", meetings.meeting, name="case-meeting"),
    path("ho-so/cach-ly/<uuid:public_id>/quyet-dinh/<slug:order>/", meetings.isolation_order, name="case-isolation-order"),
    path("cham-soc-thay-the/<uuid:public_id>/ban-in/<slug:key>/<str:ending>/", papers.placement_print, name="placement-print"),
    path("cham-soc-thay-the/nguoi-nhan/<uuid:public_id>/in/<slug:key>/<str:ending>/", papers.carer_print, name="carer-print"),
    path("cham-soc-thay-the/noi-nhan/<uuid:public_id>/mau-14/<str:ending>/", papers.facility_print, name="facility-print"),
    path("ho-so/mau-van-ban/", papers.form_list, name="form-list"),
    path("ho-so/mau-van-ban/<int:pk>/sua/", papers.form_change, name="form-change"),
    path("ho-so/mau-van-ban/<slug:key>/<str:ending>/", papers.form_blank, name="form-blank"),
    path("ho-so/nguoi-nhan-cham-soc/<str:ending>/", papers.carer_register, name="carer-register"),
]
