"""Addresses of staff and training."""

from django.urls import path

from plans.views import staff, staff_grid, training

urlpatterns = [
    path("nhan-luc/<uuid:public_id>/danh-sach/", staff.staff_list, name="staff-list"),
    path("nhan-luc/<uuid:public_id>/danh-sach/<str:ending>/", staff.staff_file, name="staff-file"),
    path("nhan-luc/<uuid:public_id>/them/", staff.staff_add, name="staff-add"),
    path("nhan-luc/<uuid:public_id>/dan/", staff_grid.staff_paste, name="staff-paste"),
    path("nhan-luc/<uuid:public_id>/tai-khoan/", staff.staff_from_accounts, name="staff-from-accounts"),
    path("nhan-luc/nguoi/<uuid:public_id>/", staff.person, name="staff-person"),
    path("nhan-luc/nguoi/<uuid:public_id>/sua/", staff.person_edit, name="staff-person-edit"),
    path("nhan-luc/nguoi/<uuid:public_id>/them-viec/", staff.post_add, name="staff-person-post"),
    path("nhan-luc/viec/<uuid:public_id>/sua/", staff.post_edit, name="staff-post-edit"),
    path("nhan-luc/viec/<uuid:public_id>/thoi/", staff.post_end, name="staff-post-end"),
    path("nhan-luc/viec/<uuid:public_id>/huy/", staff.post_void, name="staff-post-void"),
    path("hoat-dong/<uuid:public_id>/nguoi-du/", training.training_people, name="activity-people"),
]
