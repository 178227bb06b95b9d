"""Addresses of the monthly allowance."""

from django.urls import path

from childcare.children.views import allowances

urlpatterns = [
    path("tre-em/<uuid:public_id>/tro-cap/", allowances.allowance_add, name="allowance-add"),
    path("tre-em/tro-cap/chua-huong/", allowances.unpaid_list, name="allowance-unpaid"),
    path("tre-em/tro-cap/chua-huong/in/", allowances.unpaid_print, name="allowance-unpaid-print"),
    path("tre-em/tro-cap/sap-thoi/", allowances.ending_list, name="allowance-ending"),
    path("tre-em/tro-cap/sap-thoi/in/", allowances.ending_print, name="allowance-ending-print"),
    path("tre-em/tro-cap/muc/", allowances.rate_list, name="allowance-rates"),
    path("tre-em/tro-cap/muc/them/", allowances.rate_add, name="allowance-rate-add"),
    path("tre-em/tro-cap/vung-kho-khan/", allowances.area_add, name="allowance-area-add"),
    path("tre-em/tro-cap/vung-kho-khan/<uuid:public_id>/", allowances.area_end, name="allowance-area"),
    path("tre-em/tro-cap/muc/<uuid:public_id>/", allowances.rate_change, name="allowance-rate"),
]
