"""Addresses of bodies."""

from django.urls import path

from plans.views import bodies

urlpatterns = [
    path("nhan-luc/<uuid:public_id>/to-chuc/", bodies.body_list, name="body-list"),
    path("nhan-luc/<uuid:public_id>/to-chuc/them/", bodies.body_add, name="body-list-add"),
    path("to-chuc/<uuid:public_id>/", bodies.body, name="body"),
    path("to-chuc/<uuid:public_id>/tai/<str:ending>/", bodies.body_file, name="body-file"),
    path("to-chuc/<uuid:public_id>/sua/", bodies.body_edit, name="body-edit"),
    path("to-chuc/<uuid:public_id>/kien-toan/", bodies.body_renew, name="body-renew"),
    path("to-chuc/<uuid:public_id>/thanh-vien/", bodies.body_members, name="body-members"),
    path("to-chuc/<uuid:public_id>/hop/", bodies.body_meet, name="body-meet"),
    path("to-chuc/<uuid:public_id>/ket-thuc/", bodies.body_end, name="body-end"),
    path("to-chuc/<uuid:public_id>/huy/", bodies.body_void, name="body-void"),
    path("to-chuc/quyet-dinh/<uuid:public_id>/huy/", bodies.body_decision_void, name="body-decision-void"),
    path("to-chuc/cuoc-hop/<uuid:public_id>/huy/", bodies.body_meeting_void, name="body-meeting-void"),
]
