"""Addresses of the boards."""

urlpatterns = []
