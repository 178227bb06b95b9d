"""Everything of a unit in files that are read without this product: XLSX, JSON, the kept files, and a dictionary of the data.

A child who lives in the unit goes with its whole history. Of a child who has left only the facts that the unit's past
figures count go along, under the child's code and without its name: the child belongs to the unit where it lives now.
"""

import hashlib
import json
import os
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.apps import apps
from django.db.models import Q

from childcare.accounts.models import Officer
from childcare.children.models import Child, Household, ProtectedFile
from childcare.documents.downloads import safe_name
from childcare.documents.files import open_bytes
from childcare.documents.models import StoredFile
from childcare.lib.refusal import Refusal
from childcare.lib.spreadsheets import MAX_CELL, new_workbook, write_row
from childcare.units.models import Unit

# Which rows of a model are the unit's: paths from the row to a unit, child, household or kept row of another model.
HELD = {
    "units.Unit": ["unit:pk"],
    "units.Office": ["unit:unit"],
    "units.UnitYear": ["unit:unit"],
    "units.Unit_predecessors": ["unit:from_unit", "unit:to_unit"],
    "accounts.Officer": ["unit:appointments__unit"],
    "accounts.Appointment": ["unit:unit"],
    "children.Household": ["unit:unit"],
    "children.Child": ["child:pk"],
    "children.Residence": ["child:child", "unit:unit"],
    "children.Membership": ["child:child"],
    "children.Caregiver": ["child:child"],
    "children.PovertyStatus": ["house:household"],
    "children.ChildRevision": ["child:child"],
    "children.ProtectedFile": ["child:child", "unit:held_by"],
    "children.FileAccess": ["child:file__child"],
    "children.Circumstance": ["child:child", "house:household"],
    "children.Support": ["child:child", "house:household", "unit:unit"],
    "children.Incident": ["unit:unit"],
    "children.IncidentChild": ["unit:incident__unit", "child:child"],
    "children.IncidentOutcome": ["unit:incident__unit"],
    "children.Attachment": ["child:child"],
    "children.Consent": ["child:child"],
    "children.ProcessingRestriction": ["child:child"],
    "children.DataRequest": ["unit:unit"],
    "children.DuplicatePair": ["child:first", "child:second"],
    "children.Merge": ["child:kept", "child:merged"],
    "children.Transfer": ["child:child", "unit:from_unit", "unit:to_unit"],
    "children.TransferAsk": ["child:child"],  # who asked learns nothing from it of a child that is not his
    "children.Unplaced": ["child:child"],
    "children.HouseholdRevision": ["house:household"],
    "children.ImportBatch": ["unit:unit"],
    "children.ImportHamlet": ["unit:unit"],
    "children.ImportMapping": ["unit:unit"],
    "children.ListLayout": ["unit:unit"],
    "children.ExportChoice": ["unit:unit"],
    "children.CheckList": ["unit:unit"],
    "children.CheckListRow": ["child:child"],
    "children.Pupil": ["unit:unit"],
    "children.Enrolment": ["unit:unit", "child:child"],
    "children.TakenList": ["unit:unit"],
    "children.MinistryDifference": ["child:child"],
    "children.ReviewRound": ["unit:unit"],
    "children.ReviewTick": ["child:child"],
    "children.BulkAction": ["unit:unit"],
    "children.BulkItem": ["child:child"],  # it holds the name as printed: of a child who left it stays here
    "documents.IssuedDocument": ["unit:unit"],
    "documents.NumberSeries": ["unit:unit"],
    "documents.NumberingRule": ["unit:unit"],
    "documents.OutgoingEntry": ["unit:unit"],
    "documents.SignedCopy": ["unit:document__unit"],
    "cases.Case": ["unit:unit"],
    "cases.Intake": ["unit:case__unit"],
    "cases.CaseEvent": ["unit:case__unit"],
    "cases.Notice": ["unit:unit"],
    "cases.Handover": ["unit:case__unit"],
    "cases.EmergencyStep": ["unit:case__unit"],
    "cases.Assessment": ["unit:case__unit"],
    "cases.Mark": ["unit:assessment__case__unit"],
    "cases.InterventionPlan": ["unit:case__unit"],
    "cases.PlannedService": ["unit:plan__case__unit"],
    "cases.Meeting": ["unit:case__unit"],
    "cases.SignedDecision": ["unit:case__unit", "unit:placement__unit"],
    "cases.IsolationOrder": ["unit:step__case__unit"],
    "cases.UnitClock": ["unit:unit"],
    "cases.Carer": ["unit:unit"],
    "cases.CarerAnswer": ["unit:carer__unit"],
    "cases.Shelter": ["unit:unit"],
    "cases.Placement": ["unit:unit"],
    "cases.PlacementEvent": ["unit:placement__unit"],
    "cases.CarerNotice": ["unit:placement__unit"],
    "cases.RegisterReview": ["unit:unit"],
    "cases.CareVisit": ["unit:placement__unit"],
    "cases.Commitment": ["unit:unit"],
    "cases.CommitmentCheck": ["unit:commitment__unit"],
    "cases.Suspect": ["unit:case__unit"],
    "cases.LiftProposal": ["unit:case__unit"],
    "cases.EmergencyOpening": ["unit:case__unit"],
    "cases.EmergencyOpening_told": ["unit:emergencyopening__case__unit"],
    "plans.Plan": ["unit:unit"],
    "plans.PlanItem": ["unit:plan__unit"],
    "plans.Target": ["unit:plan__unit"],
    "plans.Assignment": ["unit:unit"],
    "plans.TargetAnswer": ["unit:target__plan__unit"],
    "plans.Plan_carries_out": ["unit:from_plan__unit"],
    "plans.PlanVersion": ["unit:plan__unit"],
    "plans.Task": ["unit:plan__unit"],
    "plans.TaskScope": ["unit:task__plan__unit"],
    "plans.Task_areas": ["unit:task__plan__unit"],
    "plans.BudgetLine": ["unit:plan__unit"],
    "plans.BudgetEntry": ["unit:line__plan__unit"],
    "plans.Activity": ["unit:unit"],
    "plans.Activity_targets": ["unit:activity__unit"],
    "plans.Activity_tasks": ["unit:activity__unit"],
    "plans.Staff": ["unit:posts__unit"],
    "plans.StaffPost": ["unit:unit"],
    "plans.Body": ["unit:unit"],
    "plans.BodyDecision": ["unit:body__unit"],
    "plans.BodyMember": ["unit:body__unit"],
    "plans.BodyMeeting": ["unit:body__unit"],
    "plans.ChildPlace": ["unit:unit"],
    "plans.SafeHome": ["unit:unit"],
    "plans.RiskArea": ["unit:unit"],
    "plans.TrainingAttendance": ["unit:activity__unit"],
    "plans.Tally": ["unit:activity__unit"],
    "plans.ActivityMoney": ["unit:activity__unit"],
    "plans.ActivityPhoto": ["unit:activity__unit"],
    "plans.Fund": ["unit:unit"],
    "plans.FundEntry": ["unit:fund__unit"],
    "plans.FundSupport": ["child:support__child"],  # of a child who left only the money stays here
    "plans.Inspection": ["unit:unit"],
    "plans.Recommendation": ["unit:inspection__unit"],
    "plans.InspectionPhoto": ["unit:inspection__unit"],
    "plans.Evaluation": ["unit:unit"],
    "plans.PartScore": ["unit:evaluation__unit"],
    "plans.EvaluationPaper": ["unit:evaluation__unit"],
    "reports.Obligation": ["unit:unit"],
    "reports.Submission": ["unit:obligation__unit"],
    "reports.ReportRequest": ["unit:obligation__unit"],
    "reports.ReportCall": ["unit:issuer"],
    "reports.Outline": ["unit:issuer"],
    "reports.FigureSource": ["unit:unit"],
    "reports.OutlineSection": ["unit:outline__issuer"],
    "reports.ExtraItem": ["unit:outline__issuer"],
    "reports.SignedWords": ["unit:submission__obligation__unit"],
    "reports.FigureCorrection": ["unit:submission__obligation__unit"],
    "reports.ReportComment": ["unit:obligation__unit"],
    "reports.DraftKeys": ["unit:submission__obligation__unit"],
    "reports.Snapshot": ["unit:unit"],
    "reports.SnapshotFigure": ["unit:snapshot__unit"],
    "reports.SnapshotKeys": ["unit:snapshot__unit"],
    "reports.ZeroConfirmation": ["unit:unit"],
    "reports.ManualFigure": ["unit:unit"],
}
# Lists that explain the codes, given whole.
LISTS = [
    "children.CircumstanceKind", "children.SupportKind", "children.Purpose", "children.DataRule", "children.AllowanceRate",
    "children.HardArea",
    "children.AllowanceCase", "children.TransferTerm", "indicators.Indicator",
    "reports.Regime", "units.DayOverride", "accounts.RoleRule",
    "cases.ClockRule", "cases.AssessmentItem", "cases.SecrecyRule", "cases.ClockReminder", "cases.AssessmentRule",
    "cases.StatutoryForm", "plans.SafeHomeCriterion",
    "plans.Standard", "plans.Criterion", "plans.CriterionPart", "plans.FriendlyThreshold",
]  # fmt: skip
# What stays: secrets of sign-in, work of the machine, the log of everybody (its own export is for the inspector), the
# preparation of changes of units (their result stands in Unit). An app by its label, or one model.
LEFT = {
    "auth", "contenttypes", "sessions", "axes", "audit", "jobs", "inbox", "accounts.AccessLink", "accounts.Draft",
    "accounts.SecondFactor", "accounts.BackupCode", "accounts.Device", "accounts.SignIn",
    "plans.InspectionSample", "plans.SampleRow",  # what an inspector drew is his and his leaders' business
    "reports.DataToken",  # a secret of another program
    "reports.KeptCount", "reports.CountMark",  # copies of counts, made again at any time
    "plans.CalendarFeed",  # a secret of sign-in too
    "documents.UnitSeal",  # a key leaves the product in no file
    "documents.StoredFile", "children.ImportTrace", "cases.ClockTold",
    "cases.DeclaredPerson",  # what officers declared of their kin is seen by nobody else
    "cases.Notice_barred",  # and so whom a report may concern
    "units.UnitChange", "units.EndingUnit", "units.NewUnit", "units.NewUnit_takes", "units.UnitMove",
}  # fmt: skip
SECRET = {"password"}
README = """DỮ LIỆU CỦA {name} ({code}), xuất ngày {day:%d/%m/%Y}

LƯU HÀNH NỘI BỘ. Có thông tin cá nhân và thông tin nhạy cảm của trẻ em, đã giải mã. Giữ ở nơi chỉ người được giao mở được.

du-lieu.xlsx   mỗi loại dữ liệu một trang; dòng đầu là tên cột
json/          cùng dữ liệu, mỗi loại một tệp JSON (UTF-8)
tep/           tệp đính kèm, văn bản đã ký; tên tệp bắt đầu bằng mã trong cột "tep"
tu-dien.xlsx   từ điển dữ liệu: tên trang, tên cột, ý nghĩa, kiểu, các giá trị
muc-luc.json   số dòng của từng loại và SHA-256 của từng tệp

Trẻ đã chuyển khỏi đơn vị chỉ có mã trẻ trong các dòng mà số liệu cũ của đơn vị đã tính, không có tên.
"""


