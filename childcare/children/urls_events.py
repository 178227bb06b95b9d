"""Addresses of what happens to children and households: transfers, events of a period, households that split or move."""

from django.urls import path

from childcare.children.views import events, households, poverty, transfer_terms, transfers

HOUSE = "ho/<uuid:public_id>/"
TRANSFER, ASK = "tre-em/chuyen/<uuid:public_id>/", "tre-em/xin-chuyen/<uuid:public_id>/"
urlpatterns = [
    path("ho/loai-ho/", poverty.poverty_year, name="poverty-year"),
    path(f"{HOUSE}tach-ho/", households.household_split, name="household-split"),
    path(f"{HOUSE}chuyen/", households.household_move, name="household-move"),
    path(f"{HOUSE}chu-ho/", households.household_head, name="household-head"),
    path("tre-em/bien-dong/", events.event_list, name="event-list"),
    path("tre-em/bien-dong/tai/<str:form>/", events.event_export, name="event-export"),
    path("tre-em/bien-dong/sap-du-16/", events.sixteen_list, name="sixteen-list"),
    path("tre-em/<uuid:public_id>/bien-dong/", events.child_events, name="child-events"),
    path("tre-em/chuyen/noi-den/", transfers.destination_search, name="destination-search"),
    path("tre-em/chuyen/", transfers.transfer_list, name="transfer-list"),
    path(TRANSFER, transfers.transfer, name="transfer"),
    path(f"{TRANSFER}tra-lai/", transfers.transfer_return, name="transfer-return"),
    path(f"{TRANSFER}rut-lai/", transfers.transfer_withdraw, name="transfer-withdraw"),
    path("cai-dat/han-tiep-nhan/", transfer_terms.transfer_terms, name="transfer-terms"),
    path("cai-dat/han-tiep-nhan/<int:pk>/bo/", transfer_terms.transfer_term_remove, name="transfer-term-remove"),
    path("tre-em/xin-chuyen/", transfers.ask_add, name="transfer-ask"),
    path(ASK, transfers.ask_answer, name="transfer-ask-answer"),
    path(f"{ASK}khong-dong-y/", transfers.ask_decline, name="transfer-ask-decline"),
    path(f"{ASK}thoi/", transfers.ask_withdraw, name="transfer-ask-withdraw"),
]
