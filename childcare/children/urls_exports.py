"""Addresses of lists that leave the registry as files."""

from django.urls import path

from childcare.children.views import donors, exports

urlpatterns = [
    path("tre-em/xuat-excel/", exports.export_choose, name="export-choose"),
    path("tre-em/gui-nha-tai-tro/", donors.donor_list, name="donor-list"),
    path("tre-em/gui-nha-tai-tro/chua-dong-y/", donors.donor_missing, name="donor-missing"),
]
