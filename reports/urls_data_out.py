"""Addresses of data that leave: tokens, and the one door of the API."""

from django.urls import path

from reports.views import data_out

urlpatterns = [
    path("tong-hop/ma-doc-so-lieu/", data_out.token_list, name="data-tokens"),
    path("tong-hop/ma-doc-so-lieu/<uuid:public_id>/thu-hoi/", data_out.token_revoke, name="data-token-revoke"),
    path("api/v1/<path:what>", data_out.door, name="api"),
]
