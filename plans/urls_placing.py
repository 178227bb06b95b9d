"""Addresses of the children who wait to be placed."""

from django.urls import path

from plans.views import placing as views

urlpatterns = [
    path("tre-em/chua-xep/", views.placing_list, name="placing-list"),
    path("tre-em/chua-xep/<uuid:public_id>/", views.placing, name="placing"),
]
