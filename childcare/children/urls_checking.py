"""Addresses of the lists to be checked and of the check by the police."""

from django.urls import path

from childcare.children.views import checking

urlpatterns = [
    path("ra-soat-bo-sung/", checking.check_lists, name="check-lists"),
    path("ra-soat-bo-sung/xa/<uuid:public_id>/", checking.check_lists_of, name="check-lists-of"),
    path("ra-soat-bo-sung/<uuid:public_id>/<str:ending>/", checking.check_list_file, name="check-list-file"),
    path("tre-em/<uuid:public_id>/xac-thuc/", checking.child_verify, name="child-verify"),
]
