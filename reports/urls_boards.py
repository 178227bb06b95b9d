"""Addresses of the boards."""

from django.urls import path

from reports.views import boards, chasing, plan_duties, schools, yearly

urlpatterns = [
    path("", boards.home, name="home"),
    path("hoc-sinh/", schools.school, name="school"),
    path("tong-hop/", boards.summary, name="summary"),
    path("tong-hop/xu-huong/", boards.trends, name="summary-trends"),
    path("tong-hop/tai/<slug:ending>/", boards.summary_file, name="summary-file"),
    path("ke-hoach/<uuid:public_id>/nam-sau/", yearly.plan_next, name="plan-next"),
    path("ke-hoach/ban-hanh/", plan_duties.plan_duty_list, name="plan-duties"),
    path("tong-hop/don-doc/", boards.nudge, name="nudge"),
    path("tong-hop/gui-bao-cao/", chasing.sending, name="sending"),
    path("tong-hop/gui-bao-cao/nam/", chasing.sending_year, name="sending-year"),
    path("tong-hop/gui-bao-cao/da-nhac/", chasing.sending_told, name="sending-told"),
    path("tong-hop/gui-bao-cao/<slug:paper>/ban-hanh/", chasing.sending_issue, name="sending-issue"),
    path("tong-hop/gui-bao-cao/<slug:paper>/", chasing.sending_paper, name="sending-paper"),
]