class Archive:
    """The export of one unit, with everything at and below it, into an empty folder."""

    def __init__(self, unit, folder, *, day):
        self.unit, self.folder, self.day = unit, folder, day
        self.units = Unit.objects.filter(path__startswith=unit.path)
        self.children = Child.with_removed.filter(unit__in=self.units)
        self.houses = Household.objects.filter(unit__in=self.units)
        self.files, self.sums = {}, {}

    def rows(self, label):
        """The unit's rows of a model, in order of their keys; every row of a list."""
        model = apps.get_model(label)
        found = getattr(model, "with_removed", model._base_manager).order_by("pk")
        if label in LISTS:
            return found
        if (path := file_path(model)) is not None:
            found = found.exclude(self._held_above(path))
        keys = model._base_manager.none().values("pk")
        for path in HELD[label]:
            kind, lookup = path.split(":")
            scope = {"unit": self.units, "child": self.children, "house": self.houses}[kind]
            held = model._base_manager.filter(**{f"{lookup}__in": scope.values("pk")})
            keys = keys.union(held.order_by().values("pk"))
        return found.filter(pk__in=keys)

    def _held_above(self, path):
        """The condition that a row lies under a restricted file that a unit above holds: the unit may not know of it."""
        step = f"{path}__" if path else ""
        return Q(**{f"{step}restricted": True}) & ~Q(**{f"{step}held_by__in": self.units.values("pk")})

    def write(self, progress=lambda label: None):
        """Write everything. Returns label → number of rows. Refused when the folder holds something."""
        self._open_folder()
        counts = {}
        book = new_workbook(str(self.folder / "du-lieu.xlsx"), in_memory=False, constant_memory=True)
        try:
            for label in [*HELD, *LISTS]:
                progress(label)
                counts[label] = self._write_model(book, label)
        finally:
            book.close()
        self._write_files()
        write_dictionary(self.folder / "tu-dien.xlsx")
        self._write_about(counts)
        return counts

    def _open_folder(self):
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if any(self.folder.iterdir()):
            raise Refusal(f"Thư mục {self.folder} không trống. Hãy chọn một thư mục mới.")
        os.umask(0o077)
        (self.folder / "json").mkdir()
        (self.folder / "tep").mkdir()

    def _write_model(self, book, label):
        model = apps.get_model(label)
        columns = columns_of(model)
        sheet = book.add_worksheet(sheet_name(model))
        write_row(sheet, 0, [name for name, _ in columns])
        number = 0
        with open(self.folder / "json" / f"{label}.json", "w", encoding="utf-8") as out:
            out.write("[")
            rows = self.rows(label).values_list(*[path for _, path in columns])
            for number, values in enumerate(rows.iterator(chunk_size=2000), 1):  # noqa: B007
                line = {name: plain(value) for (name, _), value in zip(columns, values, strict=True)}
                out.write(("," if number > 1 else "") + "\n" + json.dumps(line, ensure_ascii=False))
                write_row(sheet, number, [cell(value) for value in line.values()])
                self._want_files(model, line)
            out.write("\n]\n")
        return number

    def _want_files(self, model, line):
        for field in model._meta.fields:
            if field.related_model is StoredFile and line[field.name]:
                self.files[line[field.name]] = None

    def _write_files(self):
        keys = list(self.files)
        for start in range(0, len(keys), 200):
            for stored in StoredFile.objects.filter(discarded_at=None, public_id__in=keys[start : start + 200]).order_by("pk"):
                path = self.folder / "tep" / f"{stored.public_id} {safe_name(stored.name)}"
                path.write_bytes(open_bytes(stored))

    def _write_about(self, counts):
        text = README.format(name=self.unit.name.upper(), code=self.unit.code, day=self.day)
        (self.folder / "DOC-TRUOC.txt").write_text(text, encoding="utf-8")
        files = sorted(path for path in self.folder.rglob("*") if path.is_file())
        sums = {str(path.relative_to(self.folder)): digest(path) for path in files}
        about = {"unit": self.unit.code, "day": self.day.isoformat(), "rows": counts, "sha256": sums}
        (self.folder / "muc-luc.json").write_text(json.dumps(about, ensure_ascii=False, indent=1), encoding="utf-8")


