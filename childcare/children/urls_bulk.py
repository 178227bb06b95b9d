"""Addresses of what is recorded for many children at once."""

from django.urls import path

from childcare.children.views import bulk, pasting, sheets

BULK = "hang-loat/<uuid:public_id>/"
urlpatterns = [
    path("hang-loat/", bulk.bulk_list, name="bulk-list"),
    path("hang-loat/chon/", bulk.bulk_start, name="bulk-start"),
    path("hang-loat/danh-dau/", bulk.bulk_pick, name="bulk-pick"),
    path("hang-loat/dan/<str:kind>/", pasting.paste, name="paste"),
    path(BULK, bulk.bulk, name="bulk"),
    path(f"{BULK}viec/<str:kind>/", bulk.bulk_form, name="bulk-form"),
    path(f"{BULK}ghi/", bulk.bulk_write, name="bulk-write"),
    path(f"{BULK}tien-do/", bulk.bulk_progress, name="bulk-progress"),
    path(f"{BULK}chuan-bi-lai/", bulk.bulk_again, name="bulk-again"),
    path(f"{BULK}hoan-tac/", bulk.bulk_undo, name="bulk-undo"),
    path(f"{BULK}cap-phat/<str:ending>/", bulk.bulk_paper, name="bulk-paper"),
    path("van-ban/<uuid:public_id>/", sheets.sheet_file, name="sheet-file"),
]
