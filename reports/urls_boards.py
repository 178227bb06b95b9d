"""Addresses of the boards."""

from django.urls import path

from reports.views import boards, schools

urlpatterns = [
    path("", boards.home, name="home"),
    path("hoc-sinh/", schools.school, name="school"),
    path("tong-hop/", boards.summary, name="summary"),
    path("tong-hop/don-doc/", boards.nudge, name="nudge"),
]
