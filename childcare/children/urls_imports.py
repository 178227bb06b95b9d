"""Addresses of the import of lists."""

from django.urls import path

from childcare.children.views import import_details, import_hamlets, import_mapping, import_same, import_undo, imports

BATCH = "nhap-tep/<uuid:public_id>/"
urlpatterns = [
    path("nhap-tep/", imports.import_list, name="import-list"),
    path("nhap-tep/chon-tep/", imports.import_upload, name="import-upload"),
    path("nhap-tep/mau/", imports.import_template, name="import-template"),
    path(BATCH, imports.import_batch, name="import-batch"),
    path(f"{BATCH}tien-do/", imports.import_progress, name="import-progress"),
    path(f"{BATCH}ghep-cot/", import_mapping.import_mapping, name="import-mapping"),
    path(f"{BATCH}quen-ghep-cot/", import_mapping.import_mapping_forget, name="import-mapping-forget"),
    path(f"{BATCH}chon-thon/", import_hamlets.import_hamlets, name="import-hamlets"),
    path(f"{BATCH}tre-da-co/", import_same.import_same, name="import-same"),
    path(f"{BATCH}de-nghi/<slug:kind>/", import_details.import_offers, name="import-offers"),
    path(f"{BATCH}chi-tiet/<slug:kind>/", import_details.import_cases, name="import-cases"),
    path(f"{BATCH}nhap/", imports.import_decide, name="import-decide"),
    path(f"{BATCH}bo/", imports.import_cancel, name="import-cancel"),
    path(f"{BATCH}hoan-tac/", import_undo.import_undo, name="import-undo"),
    path(f"{BATCH}tep-can-sua/", imports.import_errors, name="import-errors"),
]
