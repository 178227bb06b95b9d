"""What must hold and no constraint can say on both databases: each check yields one line a breach, never a child's name."""

from datetime import date
from itertools import groupby
from operator import attrgetter

from django.conf import settings
from django.db.models import Count, F, OuterRef, Q, Subquery

from childcare.children.actions.removal import with_facts
from childcare.children.models import (
    Child,
    Circumstance,
    Enrolment,
    Household,
    Incident,
    Membership,
    PovertyStatus,
    Residence,
    Support,
)  # fmt: skip
from childcare.documents.files import path_of
from childcare.documents.models import StoredFile
from childcare.documents.verifying import damage
from childcare.lib.calendar import show
from childcare.lib.vietnamese import fold, name_key
from childcare.units.models import Office, Unit
from plans.models import Activity
from reports.freezing import verify
from reports.models import Regime, Snapshot, SnapshotFigure, Submission

FACTS = (Residence, Membership, Circumstance, Support, Incident, PovertyStatus)
UNDER_COVER = (Residence, Circumstance, Support)


def breaches(*, fast=False):
    """Every breach as a line. `fast` leaves out reading the bytes of every stored file."""
    for check in CHECKS:
        yield from check()
    yield from (stored_file_gone if fast else stored_files)()


def copies_of_residence():
    """Child.unit and residing are those of the open residence, else the unit where the child lived last or what followed it."""
    rows = Residence.objects.filter(child=OuterRef("pk"), voided_at=None).order_by(F("ended_on").desc(nulls_first=True), "-pk")
    children = Child.objects.annotate(lives=Subquery(rows.values("unit")[:1]), until=Subquery(rows.values("ended_on")[:1]))
    elsewhere = Q(lives__isnull=False) & (Q(unit=None) | ~Q(unit=F("lives")))
    gone = Q(residing=True) & (Q(until__isnull=False) | Q(lives=None))
    here = Q(residing=False, until=None, lives__isnull=False)
    for child in children.filter(elsewhere | gone | here).select_related("unit").order_by("pk").iterator():
        if not child.residing and child.unit and child.until and child.unit.follows(Unit.objects.get(pk=child.lives)):
            continue
        yield f"trẻ {child.public_id}: địa bàn hiện nay khác nơi cư trú đang hiệu lực"


def copies_of_household():
    """Child.household is that of the open membership."""
    rows = Membership.objects.filter(child=OuterRef("pk"), voided_at=None, ended_on=None)
    children = Child.objects.annotate(house=Subquery(rows.values("household")[:1]))
    wrong = Q(house=None, household__isnull=False) | (Q(house__isnull=False) & (Q(household=None) | ~Q(household=F("house"))))
    for child in children.filter(wrong).order_by("pk").iterator():
        yield f"trẻ {child.public_id}: hộ hiện nay khác hộ đang ghi trong sổ"


def names_for_search():
    """The folded name and the sorting key are those of the name."""
    for child in (
        Child.objects.order_by("pk").only("public_id", "full_name", "folded_name", "name_key").iterator(chunk_size=2000)
    ):
        if (child.folded_name, child.name_key) != (fold(child.full_name)[:120], name_key(child.full_name)):
            yield f"trẻ {child.public_id}: tên để tìm hoặc khóa xếp tên không khớp họ tên"


def words_for_search():
    """The folded words of parents, heads of household and telephones are those of the fields they are made from."""
    for model, word in ((Child, "trẻ"), (Household, "hộ")):
        field = model._meta.get_field("found_by")
        columns = ("public_id", "found_by", *field.names, *field.numbers)
        for row in model.objects.order_by("pk").values(*columns).iterator(chunk_size=2000):
            if row["found_by"] != field.made(row):
                yield f"{word} {row['public_id']}: chữ để tìm theo cha mẹ, chủ hộ, điện thoại không khớp"


def birth_in_order():
    """The first day that a birth date allows is not after the last."""
    for child in Child.objects.filter(birth_earliest__gt=F("birth_latest")).order_by("pk"):
        yield f"trẻ {child.public_id}: ngày sinh sớm nhất sau ngày sinh muộn nhất"


