"""Addresses of figures, targets and regimes."""

from django.urls import path

from reports.views import figures, targets, unit_search

urlpatterns = [
    path("ke-hoach/<uuid:public_id>/chi-tieu/", targets.plan_targets, name="plan-targets"),
    path("ke-hoach/chi-tieu/<uuid:public_id>/cac-don-vi/", targets.target_units, name="target-units"),
    path("so-lieu-nhap-tay/", figures.manual_figures, name="manual-figures"),
    path("so-lieu-nhap-tay/don-vi/", unit_search.figure_units, name="figure-unit-search"),
    path("che-do-bao-cao/don-vi/", unit_search.regime_units, name="regime-unit-search"),
    path("so-lieu-nhap-tay/them/", figures.manual_add, name="manual-add"),
    path("so-lieu-nhap-tay/tep/", figures.manual_upload, name="manual-upload"),
    path("so-lieu-nhap-tay/tep/mau/", figures.manual_template, name="manual-template"),
    path("so-lieu-nhap-tay/<uuid:public_id>/huy/", figures.manual_void, name="manual-void"),
    path("so-lieu/<str:code>/danh-sach/", figures.figure_rows, name="figure-rows"),
    path("che-do-bao-cao/", targets.regime_list, name="regime-list"),
    path("che-do-bao-cao/<int:pk>/xac-nhan/", targets.regime_confirm, name="regime-confirm"),
    path("che-do-bao-cao/<int:pk>/han/", targets.regime_change, name="regime-change"),
]
