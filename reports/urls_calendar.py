"""Addresses of the calendar; the feed is the one that opens without signing in, by its secret."""

from django.urls import path

from reports.views import calendar

urlpatterns = [
    path("lich/", calendar.calendar, name="calendar"),
    path("lich/tai/<str:ending>/", calendar.calendar_file, name="calendar-file"),
    path("lich/duong-dan/", calendar.feed_open, name="calendar-feed-open"),
    path("lich/duong-dan/thu-hoi/", calendar.feed_revoke, name="calendar-feed-revoke"),
    path("lich/<str:token>.ics", calendar.calendar_feed, name="calendar-feed"),
]
