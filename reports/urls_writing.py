"""Addresses of writing a report: new figures before they are taken, what the two units say about a paragraph."""

from django.urls import path

from reports.views import annexes, behalf, commenting, refreshing, signed_words

ONE = "bao-cao/<uuid:public_id>/"
urlpatterns = [
    path(f"{ONE}so-lieu-moi/", refreshing.refresh, name="report-refresh"),
    path(f"{ONE}ky/ban-ky/", signed_words.sign_paper, name="report-sign-paper"),
    path(f"{ONE}ky/ban-ky/so-lieu/", signed_words.correct, name="report-sign-correct"),
    path(f"{ONE}nhap-thay/doi-chieu/", behalf.behalf_check, name="report-behalf-check"),
    path(f"{ONE}phu-luc/", annexes.annex_list, name="report-annexes"),
    path(f"{ONE}phu-luc/tro-giup/<str:code>/", annexes.annex_help, name="report-annex-help"),
    path(f"{ONE}trao-doi/", commenting.comment_list, name="report-comments"),
    path(f"{ONE}trao-doi/xong/", commenting.comment_settle, name="report-comment-settle"),
    path(f"{ONE}trao-doi/<str:section>/", commenting.comment_section, name="report-comment-section"),
    path(f"{ONE}cho-xem/", commenting.show_draft, name="report-show"),
]
