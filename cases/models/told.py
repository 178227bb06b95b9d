"""What a report tells (Mẫu số 01 of NĐ 56/2017): encrypted, and nearly all of it may be unknown."""

from django.db import models

from childcare.children.models import Child
from childcare.lib.encryption import EncryptedTextField

TOLD = (
    "place", "child_name", "child_birth", "child_sex", "child_home", "condition", "consequence", "parents", "family", "carer",
    "done_before", "suspect",
)  # fmt: skip


class Told(models.Model):
    """The contents of a report about a child. `informant`: who told it, when not the officer who writes it down."""

    class Related(models.TextChoices):
        NO = "no", "Không"
        YES = "yes", "Có"
        UNKNOWN = "unknown", "Chưa rõ"

    place = EncryptedTextField("địa điểm xảy ra", blank=True, default="")
    child_name = EncryptedTextField("họ tên trẻ em", blank=True, default="")
    child_birth = EncryptedTextField("ngày sinh hoặc tuổi", blank=True, default="")
    child_sex = models.CharField("giới tính", max_length=1, choices=Child.Sex, blank=True)
    child_home = EncryptedTextField("nơi ở của trẻ em", blank=True, default="")
    condition = EncryptedTextField("tình trạng hiện tại", blank=True, default="")
    consequence = EncryptedTextField("hậu quả nếu không được hỗ trợ", blank=True, default="")
    parents = EncryptedTextField("cha, mẹ", blank=True, default="")
    family = EncryptedTextField("hoàn cảnh gia đình", blank=True, default="")
    carer = EncryptedTextField("người đang chăm sóc", blank=True, default="")
    done_before = EncryptedTextField("hỗ trợ đã thực hiện", blank=True, default="")
    suspect = EncryptedTextField("người bị nghi gây hại", blank=True, default="")
    suspect_related = models.CharField("người bị nghi có liên quan tới cán bộ", max_length=7, choices=Related)
    informant = EncryptedTextField("người báo tin", blank=True, default="")
    informant_contact = EncryptedTextField("liên hệ của người báo tin", blank=True, default="")

    class Meta:
        abstract = True

    def told(self):
        """The contents by field, without who told it."""
        return {name: getattr(self, name) for name in TOLD}
