"""Addresses of who may open a case."""

from django.urls import path

from cases.views import declared, emergency, secrecy

CASE = "ho-so/<uuid:public_id>/"
urlpatterns = [
    path(f"{CASE}tiep-can/", secrecy.case_access, name="case-access"),
    path(f"{CASE}han-che/", secrecy.case_restrict, name="case-restrict"),
    path(f"{CASE}loai-tru/", secrecy.case_exclude, name="case-exclude"),
    path(f"{CASE}nguoi-bi-nghi/", secrecy.case_suspect, name="case-suspect"),
    path(f"{CASE}bo-han-che/", secrecy.case_lift, name="case-lift"),
    path(f"{CASE}ai-da-xem/", secrecy.case_readers, name="case-readers"),
    path("ho-so/han-che/", secrecy.case_lifts, name="case-lifts"),
    path("ho-so/bo-han-che/<uuid:public_id>/", secrecy.lift_decide, name="lift-decide"),
    path("ho-so/mo-khan-cap/", emergency.emergency_open, name="emergency-open"),
    path("ho-so/da-mo-khan-cap/", emergency.emergency_list, name="emergency-list"),
    path("ho-so/da-mo-khan-cap/<uuid:public_id>/", emergency.emergency_review, name="emergency-review"),
    path("tai-khoan/khai-bao/", declared.declared, name="declared"),
    path("tai-khoan/khai-bao/<uuid:public_id>/bo/", declared.declared_remove, name="declared-remove"),
    path("cai-dat/ho-so-han-che/", declared.secrecy_rules, name="secrecy-rules"),
]