def one_place_a_day():
    """Nobody lives in two units, or in two households, on one day; and no circumstance holds twice."""
    for model, of, words in (
        (Residence, ("child_id",), "hai nơi cư trú"),
        (Membership, ("child_id",), "hai hộ"),
        (Circumstance, ("child_id", "household_id", "kind_id"), "hai lần cùng một hoàn cảnh"),
    ):
        rows = model.objects.filter(voided_at=None).order_by(*of, F("started_on").asc(nulls_first=True), "pk")
        rows = rows.only("public_id", "started_on", "ended_on", *of).iterator(chunk_size=2000)
        for _, same in groupby(rows, key=attrgetter(*of)):
            free_from = date.min
            for row in same:
                if (row.started_on or date.min) < free_from:
                    yield f"{model._meta.verbose_name} {row.public_id}: trùng ngày với dòng khác ({words})"
                free_from = max(free_from, row.ended_on or date.max)


def replaced_rows_are_void():
    """A row that a correction replaces is void."""
    for model in FACTS:
        for row in model.objects.filter(replaced_by__isnull=False, voided_at=None).order_by("pk"):
            yield f"{model._meta.verbose_name} {row.public_id}: đã có dòng thay mà chưa hủy"


def sensitive_facts_are_covered():
    """A sensitive circumstance and an abuse lie under a protected file, and a file covers facts of its own child only."""
    for row in Circumstance.objects.filter(kind__sensitive=True, protected_file=None).order_by("pk"):
        yield f"hoàn cảnh {row.public_id}: nhạy cảm mà không nằm trong hồ sơ được bảo vệ"
    for row in Incident.objects.filter(kind=Incident.Kind.ABUSE, protected_file=None).order_by("pk"):
        yield f"vụ việc {row.public_id}: xâm hại mà không nằm trong hồ sơ được bảo vệ"
    for model in UNDER_COVER:
        rows = model.objects.filter(voided_at=None, child__isnull=False, protected_file__child__isnull=False).exclude(
            protected_file__child=F("child")
        )
        for row in rows.order_by("pk"):
            yield f"{model._meta.verbose_name} {row.public_id}: nằm trong hồ sơ được bảo vệ của trẻ khác"


def removed_children_have_no_facts():
    """Of a child that is no longer in the registry nothing is counted."""
    removed = Child.with_removed.filter(removed_at__isnull=False)
    found = with_facts(removed.values("pk"))
    for key in removed.filter(pk__in=found).order_by("pk").values_list("public_id", flat=True):
        yield f"trẻ {key}: đã đưa ra khỏi sổ mà còn dòng đang được tính"


def verified_numbers_are_valid():
    """The police checks a number in the legal form, or none."""
    for child in Child.objects.filter(identity_verified_on__isnull=False, identity_valid=False).order_by("pk"):
        yield f"trẻ {child.public_id}: có ngày công an xác thực mà số định danh không đúng dạng"


def enrolments_of_their_pupil():
    """A valid enrolment is of its pupil's school, or one that it followed, and of the child that its pupil is."""
    wrong = ~Q(unit=F("pupil__unit")) | ~Q(child=F("pupil__child")) & Q(child__isnull=False)
    wrong |= Q(child=None, pupil__child__isnull=False)
    rows = Enrolment.objects.filter(wrong, voided_at=None).select_related("unit", "pupil__unit").order_by("pk")
    for row in rows:
        if row.child_id == row.pupil.child_id and row.ended_on and row.pupil.unit.follows(row.unit):
            continue  # attended before the school went over to another unit
        yield f"dòng học ở trường {row.public_id}: khác trường hoặc khác trẻ với học sinh của nó"


def unit_paths():
    """A path is the parent's path and the own key; a unit and its parent shared at least one day."""
    for unit in Unit.objects.select_related("parent").order_by("pk"):
        above = unit.parent.path if unit.parent else "."
        if unit.path != f"{above}{unit.pk}.":
            yield f"đơn vị {unit.code} {unit.name}: đường dẫn sai"
        if unit.parent and not _share_a_day(unit, unit.parent):
            yield f"đơn vị {unit.code} {unit.name}: không có ngày nào cùng hiệu lực với đơn vị cấp trên"


def one_unit_a_code_and_day():
    """A code names one unit, or one office, on any day."""
    for model in (Unit, Office):
        last = None
        for row in model.objects.order_by("code", F("valid_from").asc(nulls_first=True), "pk"):
            if last and last.code == row.code and _share_a_day(last, row):
                yield f"{model._meta.verbose_name} {row.code} {row.name}: trùng mã với {last.name} trong cùng thời gian"
            last = row


