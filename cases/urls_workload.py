"""Addresses of the workload."""

from django.urls import path

from cases.views import workload

urlpatterns = [
    path("ho-so/khoi-luong/", workload.case_workload, name="case-workload"),
    path("ho-so/khoi-luong/<uuid:public_id>/", workload.case_of_officer, name="case-of-officer"),
    path("ho-so/ban-giao/<uuid:public_id>/", workload.case_hand_over, name="case-hand-over"),
]