def file_path(model, depth=4):
    """The lookup from a row to the protected file that covers it: "case__protected_file"; "" for the file itself, else None."""
    if model is ProtectedFile:
        return ""
    steps = [field for field in model._meta.concrete_fields if field.is_relation and field.related_model is not model]
    steps.sort(key=lambda field: field.related_model is not ProtectedFile)  # its own file before that of what it hangs on
    for field in steps if depth else ():
        if field.related_model in COVERED_BY_NONE:
            continue
        rest = file_path(field.related_model, depth - 1)
        if rest is not None:
            return f"{field.name}__{rest}" if rest else field.name
    return None


# What stands by itself: rows that point to these are covered by no file through them.
COVERED_BY_NONE = (Child, Household, Unit, Officer, StoredFile)


def columns_of(model):
    """(name, lookup) of every field: a relation is told by the public id or code of what it points to."""
    return [(field.name, _told_by(field)) for field in model._meta.concrete_fields if field.name not in SECRET]


def _told_by(field):
    if not field.is_relation:
        return field.name
    names = {other.name for other in field.related_model._meta.concrete_fields}
    key = next((name for name in ("public_id", "code") if name in names), "pk")
    return f"{field.name}__{key}"


def sheet_name(model):
    """The name of a model's sheet: at most 31 characters, without signs that Excel refuses."""
    return model._meta.label.split(".")[1][:31]


