"""Addresses of regimes turned on, requests for one report, outlines of the unit that takes reports."""

from django.urls import path

from reports.views import calls, outlines, sources, switching

urlpatterns = [
    path("che-do-bao-cao/them/", switching.regime_add, name="regime-add"),
    path("che-do-bao-cao/<int:pk>/bat/", switching.regime_on, name="regime-on"),
    path("che-do-bao-cao/<int:pk>/thoi/", switching.regime_off, name="regime-off"),
    path("bao-cao/<uuid:public_id>/nguon-so/", sources.report_sources, name="report-sources"),
    path("bao-cao/dot-xuat/", calls.call_list, name="call-list"),
    path("bao-cao/dot-xuat/them/", calls.call_add, name="call-add"),
    path("bao-cao/dot-xuat/<uuid:public_id>/", calls.call, name="call"),
    path("bao-cao/dot-xuat/<uuid:public_id>/thu-hoi/", calls.call_take_back, name="call-take-back"),
    path("bao-cao/dot-xuat/<uuid:public_id>/de-cuong/", outlines.outline_of_call, name="call-outline"),
    path("bao-cao/de-cuong/", outlines.outline_list, name="outline-list"),
    path("bao-cao/de-cuong/them/", outlines.outline_add, name="outline-add"),
    path("bao-cao/de-cuong/<uuid:public_id>/", outlines.outline, name="outline"),
    path("bao-cao/de-cuong/<uuid:public_id>/tep/", outlines.outline_file, name="outline-file"),
]
