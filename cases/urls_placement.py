"""Addresses of alternative care, its registers, and the promises of families."""

from django.urls import path

from cases.views import carers, commitments, placement

ONE = "cham-soc-thay-the/<uuid:public_id>/"
CARER = "cham-soc-thay-the/nguoi-nhan/<uuid:public_id>/"
PROMISE = "cam-ket/<uuid:public_id>/"
urlpatterns = [
    path("cham-soc-thay-the/", placement.placement_list, name="placement-list"),
    path("tre-em/<uuid:public_id>/cham-soc-thay-the/", placement.placement_add, name="placement-add"),
    path("ho-so/<uuid:public_id>/cham-soc-thay-the/", placement.case_care_add, name="case-care-add"),
    path(ONE, placement.placement, name="placement"),
    path(f"{ONE}nhu-cau/", placement.placement_describe, name="placement-describe"),
    path(f"{ONE}chon/", placement.placement_propose, name="placement-propose"),
    path(f"{ONE}quyet-dinh/", placement.placement_decide, name="placement-decide"),
    path(f"{ONE}giao-nhan/", placement.placement_begin, name="placement-begin"),
    path(f"{ONE}theo-doi/", placement.placement_visit, name="placement-visit"),
    path(f"{ONE}thong-bao/", placement.placement_told, name="placement-told"),
    path(f"{ONE}de-nghi-cham-dut/", placement.placement_ask_end, name="placement-ask-end"),
    path(f"{ONE}cham-dut/", placement.placement_end, name="placement-end"),
    path(f"{ONE}bo/", placement.placement_cancel, name="placement-cancel"),
    path(f"{ONE}dinh-chinh/", placement.placement_correct, name="placement-correct"),
    path("cham-soc-thay-the/nguoi-nhan/", carers.carer_list, name="carer-list"),
    path("cham-soc-thay-the/nguoi-nhan/them/", carers.carer_add, name="carer-add"),
    path("cham-soc-thay-the/nguoi-nhan/ra-soat/", carers.register_review, name="register-review"),
    path(CARER, carers.carer, name="carer"),
    path(f"{CARER}sua/", carers.carer_change, name="carer-change"),
    path(f"{CARER}xac-minh/", carers.carer_conclude, name="carer-conclude"),
    path(f"{CARER}thoi/", carers.carer_withdraw, name="carer-withdraw"),
    path("cham-soc-thay-the/noi-nhan/", carers.shelter_list, name="shelter-list"),
    path("cham-soc-thay-the/noi-nhan/them/", carers.shelter_add, name="shelter-add"),
    path("cham-soc-thay-the/noi-nhan/<uuid:public_id>/", carers.shelter_change, name="shelter-change"),
    path("tre-em/<uuid:public_id>/cam-ket/", commitments.commitment_add, name="commitment-add"),
    path("ho-so/<uuid:public_id>/cam-ket/", commitments.case_promise_add, name="case-promise-add"),
    path(PROMISE, commitments.commitment, name="commitment"),
    path(f"{PROMISE}kiem-tra/", commitments.commitment_check, name="commitment-check"),
    path(f"{PROMISE}ket-luan/", commitments.commitment_close, name="commitment-close"),
    path(f"{PROMISE}huy/", commitments.commitment_void, name="commitment-void"),
]
