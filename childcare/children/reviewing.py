"""What a round of review shows: progress per hamlet, the lines of one hamlet, what is left to be done, the minutes."""

from dataclasses import dataclass

from django.db.models import Count, Q

from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children.actions.rounds import left_already
from childcare.children.bulk_actions.rows import birth_of
from childcare.children.models import ReviewRound, ReviewTick
from childcare.children.places import natural_text
from childcare.children.sheets import Made, copy_line, issuer_of, sheet
from childcare.documents.structure import AdminDocument, Annex, Column, Heading, Paragraph, Signatures, Signer, Table
from childcare.lib.calendar import show
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import number

Answer = ReviewTick.Answer
SIZE = 100
LINE, SHORT = "…" * 29, "…" * 12  # a line of the page, the rest of a line
GONE = "Không còn đợt rà soát này, hoặc anh/chị không có quyền in biên bản."


@dataclass
class Progress:
    """How far a place is: children in all, and how many of each answer."""

    name: str
    public_id: object
    total: int
    stays: int
    mend: int
    left: int

    @property
    def seen(self):
        return self.stays + self.mend + self.left

    @property
    def unseen(self):
        return self.total - self.seen


def progress(round, *, ticks):
    """One Progress a place, in natural order; an open round counts as gone who has left in the registry meanwhile."""
    early = set() if round.closed_at else set(left_already(round).values_list("pk", flat=True))
    rows = ticks.filter(round=round).order_by().values("unit__name", "unit__public_id").annotate(
        total=Count("pk"), stays=Count("pk", Q(answer="stays")), mend=Count("pk", Q(answer="mend")),
        left=Count("pk", Q(answer="left") | Q(pk__in=early)),
    )  # fmt: skip
    found = [
        Progress(row["unit__name"], row["unit__public_id"], row["total"], row["stays"], row["mend"], row["left"])
        for row in rows
    ]
    return sorted(found, key=lambda row: natural_text(row.name))


def in_all(rows, name="Tổng cộng"):
    """The sum of the places."""
    sums = (sum(getattr(row, field) for row in rows) for field in ("total", "stays", "mend", "left"))
    return Progress(name, None, *sums)


def lines(ticks, *, after=None, open_only=False):
    """(lines of a hamlet in the order of names, the id after which the next page begins or None)."""
    ticks = ticks.filter(answer="") if open_only else ticks
    mark = (
        ticks.model.objects.filter(child__public_id=after).values_list("child__name_key", "child_id").first() if after else None
    )
    if mark:
        ticks = ticks.filter(Q(child__name_key__gt=mark[0]) | Q(child__name_key=mark[0], child_id__gt=mark[1]))
    rows = list(ticks.select_related("child", "child__household").order_by("child__name_key", "child_id")[: SIZE + 1])
    return [line(row) for row in rows[:SIZE]], rows[SIZE - 1].child.public_id if len(rows) > SIZE else None


def line(row):
    """One child to be ticked: what the head of a hamlet knows it by, and nothing of its circumstances."""
    child, house = row.child, row.child.household
    parents = [child.mother_name and f"mẹ {child.mother_name}", child.father_name and f"cha {child.father_name}"]
    home = ", ".join(filter(None, [house.head_name and f"hộ {house.head_name}", house.address])) if house else ""
    return {
        "tick": row, "child": child, "birth": birth_of(child) or "chưa rõ ngày sinh",
        "about": " · ".join(filter(None, [*parents, home])), "answers": Answer.choices[1:],
    }  # fmt: skip


def to_do(round, *, ticks):
    """(gone but still living here by the registry, to be mended and not changed since): what the officer works off."""
    rows = ticks.filter(round=round, answer__in=["left", "mend"]).select_related("child", "unit").order_by("child__name_key")
    rows = [{"tick": row, "child": row.child, "birth": birth_of(row.child), "place": row.unit.name} for row in rows]
    left = [row for row in rows if row["tick"].answer == "left" and row["child"].residing]
    mend = [
        row for row in rows if row["tick"].answer == "mend" and row["child"].changed_at <= row["tick"].answered_at
    ]  # fmt: skip
    return left, mend


