"""Addresses of checks."""

from django.urls import path

from plans.views import inspections as views
from plans.views import inspections_mending as mending

ONE = "ke-hoach/kiem-tra/<uuid:public_id>/"
urlpatterns = [
    path("ke-hoach/kiem-tra/", views.inspection_list, name="inspection-list"),
    path("ke-hoach/kiem-tra/them/", views.inspection_add, name="inspection-add"),
    path("ke-hoach/kiem-tra/kien-nghi/<uuid:public_id>/", views.recommendation_mend, name="recommendation-mend"),
    path("ke-hoach/kiem-tra/kien-nghi/<uuid:public_id>/sua/", mending.recommendation_correct, name="recommendation-correct"),
    path("ke-hoach/kiem-tra/kien-nghi/<uuid:public_id>/bo/", mending.recommendation_drop, name="recommendation-drop"),
    path("ke-hoach/kiem-tra/anh/<uuid:public_id>/", mending.check_photo, name="check-photo"),
    path("ke-hoach/kiem-tra/anh/<uuid:public_id>/huy/", mending.check_photo_void, name="check-photo-void"),
    path(ONE, views.inspection, name="inspection"),
    path(f"{ONE}huy/", mending.inspection_void, name="inspection-void"),
    path(f"{ONE}them-anh/", mending.check_photo_add, name="inspection-photo-add"),
    path(f"{ONE}kien-nghi/", views.inspection_recommend, name="inspection-recommend"),
    path(f"{ONE}ket-luan/", views.inspection_conclude, name="inspection-conclude"),
    path(f"{ONE}giai-trinh/", views.inspection_answer, name="inspection-answer"),
    path(f"{ONE}tai/<str:ending>/", views.inspection_file, name="inspection-file"),
]
