"""Addresses of papers, consents, the resting of data and requests about data."""

from django.urls import path

from childcare.children.views import papers, requests

urlpatterns = [
    path("tre-em/<uuid:public_id>/giay-to/", papers.attachment_add, name="attachment-add"),
    path("giay-to/<uuid:public_id>/tep/", papers.attachment_file, name="attachment-file"),
    path("giay-to/<uuid:public_id>/huy/", papers.attachment_void, name="attachment-void"),
    path("tre-em/<uuid:public_id>/dong-y/", papers.consent_add, name="consent-add"),
    path("dong-y/<uuid:public_id>/rut/", papers.consent_withdraw, name="consent-withdraw"),
    path("dong-y/<uuid:public_id>/huy/", papers.consent_void, name="consent-void"),
    path("tre-em/<uuid:public_id>/han-che/", papers.restriction_add, name="restriction-add"),
    path("han-che/<uuid:public_id>/bo/", papers.restriction_lift, name="restriction-lift"),
    path("yeu-cau-du-lieu/", requests.request_list, name="request-list"),
    path("yeu-cau-du-lieu/them/", requests.request_add, name="request-add"),
    path("yeu-cau-du-lieu/<uuid:public_id>/", requests.request_page, name="request"),
    path("yeu-cau-du-lieu/<uuid:public_id>/tra-loi/", requests.request_answer, name="request-answer"),
    path("yeu-cau-du-lieu/<uuid:public_id>/gia-han/", requests.request_extend, name="request-extend"),
    path("yeu-cau-du-lieu/<uuid:public_id>/ket-qua/", requests.request_close, name="request-close"),
    path("du-lieu-ca-nhan/", requests.data_rules, name="data-rules"),
]
