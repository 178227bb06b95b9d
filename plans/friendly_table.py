"""The table of criteria as a file: read from ours at installation, from an administrator's later; all of it or nothing."""

import csv
import io
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from django.db import transaction

from childcare.audit import actions as audit
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import clean_text
from plans.friendly import read_steps, show_steps
from plans.models import Criterion, CriterionPart, EvaluationPaper, FriendlyThreshold, PartScore, Standard

DATA = Path(__file__).parent / "data"
CODE = "QD06-2019"
COLUMNS = ("number", "name_vi", "part", "text_vi", "max_points", "indicator", "steps", "evidence", "note")
HEADS = {
    "tiêu chí": "number", "tên tiêu chí": "name_vi", "mục": "part", "nội dung": "text_vi", "điểm tối đa": "max_points",
    "chỉ tiêu": "indicator", "nấc điểm": "steps", "đã đối chiếu": "evidence", "ghi chú": "note",
}  # fmt: skip
MAX_BYTES = 1024 * 1024
BASIS = {
    "name": "Tiêu chuẩn xã, phường, thị trấn phù hợp với trẻ em", "legal_basis": "QĐ 06/QĐ-TTg ngày 03/01/2019",
    "valid_from": date(2019, 1, 3), "full_points": 1000,
    "note": "Thang 1.000 điểm suy ra từ các ngưỡng; chưa đối chiếu văn bản",
}  # fmt: skip


@transaction.atomic
def load_friendly():
    """Our own known part of the table, once: what an administrator loaded or corrected since is left alone."""
    standard, made = Standard.objects.get_or_create(code=CODE, defaults=BASIS)
    if made:
        for row in _file("friendly_thresholds.csv"):
            FriendlyThreshold.objects.create(
                standard=standard, code=row["code"], text=row["text_vi"], points=int(row["points"]),
                evidence=row["evidence"], note=row["note"],
            )  # fmt: skip
        _write(standard, _checked(list(enumerate(_file("friendly_criteria.csv"), 2))))
    return {"criteria": Criterion.objects.count()}


