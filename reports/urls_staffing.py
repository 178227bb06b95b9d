"""Addresses of the page "Nhân lực và tổ chức"."""

from django.urls import path

from reports.views import staffing

urlpatterns = [
    path("nhan-luc/", staffing.own, name="staffing-own"),
    path("nhan-luc/<uuid:public_id>/", staffing.unit, name="staffing"),
]
