"""Addresses of the register of outgoing documents, numbers, seals, and the public page of checking."""

from django.urls import path

from childcare.documents.views import checking, register, signing

urlpatterns = [
    path("kiem-tra/<str:token>/", checking.check, name="document-check"),
    path("bao-cao/so-van-ban/", register.register_list, name="register"),
    path("bao-cao/so-van-ban/lay-so/", register.register_take, name="register-take"),
    path("bao-cao/so-van-ban/cach-cap-so/", signing.numbering, name="numbering"),
    path("bao-cao/so-van-ban/chung-thu-so/", signing.seals, name="seals"),
    path("bao-cao/so-van-ban/chung-thu-so/go/", signing.seal_remove, name="seal-remove"),
    path("bao-cao/so-van-ban/<uuid:public_id>/", register.register_entry, name="register-entry"),
    path("bao-cao/so-van-ban/<uuid:public_id>/huy/", register.register_cancel, name="register-entry-cancel"),
    path("bao-cao/so-van-ban/<uuid:public_id>/tep/<str:what>/", register.register_file, name="register-entry-file"),
    path("bao-cao/so-van-ban/<uuid:public_id>/dong-dau/", signing.seal_put, name="register-entry-seal"),
    path("bao-cao/so-van-ban/<uuid:public_id>/ban-ky-so/", signing.signed_add, name="register-entry-signed"),
]
