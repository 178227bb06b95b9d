"""Addresses of places and works, safe homes, hamlets at high risk."""

from django.urls import path

from plans.views import records

urlpatterns = [
    path("nhan-luc/<uuid:public_id>/cong-trinh/", records.place_list, name="place-list"),
    path("nhan-luc/<uuid:public_id>/cong-trinh/them/", records.place_add, name="place-list-add"),
    path("nhan-luc/<uuid:public_id>/cong-trinh/tai/<str:ending>/", records.place_file, name="place-list-file"),
    path("nhan-luc/cong-trinh/<uuid:public_id>/tinh-trang/", records.place_state, name="place-state"),
    path("nhan-luc/ghi/<str:what>/<uuid:public_id>/ket-thuc/", records.record_end, name="record-end"),
    path("nhan-luc/ghi/<str:what>/<uuid:public_id>/huy/", records.record_void, name="record-void"),
    path("nhan-luc/<uuid:public_id>/nha-an-toan/", records.home_list, name="home-list"),
    path("nhan-luc/<uuid:public_id>/nha-an-toan/ghi/", records.home_examine, name="home-examine"),
    path("nhan-luc/<uuid:public_id>/nguy-co/", records.risk_list, name="risk-list"),
    path("nhan-luc/<uuid:public_id>/nguy-co/them/", records.risk_add, name="risk-list-add"),
    path("nhan-luc/tieu-chi-nha-an-toan/", records.criterion_list, name="home-criteria"),
    path("nhan-luc/tieu-chi-nha-an-toan/<str:code>/", records.criterion_correct, name="home-criterion"),
]
