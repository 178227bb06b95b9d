"""Addresses of lists that leave the registry as files."""

from django.urls import path

from childcare.children.views import exports

urlpatterns = [path("tre-em/xuat-excel/", exports.export_choose, name="export-choose")]
