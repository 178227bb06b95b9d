"""What became of a household: every change of its head, address, telephone and place, and every split."""

from django.conf import settings
from django.db import models

from childcare.children.models.people import Household
from childcare.lib.encryption import EncryptedTextField


class HouseholdRevision(models.Model):
    """One change of a household. `since` is the day from which it holds, when the officer knows it."""

    class Field(models.TextChoices):
        HEAD = "head_name", "chủ hộ"
        ADDRESS = "address", "địa chỉ"
        PHONE = "phone", "điện thoại"
        PLACE = "unit", "địa bàn"
        SPLIT = "split", "tách hộ"

    household = models.ForeignKey(Household, models.PROTECT, related_name="revisions", verbose_name="hộ")
    field = models.CharField("trường", max_length=10, choices=Field)
    old = EncryptedTextField("từ", blank=True, default="")
    new = EncryptedTextField("thành", blank=True, default="")
    since = models.DateField("từ ngày", null=True, blank=True)
    reason = EncryptedTextField("lý do", blank=True, default="")
    at = models.DateTimeField("lúc", auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người ghi")

    class Meta:
        ordering = ["-id"]
        verbose_name = "lịch sử của hộ"

    def __str__(self):
        return f"{self.household_id} {self.field}"