def plain(value):
    """A value as JSON says it."""
    if isinstance(value, (datetime, date, UUID)):
        return str(value) if isinstance(value, UUID) else value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def cell(value):
    """A JSON value as a cell; what does not fit says where it stands whole."""
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else value
    return "(xem tệp JSON)" if isinstance(text, str) and len(text) > MAX_CELL else text


def digest(path):
    """SHA-256 of a file, read in pieces."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def dictionary():
    """One line a column of the export: sheet, column, meaning, type, values, what it points to."""
    for label in [*HELD, *LISTS]:
        model = apps.get_model(label)
        for field in model._meta.concrete_fields:
            if field.name in SECRET:
                continue
            values = "; ".join(f"{key} = {word}" for key, word in field.flatchoices if key != "")
            target = f"{sheet_name(field.related_model)} ({_told_by(field).rpartition('__')[2]})" if field.is_relation else ""
            empty = "có" if field.null or field.blank else "không"
            yield (
                sheet_name(model), str(model._meta.verbose_name), field.name, str(field.verbose_name),
                field.get_internal_type(), values, target, empty,
            )  # fmt: skip


HEADS = ("Trang", "Nội dung", "Cột", "Ý nghĩa", "Kiểu", "Các giá trị", "Trỏ tới", "Có thể trống")


def write_dictionary(path):
    """The dictionary of the data as a workbook."""
    book = new_workbook(str(path), in_memory=False)
    sheet = book.add_worksheet("Từ điển dữ liệu")
    sheet.set_column(0, 7, 24)
    sheet.freeze_panes(1, 0)
    write_row(sheet, 0, HEADS, book.add_format({"bold": True}))
    for number, row in enumerate(dictionary(), 1):
        write_row(sheet, number, row)
    book.close()