def _file(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def as_csv(standard):
    """The table as it stands, for correcting in Excel."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow([head.capitalize() for head in HEADS])
    for criterion in standard.criteria.prefetch_related("parts"):
        for part in criterion.parts.all() or [None]:
            writer.writerow(_row(criterion, part))
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def _row(criterion, part):
    codes = ",".join(criterion.indicators)
    if part is None:
        return [criterion.number, criterion.name, "", "", "", codes, "", "", criterion.note]
    most = "" if part.max_points is None else f"{part.max_points.normalize():f}"
    seen = "x" if part.evidence == "text" else ""
    return [
        criterion.number, criterion.name, part.position, part.text, most, part.indicator, show_steps(part.steps), seen,
        part.note,
    ]  # fmt: skip


@transaction.atomic
def take_in(*, standard, data, by):
    """Put the table of a file in place of ours; parts that were scored stay. Returns how many parts have points now."""
    rows = _checked(_read(data))
    _write(standard, rows)
    audit.record("friendly.table_loaded", subject=standard, by=by, note=f"{len(rows)} dòng")
    return CriterionPart.objects.filter(criterion__standard=standard, max_points__isnull=False).count()


def _read(data):
    if len(data) > MAX_BYTES:
        raise Refusal("Tệp lớn hơn 1 MB. Bảng điểm chỉ có vài chục dòng: hãy xem lại tệp.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refusal("Tệp không phải CSV UTF-8. Trong Excel hãy chọn “Lưu thành”, kiểu “CSV UTF-8”, rồi tải lên lại.")
    lines = text.replace("\0", "").splitlines()
    head = lines[0] if lines else ""
    table = list(csv.reader(io.StringIO(text.replace("\0", "")), delimiter=max(";,\t", key=head.count)))
    names = [HEADS.get(clean_text(cell).lower(), "") for cell in (table[0] if table else [])]
    missing = [head for head, name in HEADS.items() if name not in names and name != "note"]
    if missing:
        raise Refusal(f"Dòng đầu của tệp thiếu cột: {', '.join(missing)}. Hãy tải bảng hiện có rồi sửa trên đó.")
    found = []
    for line, cells in enumerate(table[1:], 2):
        row = {name: clean_text(cells[place]) if place < len(cells) else "" for place, name in enumerate(names) if name}
        row["evidence"] = "text" if row["evidence"] else "unverified"
        if row["number"] or row["text_vi"]:
            found.append((line, {"note": "", **row}))
    return found


def _checked(rows):
    """The rows with typed values. Raises Refusal with the line of the first fault."""
    found, seen = [], set()
    for line, row in rows:
        try:
            typed = _typed(row)
        except (ValueError, InvalidOperation) as error:
            raise Refusal(f"Dòng {line}: {error if isinstance(error, ValueError) else 'điểm phải là số.'}")
        key = (typed["number"], typed["part"])
        if key in seen:
            raise Refusal(f"Dòng {line}: tiêu chí {key[0]} mục {key[1] or '(trống)'} có hai lần.")
        seen.add(key)
        found.append(typed)
    if not found:
        raise Refusal("Tệp không có dòng nào.")
    return found


def _typed(row):
    if not row["number"].isdigit() or not 1 <= int(row["number"]) <= 99:
        raise ValueError("cột “Tiêu chí” phải là số thứ tự của tiêu chí.")
    if not row["name_vi"]:
        raise ValueError("thiếu tên tiêu chí.")
    if row["part"] and not (row["part"].isdigit() and 1 <= int(row["part"]) <= 99):
        raise ValueError("cột “Mục” phải là số thứ tự, hoặc để trống khi chưa biết các mục.")
    if row["part"] and not row["text_vi"]:
        raise ValueError("thiếu nội dung của mục.")
    most = Decimal(row["max_points"].replace(",", ".")) if row["max_points"] else None
    if most is not None and not 0 < most <= 10_000:
        raise ValueError("điểm tối đa phải lớn hơn 0.")
    if most is not None and not row["part"]:
        raise ValueError("có điểm thì phải có số thứ tự của mục.")
    steps = read_steps(row["steps"])
    if most is not None and any(points > most for _, points in steps):
        raise ValueError("nấc điểm cao hơn điểm tối đa.")
    return {**row, "number": int(row["number"]), "part": int(row["part"] or 0), "max_points": most, "steps": steps}


def _write(standard, rows):
    kept = set()
    for row in rows:
        codes = [code.strip() for code in row["indicator"].replace(";", ",").split(",") if code.strip()]
        own = {} if row["part"] else {"indicators": codes, "note": row["note"][:300]}
        criterion, _ = Criterion.objects.update_or_create(
            standard=standard, number=row["number"], defaults={"name": row["name_vi"][:300], **own}
        )
        if not row["part"]:
            continue
        part, _ = CriterionPart.objects.update_or_create(
            criterion=criterion, position=row["part"],
            defaults={
                "text": row["text_vi"][:600], "max_points": row["max_points"], "indicator": codes[0] if codes else "",
                "steps": row["steps"], "evidence": row["evidence"], "note": row["note"][:300],
            },
        )  # fmt: skip
        kept.add(part.pk)
    gone = CriterionPart.objects.filter(criterion__standard=standard).exclude(pk__in=kept)
    if PartScore.objects.filter(part__in=gone).exists():
        raise Refusal("Tệp bỏ một mục đã có xã, phường chấm điểm. Hãy giữ mục đó trong tệp.")
    gone.delete()
    lost = Criterion.objects.filter(standard=standard).exclude(number__in=[row["number"] for row in rows])
    if EvaluationPaper.objects.filter(criterion__in=lost).exists():
        raise Refusal("Tệp bỏ một tiêu chí đã có minh chứng. Hãy giữ tiêu chí đó trong tệp.")
    lost.delete()
