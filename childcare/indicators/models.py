"""The catalogue: what is counted, in what unit, by which legal source. Data, not code."""

from django.db import models


class Indicator(models.Model):
    """One row of the catalogue. How it is counted lives in reports/measures under the same code."""

    code = models.CharField("mã", max_length=10, unique=True)
    tt13_code = models.CharField("mã TT 13/2021", max_length=20, blank=True)
    tt13_code_evidence = models.CharField("mức đối chiếu mã TT 13", max_length=20, blank=True)
    name = models.CharField("tên chỉ tiêu", max_length=400)
    numerator = models.CharField("tử số", max_length=400)
    denominator = models.CharField("mẫu số", max_length=400, blank=True)
    multiplier = models.PositiveIntegerField("hệ số", default=1)
    unit = models.CharField("đơn vị tính", max_length=60)
    direction = models.CharField("hướng tốt", max_length=10, choices=[("up", "tăng"), ("down", "giảm"), ("none", "không xét")])
    source_class = models.CharField("nguồn", max_length=10)
    crosscheck_source = models.CharField("nguồn đối chiếu", max_length=200, blank=True)
    disaggregations = models.CharField("phân tổ", max_length=300, blank=True)
    used_in = models.CharField("dùng trong", max_length=300, blank=True)
    evidence = models.CharField("mức đối chiếu", max_length=20)
    formula_evidence = models.CharField("mức đối chiếu công thức", max_length=20, blank=True)
    valid_from = models.DateField("hiệu lực từ", null=True, blank=True)
    valid_to = models.DateField("hết hiệu lực từ", null=True, blank=True)
    note = models.TextField("ghi chú", blank=True)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        ordering = ["position"]
        verbose_name = "chỉ tiêu thống kê"

    def __str__(self):
        return f"{self.code} {self.name}"

    @property
    def verified(self):
        """True when the definition was read in the legal text."""
        return self.evidence == "text"

    @property
    def is_rate(self):
        return bool(self.denominator)
