"""Addresses of targets handed down."""

from django.urls import path

from plans.views import assigning

urlpatterns = [
    path("ke-hoach/<uuid:public_id>/giao/", assigning.plan_assign, name="plan-assign"),
    path("ke-hoach/<uuid:public_id>/nhan/", assigning.plan_take, name="plan-take"),
    path("chi-tieu-duoc-giao/", assigning.assigned_list, name="assigned-list"),
    path("chi-tieu-duoc-giao/<uuid:public_id>/", assigning.assigned_answer, name="assigned-answer"),
]
