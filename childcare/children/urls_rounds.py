"""Addresses of rounds of review."""

from django.urls import path

from childcare.children.views import rounds

ROUND = "dot-ra-soat/<uuid:public_id>/"
urlpatterns = [
    path("dot-ra-soat/", rounds.round_list, name="round-list"),
    path("dot-ra-soat/mo/", rounds.round_add, name="round-add"),
    path(ROUND, rounds.round, name="round"),
    path(f"{ROUND}dia-ban/<uuid:place>/", rounds.round_place, name="round-place"),
    path(f"{ROUND}tre/<uuid:child>/", rounds.round_tick, name="round-tick"),
    path(f"{ROUND}chot/", rounds.round_close, name="round-close"),
    path(f"{ROUND}bien-ban/<str:ending>/", rounds.round_minutes, name="round-minutes"),
]
