"""Code lists of the registry: law and local lists as dated rows."""

from django.db import models


class CircumstanceKind(models.Model):
    """A group or sub-group of special circumstances (N), a local group (L) or a risk (R). A sub-group counts in its parent."""

    class Family(models.TextChoices):
        LAW = "N", "Nhóm theo Luật Trẻ em"
        LOCAL = "L", "Nhóm địa phương"
        RISK = "R", "Nguy cơ"

    code = models.CharField("mã", max_length=8, unique=True)
    family = models.CharField("loại", max_length=1, choices=Family)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="subgroups", verbose_name="nhóm cha")
    name = models.CharField("tên", max_length=400)
    applies_to = models.CharField("áp dụng cho", max_length=10, default="child")
    computed = models.BooleanField("tự tính", default=False)
    sensitive = models.BooleanField("nhạy cảm", default=False)
    legal_basis = models.CharField("căn cứ", max_length=300, blank=True)
    evidence = models.CharField("mức đối chiếu", max_length=20, default="unverified")
    active = models.BooleanField("đang dùng", default=True)
    maps_to = models.CharField("liên quan nhóm", max_length=60, blank=True)
    valid_from = models.DateField("hiệu lực từ", null=True, blank=True)
    valid_to = models.DateField("hết hiệu lực từ", null=True, blank=True)
    note = models.TextField("ghi chú", blank=True)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        ordering = ["position"]
        verbose_name = "nhóm hoàn cảnh, nguy cơ"

    def __str__(self):
        return f"{self.code} {self.name}"

    @property
    def words(self):
        """The name as it is read without its list: a sub-group of few words stands after its head."""
        return words_of_kind(self.name, self.parent.name if self.parent_id and self.family == "N" else "")

    @property
    def group_code(self):
        """The code of the head group: N04 of N04.2."""
        return self.code.split(".")[0]


def words_of_kind(name, head):
    """ "Trẻ em bị xâm hại tình dục: bị dâm ô"; a name that says "trẻ em" itself stands alone."""
    alone = not head or name.startswith("Trẻ em")
    return name if alone else f"{head}: {name[:1].lower()}{name[1:]}"


class SupportKind(models.Model):
    """A kind of help, as the plans and the law name it."""

    code = models.CharField("mã", max_length=8, unique=True)
    name = models.CharField("tên", max_length=300)
    kind = models.CharField("loại", max_length=20)
    recurrence = models.CharField("định kỳ", max_length=20)
    unit_of_count = models.CharField("đơn vị tính", max_length=30)
    legal_basis = models.CharField("căn cứ", max_length=300, blank=True)
    evidence = models.CharField("mức đối chiếu", max_length=20, default="unverified")
    counted = models.BooleanField("được tính là trợ giúp", default=True)
    active = models.BooleanField("đang dùng", default=True)
    note = models.TextField("ghi chú", blank=True)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        ordering = ["position"]
        verbose_name = "hình thức trợ giúp"

    def __str__(self):
        return f"{self.code} {self.name}"
