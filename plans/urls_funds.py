"""Addresses of funds."""

from django.urls import path

from plans.views import funds

ONE = "quy/<uuid:public_id>/"
ENTRY = "quy/khoan/<uuid:public_id>/"
urlpatterns = [
    path("quy/", funds.fund_list, name="fund-list"),
    path("quy/them/", funds.fund_open, name="fund-open"),
    path(ONE, funds.fund, name="fund"),
    path(f"{ONE}thu/", funds.fund_receive, name="fund-receive"),
    path(f"{ONE}chi/", funds.fund_spend, name="fund-spend"),
    path(f"{ONE}cong-khai/<str:ending>/", funds.fund_publication, name="fund-publication"),
    path(ENTRY, funds.entry, name="fund-entry"),
    path(f"{ENTRY}phieu/<str:ending>/", funds.entry_receipt, name="fund-entry-receipt"),
    path(f"{ENTRY}huy/", funds.entry_void, name="fund-entry-void"),
]
