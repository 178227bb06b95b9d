"""Addresses of the papers of the week."""

from django.urls import path

from childcare.children.views import extracts

urlpatterns = [
    path("tre-em/trich-ngang/", extracts.extract_list, name="extract-list"),
    path("tre-em/trich-ngang/<str:ending>/", extracts.extract, name="extract-file"),
    path("tre-em/phieu-ra-soat/<str:ending>/", extracts.hamlet_review, name="hamlet-sheet"),
]
