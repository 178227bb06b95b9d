"""What was checked and scored in Phường Nam Sơn in 2024: a check, a self-check, the criteria that can be scored."""

from datetime import date
from decimal import Decimal

from childcare.accounts.models import Officer
from plans.actions import friendly, inspections
from plans.models import Criterion, Evaluation, FriendlyThreshold, Inspection

SCORES = {1: ("50", "15", "12", "20"), 6: ("50", "75"), 7: ("48",)}
SOURCE = "Số liệu minh họa"


def make_checks():
    """Everything once; a second run changes nothing."""
    quan, an = (Officer.objects.get(username=name) for name in ("quan", "namson"))
    district, ward = (person.appointments.order_by("pk").first().unit for person in (quan, an))
    if not Inspection.objects.filter(unit=ward).exists():
        _checks(quan, an, district, ward)
    if not Evaluation.objects.filter(unit=ward).exists():
        _scores(an, ward)


def _checks(quan, an, district, ward):
    row = inspections.plan(
        by=quan, unit=ward, by_unit=district, starts_on=date(2024, 4, 16), ends_on=date(2024, 4, 17),
        team="Đoàn kiểm tra liên ngành quận", decision="QĐ 45/QĐ-UBND ngày 10/04/2024",
        scope="Quản lý hồ sơ trẻ em có hoàn cảnh đặc biệt; báo cáo; điểm vui chơi.",
    )  # fmt: skip
    for text, due in (("Bổ sung giấy xác nhận khuyết tật còn thiếu trong hồ sơ", date(2024, 5, 15)),
                      ("Cắm biển cảnh báo ở ao của tổ dân phố 3", date(2024, 4, 30)),
                      ("Sắp xếp lại hồ sơ theo tổ dân phố", None)):  # fmt: skip
        inspections.add_recommendation(inspection=row, by=quan, text=text, due_on=due)
    findings = "Hồ sơ cơ bản đầy đủ. Một số hồ sơ còn thiếu giấy xác nhận khuyết tật."
    row = inspections.conclude(inspection=row, by=quan, version=row.version, findings=findings, concluded_on=date(2024, 4, 19))
    done = row.recommendations.get(position=2)
    inspections.mend(recommendation=done, by=an, version=1, result="Đã cắm 2 biển cảnh báo", done_on=date(2024, 4, 26))
    day, scope = date(2024, 5, 20), "Tự kiểm tra ao, hồ, điểm vui chơi"
    inspections.plan(by=an, unit=ward, by_unit=ward, starts_on=day, ends_on=day, scope=scope)


def _scores(an, ward):
    row = friendly.begin(by=an, unit=ward, year=2024, threshold=FriendlyThreshold.objects.get(code="ward"))
    for number, points in SCORES.items():
        criterion = Criterion.objects.get(standard=row.standard, number=number)
        parts = zip(criterion.parts.all(), points, strict=True)
        given = {part: {"points": Decimal(value), "source": SOURCE} for part, value in parts}
        row = friendly.score(evaluation=row, criterion=criterion, by=an, version=row.version, given=given)
