"""Addresses of reports that are sent in."""

from django.urls import path

from cases.views import notices

NOTICE = "ho-so/tin-bao/<uuid:public_id>/"
urlpatterns = [
    path("bao-tin/", notices.notice_add, name="notice-add"),
    path("bao-tin/da-gui/", notices.notice_sent, name="notice-sent"),
    path("ho-so/tin-bao/", notices.notice_list, name="notice-list"),
    path(NOTICE, notices.notice, name="notice"),
    path(f"{NOTICE}chuyen/", notices.notice_pass_on, name="notice-pass-on"),
]
