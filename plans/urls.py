"""Addresses of plans and activities, and of the pages about indicators and units, which show plans too."""

from django.urls import include, path

from plans.views import indicators, plans, unit_tree, units, work, writing

urlpatterns = [
    path("", include("plans.urls_activities")),
    path("", include("plans.urls_funds")),
    path("", include("plans.urls_placing")),
    path("ke-hoach/", plans.plan_list, name="plan-list"),
    path("ke-hoach/<uuid:public_id>/", plans.plan, name="plan"),
    path("", include("plans.urls_assigning")),
    path("ke-hoach/them/", writing.plan_add, name="plan-add"),
    path("ke-hoach/<uuid:public_id>/noi-dung/", writing.plan_text, name="plan-text"),
    path("ke-hoach/<uuid:public_id>/ban-hanh/", writing.plan_issue, name="plan-issue"),
    path("ke-hoach/<uuid:public_id>/du-thao/", writing.plan_draft, name="plan-draft"),
    path("ke-hoach/<uuid:public_id>/phien-ban/<int:number>/", writing.plan_version, name="plan-version"),
    path("ke-hoach/<uuid:public_id>/tai/<str:ending>/", writing.plan_file, name="plan-file"),
    path("ke-hoach/<uuid:public_id>/them-chi-tieu/", work.target_add, name="plan-target-add"),
    path("ke-hoach/nhiem-vu/<uuid:public_id>/", work.task_edit, name="task-edit"),
    path("ke-hoach/chi-tieu/<uuid:public_id>/sua/", work.target_edit, name="target-edit"),
    path("ke-hoach/kinh-phi/<uuid:public_id>/", work.budget_line, name="budget-line"),
    path("ke-hoach/kinh-phi/<uuid:public_id>/huy/", work.budget_void, name="budget-void"),
    path("ke-hoach/chi-tieu/<uuid:public_id>/danh-gia/", plans.target_assess, name="target-assess"),
    path("", include("plans.urls_staff")),
    path("", include("plans.urls_bodies")),
    path("", include("plans.urls_records")),
    path("chi-tieu/", indicators.indicator_list, name="indicator-list"),
    path("chi-tieu/<str:code>/", indicators.indicator, name="indicator"),
    path("don-vi/", unit_tree.unit_list, name="unit-list"),
    path("don-vi/<uuid:public_id>/ben-duoi/", unit_tree.unit_below, name="unit-below"),
    path("don-vi/<uuid:public_id>/", units.unit, name="unit"),
    path("don-vi/<uuid:public_id>/so-lieu/", units.unit_facts, name="unit-facts"),
    path("don-vi/<uuid:public_id>/them/", units.hamlet_add, name="hamlet-add"),
    path("don-vi/<uuid:public_id>/them-truong/", units.school_add, name="school-add"),
    path("don-vi/<uuid:public_id>/doi-ten/", units.hamlet_rename, name="hamlet-rename"),
    path("don-vi/<uuid:public_id>/ket-thuc/", units.hamlet_end, name="hamlet-end"),
]
