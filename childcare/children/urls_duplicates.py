"""Addresses of children who may be one and the same."""

from django.urls import path

from childcare.children.views import duplicates

TWO = "tre-em/<uuid:public_id>/so-sanh/<uuid:other>/"
urlpatterns = [
    path("tre-em/trung/", duplicates.duplicate_list, name="duplicate-list"),
    path("tre-em/trung/tim/", duplicates.duplicate_search, name="duplicate-search"),
    path(TWO, duplicates.child_compare, name="child-compare"),
    path(f"{TWO}gop/", duplicates.child_merge, name="child-merge"),
    path("tre-em/lan-gop/<uuid:public_id>/", duplicates.merge, name="merge"),
    path(f"{TWO}khong-trung/", duplicates.child_distinct, name="child-distinct"),
    path(f"{TWO}xem-lai/", duplicates.child_judge_again, name="child-judge-again"),
]
