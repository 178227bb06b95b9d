"""Addresses of the registry. Names of children never stand in one."""

from django.urls import include, path

from childcare.children.views import facts, incidents, lists, outputs, people, residence

CHILD, HOUSE = "tre-em/<uuid:public_id>/", "ho/<uuid:public_id>/"
urlpatterns = [
    path("", include("childcare.children.urls_imports")),
    path("", include("childcare.children.urls_duplicates")),
    path("", include("childcare.children.urls_checking")),
    path("", include("childcare.children.urls_privacy")),
    path("", include("childcare.children.urls_events")),
    path("tre-em/", lists.child_list, name="child-list"),
    path("tre-em/tim/", lists.child_search, name="child-search"),
    path("tre-em/in/", outputs.child_print, name="child-print"),
    path("tre-em/in/<uuid:public_id>/", outputs.child_print_file, name="child-print-file"),
    path("tre-em/xuat/<str:form>/", outputs.child_export, name="child-export"),
    path("tre-em/them/", people.child_add, name="child-add"),
    path(CHILD, people.child, name="child"),
    path(f"{CHILD}sua/", people.child_edit, name="child-edit"),
    path(f"{CHILD}hoan-canh/", facts.circumstance_add, name="circumstance-add"),
    path(f"{CHILD}tro-giup/", facts.support_add, name="support-add"),
    path(f"{CHILD}nguoi-cham-soc/", facts.caregiver_add, name="caregiver-add"),
    path(f"{CHILD}loai-ho/", residence.poverty_add, name="poverty-add"),
    path(f"{CHILD}ho/", residence.household_set, name="household-set"),
    path(f"{CHILD}chuyen-noi-o/", residence.residence_move, name="residence-move"),
    path(f"{CHILD}chuyen-di/", residence.residence_end, name="residence-end"),
    path(f"{CHILD}hoan-tac/", residence.residence_undo, name="residence-undo"),
    path("cu-tru/<uuid:public_id>/dinh-chinh/", residence.residence_correct, name="residence-correct"),
    path("hoan-canh/<uuid:public_id>/ket-thuc/", facts.circumstance_end, name="circumstance-end"),
    path("hoan-canh/<uuid:public_id>/dinh-chinh/", facts.circumstance_correct, name="circumstance-correct"),
    path("hoan-canh/<uuid:public_id>/huy/", facts.circumstance_void, name="circumstance-void"),
    path("tro-giup/<uuid:public_id>/ket-thuc/", facts.support_end, name="support-end"),
    path("tro-giup/<uuid:public_id>/dinh-chinh/", facts.support_correct, name="support-correct"),
    path("tro-giup/<uuid:public_id>/huy/", facts.support_void, name="support-void"),
    path("nguoi-cham-soc/<uuid:public_id>/ket-thuc/", facts.caregiver_end, name="caregiver-end"),
    path("nguoi-cham-soc/<uuid:public_id>/huy/", facts.caregiver_void, name="caregiver-void"),
    path(HOUSE, residence.household, name="household"),
    path(f"{HOUSE}sua/", residence.household_edit, name="household-edit"),
    path(f"{HOUSE}loai-ho/", residence.household_poverty, name="household-poverty"),
    path(f"{HOUSE}nguy-co/", facts.household_risk_add, name="household-risk-add"),
    path(f"{HOUSE}tro-giup/", facts.household_support_add, name="household-support-add"),
    path("vu-viec/", incidents.incident_list, name="incident-list"),
    path("vu-viec/them/", incidents.incident_add, name="incident-add"),
    path("vu-viec/<uuid:public_id>/", incidents.incident, name="incident"),
    path("vu-viec/<uuid:public_id>/dinh-chinh/", incidents.incident_correct, name="incident-correct"),
    path("vu-viec/<uuid:public_id>/huy/", incidents.incident_void, name="incident-void"),
]
