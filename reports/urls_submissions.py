"""Addresses of reports: what is owed, one report, what is taken from below."""

from django.urls import path

from reports.views import differences, district, files, gathering, opinions, requests, signing, submissions

urlpatterns = [
    path("bao-cao/", submissions.report_list, name="report-list"),
    path("bao-cao/cap-duoi/", district.owed, name="report-owed"),
    path("bao-cao/<uuid:public_id>/", submissions.report, name="report"),
    path("bao-cao/<uuid:public_id>/bat-dau/", submissions.begin, name="report-begin"),
    path("bao-cao/<uuid:public_id>/luu/", submissions.save, name="report-save"),
    path("bao-cao/<uuid:public_id>/tu-luu/", submissions.autosave, name="report-autosave"),
    path("bao-cao/<uuid:public_id>/khong-phat-sinh/", submissions.confirm_zero, name="report-zero"),
    path("bao-cao/<uuid:public_id>/trinh-ky/", submissions.present, name="report-present"),
    path("bao-cao/<uuid:public_id>/y-kien/", opinions.opinion, name="report-opinion"),
    path("bao-cao/<uuid:public_id>/phieu-trinh/<str:ending>/", opinions.slip_file, name="report-slip"),
    path("bao-cao/<uuid:public_id>/rut-ve/", submissions.withdraw, name="report-withdraw"),
    path("bao-cao/<uuid:public_id>/ban-moi/", submissions.new_version, name="report-new-version"),
    path("bao-cao/<uuid:public_id>/ky/", signing.sign, name="report-sign"),
    path("bao-cao/<uuid:public_id>/them-ban-quet/", signing.scan, name="report-scan-add"),
    path("bao-cao/<uuid:public_id>/gui/", signing.send, name="report-send"),
    path("bao-cao/<uuid:public_id>/tiep-nhan/", signing.accept, name="report-accept"),
    path("bao-cao/<uuid:public_id>/yeu-cau-chinh-sua/", signing.return_, name="report-return"),
    path("bao-cao/<uuid:public_id>/nhap-thay/", district.on_behalf_form, name="report-on-behalf"),
    path("bao-cao/<uuid:public_id>/xac-nhan/", signing.confirm, name="report-confirm"),
    path("bao-cao/<uuid:public_id>/chua-dung/", signing.dispute, name="report-dispute"),
    path("bao-cao/<uuid:public_id>/tep/<str:ending>/", files.file, name="report-file"),
    path("bao-cao/<uuid:public_id>/ban-quet/", files.scan, name="report-scan"),
    path("bao-cao/<uuid:public_id>/ban-ky-so/", files.signed, name="report-signed"),
    path("bao-cao/<uuid:public_id>/ban-in/", files.preview, name="report-preview"),
    path("bao-cao/<uuid:public_id>/cac-ban/", files.versions, name="report-versions"),
    path("bao-cao/<uuid:public_id>/chenh-lech/", differences.difference_list, name="report-differences"),
    path("bao-cao/<uuid:public_id>/chenh-lech/<str:code>/", differences.difference, name="report-difference"),
    path("bao-cao/<uuid:public_id>/de-nghi/", requests.request_list, name="report-requests"),
    path("bao-cao/<uuid:public_id>/de-nghi/gui/", requests.request_ask, name="report-request-ask"),
    path("bao-cao/<uuid:public_id>/de-nghi/tra-loi/", requests.request_answer, name="report-request-answer"),
    path("bao-cao/<uuid:public_id>/gia-han/", requests.request_extend, name="report-extend"),
    path("bao-cao/<uuid:public_id>/loi-cap-duoi/", gathering.words_below, name="report-words-below"),
    path("bao-cao/<uuid:public_id>/tong-hop/", district.consolidated, name="report-consolidated"),
]
