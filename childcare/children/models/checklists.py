"""Lists of children to be checked and completed that went out: one row a child, until it comes back."""

import uuid

from django.conf import settings
from django.db import models

from childcare.accounts.roles import Permission
from childcare.children.models.imports import ImportBatch
from childcare.children.models.people import Child
from childcare.children.querysets import in_units
from childcare.documents.models import StoredFile
from childcare.jobs.models import Job
from childcare.units.models import Unit


class CheckListQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Lists of the units whose children the officer may print. The only scoping rule for them."""
        return self.filter(in_units("unit", officer.units_for(Permission.CHILD_EXPORT)))


class CheckList(models.Model):
    """One copy that went out: of which place, to whom, which running number of the commune's year it bears."""

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="check_lists", verbose_name="địa bàn")
    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="xã, phường")
    year = models.PositiveSmallIntegerField("năm")
    number = models.PositiveIntegerField("bản số")
    holder = models.CharField("người giữ", max_length=120)
    made_on = models.DateField("ngày xuất")
    made_at = models.DateTimeField("xuất lúc", auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người xuất")
    job = models.ForeignKey(Job, models.PROTECT, null=True, blank=True, related_name="+")
    xlsx = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bản Excel")
    pdf = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bản in")

    objects = CheckListQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["commune", "year", "number"], name="children_checklist_number_once")]
        verbose_name = "danh sách cần rà soát, bổ sung"

    def __str__(self):
        return f"{self.unit} {self.number}/{self.year}"


class CheckListRow(models.Model):
    """A child on a list that went out, and when its line came back."""

    list = models.ForeignKey(CheckList, models.CASCADE, related_name="rows", verbose_name="danh sách")
    child = models.ForeignKey(Child, models.PROTECT, related_name="check_rows", verbose_name="trẻ em")
    hamlet = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="thôn, tổ")
    defects = models.CharField("nội dung cần sửa", max_length=200)
    returned_at = models.DateTimeField("trả lại lúc", null=True, blank=True)
    batch = models.ForeignKey(ImportBatch, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="lần nhập")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list", "child"], name="children_checklist_child_once")]
        verbose_name = "trẻ em trong danh sách rà soát"

    def __str__(self):
        return f"{self.list_id} {self.child_id}"
