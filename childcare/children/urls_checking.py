"""Addresses of the lists to be checked and of the check by the police."""

from django.urls import path

from childcare.children.views import checking

urlpatterns = [
    path("tre-em/<uuid:public_id>/xac-thuc/", checking.child_verify, name="child-verify"),
]