def once_without_bound():
    """What SQLite lets in twice because a part of the key is empty: a regime without scope, a frozen figure without unit."""
    for model, key in ((Regime, ("code", "every", "scope")), (SnapshotFigure, ("snapshot", "code", "unit", "breakdown"))):
        for row in model.objects.order_by(*key).values(*key).annotate(times=Count("pk")).filter(times__gt=1):
            yield f"{model._meta.verbose_name} {row['code']}: có {row['times']} dòng giống nhau"


def units_held_on_the_day():
    """An incident, an act of help and an activity lie in a unit that existed on their day."""
    facts = (
        (Incident.objects.filter(voided_at=None), "occurred_on"),
        (Support.objects.filter(voided_at=None, started_on__isnull=False), "started_on"),
        (Activity.objects.filter(voided_at=None, held_on__isnull=False), "held_on"),
    )
    for rows, day in facts:
        outside = Q(unit__valid_from__gt=F(day)) | Q(unit__valid_to__lte=F(day))
        for row in rows.filter(outside).select_related("unit").order_by("pk"):
            name = f"{rows.model._meta.verbose_name} {row.public_id}"
            yield f"{name}: {row.unit.name} không có hiệu lực vào ngày {show(getattr(row, day))}"


def current_submissions():
    """A report that has versions has one current version, the newest."""
    counted = (
        Submission.objects.values("obligation")
        .annotate(current_ones=Count("pk", filter=Q(current=True)))
        .order_by("obligation")
    )
    for row in counted.exclude(current_ones=1):
        yield f"báo cáo phải gửi {row['obligation']}: có {row['current_ones']} bản hiện hành"
    newest = Submission.objects.filter(obligation=OuterRef("obligation")).order_by("-number")
    for row in Submission.objects.filter(current=True).exclude(number=Subquery(newest.values("number")[:1])).order_by("pk"):
        yield f"báo cáo {row.public_id}: bản hiện hành không phải bản mới nhất"


def signed_reports_are_complete():
    """A signed report has its document (one typed in for a ward may have none), and its figures are as they were frozen."""
    signed = ("signed", "sent", "accepted", "returned")
    without = Submission.objects.filter(state__in=signed, on_behalf=False).filter(Q(document=None) | Q(document__pdf=None))
    for row in without.order_by("pk"):
        yield f"báo cáo {row.public_id}: đã ký mà không có văn bản"
    for snapshot in Snapshot.objects.select_related("unit").order_by("pk").iterator(chunk_size=200):
        if not _as_frozen(snapshot):
            yield f"số liệu chốt {snapshot.public_id}: khác với lúc chốt"


def stored_file_gone():
    """Every row has its file, and every file its row."""
    known = set()
    for stored in StoredFile.objects.filter(discarded_at=None).order_by("pk").iterator(chunk_size=2000):
        known.add(path_of(stored))
        if not path_of(stored).exists():
            yield f"tệp {stored.public_id}: không còn trên đĩa"
    yield from _files_without_row(known)


def stored_files():
    """Every row has its file with the bytes that came in, and every file its row."""
    known = set()
    for stored in StoredFile.objects.filter(discarded_at=None).order_by("pk").iterator(chunk_size=2000):
        known.add(path_of(stored))
        if fault := damage(stored):
            yield f"tệp {stored.public_id}: {fault}"
    yield from _files_without_row(known)


def _files_without_row(known):
    for path in sorted(settings.FILES_DIR.rglob("*")) if settings.FILES_DIR.exists() else ():
        if path.is_file() and path not in known:
            yield f"tệp trên đĩa {path.name}: không có dòng nào trong cơ sở dữ liệu"


def _share_a_day(one, other):
    return (one.valid_to is None or other.valid_from is None or other.valid_from < one.valid_to) and (
        other.valid_to is None or one.valid_from is None or one.valid_from < other.valid_to
    )


def _as_frozen(snapshot):
    try:
        return verify(snapshot)
    except ValueError:
        return False


CHECKS = (
    copies_of_residence, copies_of_household, names_for_search, words_for_search, birth_in_order,
    one_place_a_day, replaced_rows_are_void, sensitive_facts_are_covered, removed_children_have_no_facts,
    enrolments_of_their_pupil, verified_numbers_are_valid, unit_paths, one_unit_a_code_and_day, once_without_bound,
    units_held_on_the_day, current_submissions, signed_reports_are_complete,
)  # fmt: skip
