"""Addresses of cases."""

from django.urls import include, path

from cases.urls_secrecy import urlpatterns as secrecy
from cases.views import lists, planning, steps

CASE = "ho-so/<uuid:public_id>/"
urlpatterns = [
    path("", include("cases.urls_placement")),
    path("ho-so/", lists.case_list, name="case-list"),
    path("", include("cases.urls_workload")),
    path("ho-so/cho-giao/", lists.held, name="case-held"),
    path(f"{CASE}nhan-giao/", steps.case_hand_out, name="case-hand-out"),
    path("ho-so/tiep-nhan/", steps.case_add, name="case-add"),
    path(CASE, lists.case_page, name="case"),
    path(f"{CASE}bo-sung/", steps.case_tell_more, name="case-tell-more"),
    path(f"{CASE}khong-lap/", steps.case_screen, name="case-screen"),
    path(f"{CASE}danh-gia/<str:which>/", steps.case_assess, name="case-assess"),
    path(f"{CASE}khan-cap/", steps.case_emergency, name="case-emergency"),
    path(f"{CASE}ke-hoach/", planning.case_plan, name="case-plan"),
    path(f"{CASE}dich-vu/", planning.case_service_add, name="case-service-add"),
    path(f"{CASE}trinh/", planning.case_submit, name="case-submit"),
    path(f"{CASE}phe-duyet/", planning.case_approve, name="case-approve"),
    path(f"{CASE}tra-lai/", planning.case_return, name="case-return"),
    path(f"{CASE}ket-thuc/", steps.case_close, name="case-close"),
    path(f"{CASE}lan-tiep/", planning.case_new_round, name="case-new-round"),
    path(f"{CASE}mo-lai/", steps.case_reopen, name="case-reopen"),
    path(f"{CASE}giao/", steps.case_assign, name="case-assign"),
    path("ho-so/cach-ly/<uuid:public_id>/ket-thuc/", steps.case_isolation_end, name="case-isolation-end"),
    path("ho-so/dich-vu/<uuid:public_id>/bo/", planning.case_service_remove, name="case-service-remove"),
    path("ho-so/dich-vu/<uuid:public_id>/da-lam/", planning.case_serve, name="case-serve"),
    *secrecy,
    path("", include("cases.urls_reporting")),
]
