"""Addresses of the changes of units, and of the figures of a past year on old or new boundaries."""

from django.urls import path

from reports.views import recount, school_changes
from reports.views import unit_changes as views

CHANGE = "don-vi/thay-doi/<uuid:public_id>/"
urlpatterns = [
    path("tong-hop/nam-truoc/", recount.recount, name="recount"),
    path("don-vi/<uuid:public_id>/doi-ten-truong/", school_changes.school_rename, name="school-rename"),
    path("don-vi/<uuid:public_id>/ket-thuc-truong/", school_changes.school_end, name="school-end"),
    path("don-vi/thay-doi/", views.unit_change_list, name="unit-change-list"),
    path(CHANGE, views.unit_change, name="unit-change"),
    path(f"{CHANGE}sua/", views.unit_change_head, name="unit-change-head"),
    path(f"{CHANGE}don-vi-nhan/", views.unit_change_takes, name="unit-change-takes"),
    path(f"{CHANGE}bo-dong/", views.unit_change_out, name="unit-change-out"),
    path(f"{CHANGE}chot/", views.unit_change_plan, name="unit-change-plan"),
    path(f"{CHANGE}thuc-hien/", views.unit_change_start, name="unit-change-start"),
    path(f"{CHANGE}bo/", views.unit_change_cancel, name="unit-change-cancel"),
    path(f"{CHANGE}hoan-lai/", views.unit_change_undo, name="unit-change-undo"),
]
