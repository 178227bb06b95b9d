"""Addresses of xã, phường phù hợp với trẻ em."""

from django.urls import path

from plans.views import friendly_table
from reports.views import friendly

ONE = "ke-hoach/phu-hop/<uuid:public_id>/"
urlpatterns = [
    path("ke-hoach/phu-hop/", friendly.friendly_list, name="friendly-list"),
    path("ke-hoach/phu-hop/bat-dau/", friendly.friendly_begin, name="friendly-begin"),
    path("ke-hoach/phu-hop/danh-sach/<int:year>/<str:ending>/", friendly.friendly_print, name="friendly-recognised"),
    path("ke-hoach/phu-hop/tieu-chi/", friendly_table.criteria, name="friendly-criteria"),
    path("ke-hoach/phu-hop/tieu-chi/tep/", friendly_table.criteria_file, name="friendly-criteria-file"),
    path("ke-hoach/phu-hop/tieu-chi/<int:number>/them-muc/", friendly_table.part_add, name="criterion-part-add"),
    path("ke-hoach/phu-hop/tieu-chi/muc/<uuid:public_id>/", friendly_table.part, name="criterion-part"),
    path("ke-hoach/phu-hop/tieu-chi/nguong/<uuid:public_id>/", friendly_table.threshold, name="criterion-threshold"),
    path("ke-hoach/phu-hop/minh-chung/<uuid:public_id>/", friendly.friendly_paper, name="friendly-paper"),
    path("ke-hoach/phu-hop/minh-chung/<uuid:public_id>/bo/", friendly.friendly_paper_void, name="friendly-paper-void"),
    path(ONE, friendly.friendly, name="friendly"),
    path(f"{ONE}tieu-chi/<int:number>/", friendly.friendly_score, name="friendly-score"),
    path(f"{ONE}tieu-chi/<int:number>/minh-chung/", friendly.friendly_paper_add, name="friendly-paper-add"),
    path(f"{ONE}hoi-dong/", friendly.friendly_council, name="friendly-council"),
    path(f"{ONE}cham-lai/", friendly.friendly_reopen, name="friendly-reopen"),
    path(f"{ONE}trinh/", friendly.friendly_submit, name="friendly-submit"),
    path(f"{ONE}ket-qua/", friendly.friendly_decide, name="friendly-decide"),
    path(f"{ONE}tra-lai/", friendly.friendly_give_back, name="friendly-give-back"),
    path(f"{ONE}bien-ban/<str:ending>/", friendly.friendly_minutes, name="friendly-minutes"),
]
