"""Addresses of the import of lists."""

urlpatterns = []