@sheet("review-minutes")
def minutes(officer, *, round):
    """Biên bản rà soát of the round with this public id: counts per hamlet, an annex of who left and what is to be mended."""
    row = ReviewRound.objects.visible_to(officer).filter(public_id=round).select_related("unit", "unit__parent").first()
    if row is None or not officer.can_in(Permission.CHILD_EXPORT, row.unit):
        raise Refusal(GONE)
    ticks = ReviewTick.objects.filter(round=row, unit__path__startswith=row.unit.path)
    named = (
        ReviewTick.objects.visible_to(officer).filter(round=row, answer__in=["left", "mend"]).select_related("child", "unit")
    )
    named = sorted(named, key=lambda tick: (natural_text(tick.unit.name), tick.child.name_key))
    entry = audit.record("review.printed", by=officer, subject=row, shown=[tick.child.public_id for tick in named])
    document = document_of(row, progress(row, ticks=ticks), named, officer=officer, copy=entry.copy_number)
    return Made(f"Biên bản rà soát {row.unit.name} {show(row.started_on).replace('/', '-')}", document, row.unit)


def document_of(round, rows, named, *, officer, copy):
    """The minutes as an administrative document."""
    place, total = round.unit, in_all(rows)
    cells = [[at, row.name, row.total, row.stays, row.mend, row.left, row.unseen] for at, row in enumerate(rows, 1)]
    cells.append(["", total.name, total.total, total.stays, total.mend, total.left, total.unseen])
    columns = [
        Column("STT", 3, "center"), Column("Địa bàn", 10), Column("Số trẻ em phải rà soát", 6, "right"),
        Column("Còn, không thay đổi", 6, "right"), Column("Còn, cần sửa thông tin", 6, "right"),
        Column("Đã chuyển đi", 6, "right"), Column("Chưa rà soát", 6, "right"),
    ]  # fmt: skip
    state = f"đã chốt ngày {show(round.closed_at.date())}" if round.closed_at else "chưa chốt, số liệu đến lúc in"
    return AdminDocument(
        kind="BIÊN BẢN", subject=round.title, issuer=issuer_of(place), notation="BB-UBND", place=place.bare_name,
        year=round.due_on.year, marks=["LƯU HÀNH NỘI BỘ"], closing=False,
        blocks=[
            Paragraph(
                f"Thời gian rà soát: từ ngày {show(round.started_on)} đến ngày {show(round.due_on)} ({state})."
            ),
            Heading("I. Thành phần", 1),
            *(Paragraph(f"{at}. {who}: {SHORT}", align="left") for at, who in enumerate(_people(place), 1)),
            Heading("II. Kết quả", 1),
            Paragraph(
                f"Phải rà soát {number(total.total)} trẻ em dưới 16 tuổi đang cư trú; đã rà soát {number(total.seen)}: "
                f"còn ở địa bàn {number(total.stays + total.mend)} (trong đó cần sửa thông tin {number(total.mend)}), "
                f"đã chuyển đi {number(total.left)}; chưa rà soát {number(total.unseen)}."
            ),
            Table(columns=columns, rows=cells, total_rows={-1}),
            Heading("III. Ý kiến, kiến nghị", 1),
            Paragraph(LINE, align="left"), Paragraph(LINE, align="left"),
            copy_line(officer, copy),
            Signatures([
                Signer(["NGƯỜI LẬP BIÊN BẢN"]), Signer([f"ĐẠI DIỆN {place.hamlet_word}"]), Signer(["TM. ỦY BAN NHÂN DÂN"]),
            ]),
        ],
        annexes=[_annex(named)] if named else [],
    )  # fmt: skip


def _people(place):
    return [
        "Đại diện Ủy ban nhân dân " + place.kind_word,
        "Công chức phụ trách trẻ em",
        f"Đại diện {place.hamlet_word}, cộng tác viên",
    ]


def _annex(named):
    columns = [
        Column("STT", 3, "center"), Column("Họ và tên", 12), Column("Ngày, năm sinh", 7, "center"), Column("Địa bàn", 9),
        Column("Kết quả", 8), Column("Nội dung cần sửa, ghi chú", 14),
    ]  # fmt: skip
    rows = [
        [at, tick.child.display_name, birth_of(tick.child), tick.unit.name, tick.get_answer_display(), tick.note]
        for at, tick in enumerate(named, 1)
    ]
    return Annex(title="Danh sách trẻ em đã chuyển đi, cần sửa thông tin", blocks=[Table(columns=columns, rows=rows)])
