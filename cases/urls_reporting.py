"""Addresses of reports that are sent in, of joining a case to its child, of cases that go to another commune."""

from django.urls import path

from cases.views import handover, linking, notices

CASE, HANDED = "ho-so/<uuid:public_id>/", "ho-so/chuyen-den/<uuid:public_id>/"
NOTICE = "ho-so/tin-bao/<uuid:public_id>/"
urlpatterns = [
    path("bao-tin/", notices.notice_add, name="notice-add"),
    path("bao-tin/da-gui/", notices.notice_sent, name="notice-sent"),
    path("ho-so/tin-bao/", notices.notice_list, name="notice-list"),
    path(NOTICE, notices.notice, name="notice"),
    path(f"{NOTICE}chuyen/", notices.notice_pass_on, name="notice-pass-on"),
    path(f"{CASE}noi-tre/", linking.case_link, name="case-link"),
    path(f"{CASE}noi-tre/them/", linking.case_link_new, name="case-link-new"),
    path(f"{CASE}noi-tre/<uuid:child>/", linking.case_link_child, name="case-link-child"),
    path(f"{CASE}go-noi-tre/", linking.case_unlink, name="case-unlink"),
    path(f"{CASE}chuyen-ho-so/", handover.case_transfer, name="case-transfer"),
    path(f"{CASE}xong-khan-cap/", handover.case_transfer_end, name="case-transfer-end"),
    path("ho-so/chuyen-den/", handover.handed_list, name="handed-list"),
    path(HANDED, handover.handed, name="handed"),
    path(f"{HANDED}mo/", handover.handed_open, name="handed-open"),
    path(f"{HANDED}nhan/", handover.handed_take, name="handed-take"),
    path(f"{HANDED}khong-nhan/", handover.handed_back, name="handed-back"),
]
