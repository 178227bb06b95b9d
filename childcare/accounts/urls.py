"""Addresses of accounts, and of the pages of the apps beneath that need to know the officer."""

from django.urls import path

from childcare.accounts.views import account, audit_log, configuration, drafts, messages, officers, sign_in, units

urlpatterns = [
    path("dang-nhap/", sign_in.sign_in, name="sign-in"),
    path("dang-xuat/", sign_in.sign_out, name="sign-out"),
    path("mo-tai-khoan/<str:token>/", sign_in.account_link, name="account-link"),
    path("tai-khoan/", account.account, name="account"),
    path("tai-khoan/mat-khau/", account.account_password, name="account-password"),
    path("can-bo/", officers.officer_list, name="officer-list"),
    path("can-bo/them/", officers.officer_add, name="officer-add"),
    path("can-bo/<uuid:public_id>/", officers.officer, name="officer"),
    path("can-bo/<uuid:public_id>/dat-lai/", officers.officer_reset, name="officer-reset"),
    path("can-bo/<uuid:public_id>/phan-cong/", officers.officer_appoint, name="officer-appoint"),
    path("can-bo/<uuid:public_id>/khoa/", officers.officer_lock, name="officer-lock"),
    path("can-bo/<uuid:public_id>/mo-khoa/", officers.officer_unlock, name="officer-unlock"),
    path("phan-cong/<uuid:public_id>/ket-thuc/", officers.officer_end, name="officer-end"),
    path("don-vi/tim/", units.unit_search, name="unit-search"),
    path("vai-tro/", configuration.grants, name="grants"),
    path("nhat-ky/", audit_log.audit_log, name="audit-log"),
    path("cai-dat/", configuration.settings, name="settings"),
    path("cai-dat/ngay/<int:pk>/bo/", configuration.day_remove, name="day-remove"),
    path("nhac-viec/", messages.inbox, name="inbox"),
    path("nhac-viec/da-doc/", messages.inbox_read, name="inbox-read"),
    path("nhac-viec/<uuid:public_id>/", messages.inbox_open, name="inbox-open"),
    path("nhap/", drafts.draft, name="draft"),
    path("nhap/bo/", drafts.draft_drop, name="draft-drop"),
    path("viec-nen/<uuid:public_id>/", messages.job, name="job"),
    path("viec-nen/<uuid:public_id>/huy/", messages.job_cancel, name="job-cancel"),
]
