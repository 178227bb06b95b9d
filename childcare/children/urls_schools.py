"""Addresses of pupils, of lists that other sectors keep, and of the ministry's software. No name stands in one."""

from django.urls import path

from childcare.children.views import asked, homeless, ministry, schools, taken, taken_offers

urlpatterns = [
    path("hoc-sinh/danh-sach/", schools.pupil_list, name="pupil-list"),
    path("hoc-sinh/nhap/", schools.pupil_upload, name="pupil-upload"),
    path("hoc-sinh/len-lop/", schools.roll_over, name="pupil-roll-over"),
    path("hoc-sinh/<uuid:public_id>/", schools.pupil, name="pupil"),
    path("hoc-sinh/noi-o/", schools.pupil_homes, name="pupil-home-search"),
    path("hoc-sinh/<uuid:public_id>/sua/", schools.pupil_edit, name="pupil-edit"),
    path("hoc-sinh/<uuid:public_id>/thoi-hoc/", schools.pupil_leave, name="pupil-leave"),
    path("hoc-sinh/<uuid:public_id>/doi-lop/", schools.pupil_class, name="pupil-class"),
    path("hoc-sinh/dong-lop/<uuid:public_id>/huy/", schools.enrolment_void, name="enrolment-void"),
    path("tre-em/hoc-sinh-cho-khop/", asked.asked_list, name="pupil-asked"),
    path("tre-em/hoc-sinh-cho-khop/khop/", asked.match_many, name="pupil-match-many"),
    path("tre-em/hoc-sinh-cho-khop/them/", asked.add_many, name="pupil-add-many"),
    path("tre-em/hoc-sinh-chua-ro-noi-o/", homeless.unplaced_list, name="pupil-unplaced"),
    path("tre-em/hoc-sinh-chua-ro-noi-o/<uuid:public_id>/", homeless.unplaced, name="pupil-unplaced-one"),
    path("tre-em/hoc-sinh-cho-khop/<uuid:public_id>/", asked.decide, name="pupil-decide"),
    path("tre-em/hoc-sinh-cho-khop/<uuid:public_id>/khop/", asked.match, name="pupil-match"),
    path("tre-em/hoc-sinh-cho-khop/<uuid:public_id>/them/", asked.add, name="pupil-add"),
    path("tre-em/hoc-sinh-cho-khop/<uuid:public_id>/noi-khac/", asked.pass_on, name="pupil-pass-on"),
    path("tre-em/hoc-sinh-cho-khop/<uuid:public_id>/bo-khop/", asked.unmatch, name="pupil-unmatch"),
    path("tre-em/tep-nganh/<uuid:public_id>/", taken.taken, name="list"),
    path("tre-em/tep-nganh/<uuid:public_id>/tien-do/", taken.list_progress, name="list-progress"),
    path("tre-em/tep-nganh/<uuid:public_id>/de-nghi/<slug:kind>/", taken_offers.list_offers, name="list-offers"),
    path("tre-em/tep-nganh/<uuid:public_id>/dong-y/", taken.list_decide, name="list-decide"),
    path("tre-em/tep-nganh/<uuid:public_id>/bo/", taken.list_cancel, name="list-cancel"),
    path("tre-em/tep-nganh/<uuid:public_id>/can-sua/", taken.list_errors, name="list-errors"),
    path("tre-em/phan-mem-cua-bo/", ministry.home, name="ministry"),
    path("tre-em/phan-mem-cua-bo/lay-ve/", ministry.upload, name="ministry-upload"),
    path("tre-em/phan-mem-cua-bo/khac-thong-tin/", ministry.differences, name="ministry-differences"),
    path("tre-em/phan-mem-cua-bo/quyet-dinh/", ministry.decide, name="ministry-decide"),
    path("tre-em/phan-mem-cua-bo/cot/", ministry.columns, name="ministry-columns"),
]
