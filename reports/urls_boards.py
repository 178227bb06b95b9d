"""Addresses of the boards."""

from django.urls import path

from reports.views import boards

urlpatterns = [
    path("", boards.home, name="home"),
    path("tong-hop/", boards.summary, name="summary"),
    path("tong-hop/don-doc/", boards.nudge, name="nudge"),
]
