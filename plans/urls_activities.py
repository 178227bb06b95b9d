"""Addresses of activities."""

from django.urls import path

from plans.views import activities, deeds

ONE = "hoat-dong/<uuid:public_id>/"
urlpatterns = [
    path("hoat-dong/", activities.activity_list, name="activity-list"),
    path("hoat-dong/them/", activities.activity_add, name="activity-add"),
    path("hoat-dong/ghi-nhanh/", activities.activity_quick, name="activity-quick"),
    path("hoat-dong/tai/<str:ending>/", deeds.activities_file, name="activities-file"),
    path("hoat-dong/anh/<uuid:public_id>/", deeds.photo, name="photo"),
    path("hoat-dong/anh/<uuid:public_id>/huy/", deeds.photo_void, name="photo-void"),
    path(ONE, deeds.activity, name="activity"),
    path(f"{ONE}tuong-tu/", activities.activity_like, name="activity-like"),
    path(f"{ONE}sua/", activities.activity_edit, name="activity-edit"),
    path(f"{ONE}huy/", activities.activity_void, name="activity-void"),
    path(f"{ONE}ke-hoach/", deeds.activity_serve, name="activity-serve"),
    path(f"{ONE}kinh-phi/", deeds.activity_charge, name="activity-charge"),
    path(f"{ONE}them-anh/", deeds.photo_add, name="photo-add"),
]
