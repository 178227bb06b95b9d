"""Addresses of the workload and of the clocks."""

from django.urls import path

from cases.views import clocks, workload

urlpatterns = [
    path("ho-so/khoi-luong/", workload.case_workload, name="case-workload"),
    path("ho-so/khoi-luong/<uuid:public_id>/", workload.case_of_officer, name="case-of-officer"),
    path("ho-so/ban-giao/<uuid:public_id>/", workload.case_hand_over, name="case-hand-over"),
    path("ho-so/thoi-han/", clocks.case_clocks, name="case-clocks"),
    path("ho-so/thoi-han/<str:code>/", clocks.case_clock_set, name="case-clock-set"),
    path("ho-so/thoi-han/<str:code>/bo/", clocks.case_clock_drop, name="case-clock-drop"),
    path("cai-dat/ho-so/", clocks.clock_settings, name="clock-settings"),
    path("cai-dat/ho-so/bo-nhac/", clocks.clock_reminder_drop, name="clock-reminder-drop"),
    path("cai-dat/ho-so/quy-tac/", clocks.assessment_rule_set, name="assessment-rule-set"),
    path("cai-dat/ho-so/thoi-han/<str:code>/", clocks.clock_correct, name="clock-correct"),
    path("cai-dat/ho-so/thoi-han/<str:code>/doi-chieu/", clocks.clock_verify, name="clock-verify"),
    path("cai-dat/ho-so/noi-dung/<str:code>/", clocks.assessment_item_correct, name="assessment-item-correct"),
]
