"""Addresses of the inspector's view."""

from django.urls import path

from reports.views import inspector as views

urlpatterns = [
    path("doan-kiem-tra/", views.inspector, name="inspector"),
    path("doan-kiem-tra/don-vi/<uuid:public_id>/", views.inspector_unit, name="inspector-unit"),
    path("doan-kiem-tra/don-vi/<uuid:public_id>/chon-mau/", views.inspector_draw, name="inspector-draw"),
    path("doan-kiem-tra/mau/<uuid:public_id>/", views.inspector_sample, name="inspector-sample"),
    path("doan-kiem-tra/ho-so/<uuid:public_id>/", views.inspector_file, name="inspector-file"),
    path("doan-kiem-tra/ho-so/<uuid:public_id>/giay-to/", views.inspector_paper, name="inspector-paper"),
]
