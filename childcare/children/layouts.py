"""A list in the layout in which the unit keeps its own: which layouts are offered, and the cells of each row.

What is written can be taken in again and changes nothing: every cell says what the registry says, in words that the import
reads as that, and the last column bears the code by which a child is known again.
"""

from datetime import date
from functools import cached_property

from django.db.models import Q

from childcare.accounts.roles import Permission
from childcare.children import codelist, ethnics
from childcare.children.actions.protection import commune_of
from childcare.children.importing import decisions, groups
from childcare.children.importing.header import YEAR
from childcare.children.importing.layout import TRUE_DATE
from childcare.children.models import Circumstance, ListLayout, Membership, PovertyStatus, Support, SupportKind
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import capital

OFFERED = 5
GONE = "Không có mẫu này của đơn vị. Hãy mở lại trang xuất Excel rồi chọn mẫu khác."
CODE_HEADING = "Mã trong sổ"
MARK, UNKNOWN = "x", "?"
LEVEL_NAMES = {"poor": "hộ nghèo", "near": "hộ cận nghèo", "other": "khác"}
DISABILITY = {"N04.1": "đặc biệt nặng", "N04.2": "nặng", "N04.3": "nhẹ"}
SEXES = {"m": "nam", "f": "nữ"}
PLAIN = ("identity_number", "mother_name", "father_name", "phone", "birth_certificate", "insurance_number", "school_name",
         "schooling")  # fmt: skip


def unit_of(filters, officer):
    """The commune out of which a list of these filters comes, or None when it may come out of several."""
    units = [filters.place] if filters.place else officer.units_for(Permission.CHILD_EXPORT)
    alone = units[0] if len(units) == 1 else None
    return commune_of(alone) if alone is not None and alone.kind in ("commune", "hamlet") else None


def offered(unit):
    """The layouts of the own lists of a commune, or of those out of which it was made, the latest first."""
    return list(_of(unit).order_by("-taken_in_on", "-changed_at")[:OFFERED]) if unit else []


def find(unit, public_id):
    """The layout of the commune with this public id. Refused when there is none."""
    found = _of(unit).filter(public_id=public_id).first() if unit and public_id else None
    if found is None:
        raise Refusal(GONE)
    return found


def _of(unit):
    return ListLayout.objects.filter(unit__in=[unit.pk, *unit.former_keys])


def headings(table, year):
    """The levels of each heading from the top down; a class of households bears the year of this list."""
    columns = [
        [YEAR.sub(str(year), level) if column["field"].startswith("poverty") else level for level in column["levels"]]
        for column in table["columns"]
    ]  # fmt: skip
    return [*columns, [CODE_HEADING]]


class Rows:
    """Cells of children in a layout. `load` reads beforehand what a batch of children needs: a few queries each."""

    def __init__(self, table, *, officer, on):
        self.table, self.officer, self.on = table, officer, on
        self.fields = [column["field"] for column in table["columns"]]
        self.starts = {name.partition(":")[0] for name in self.fields}
        self.since_told = "since" in self.fields
        self.circumstances, self.supports, self.levels, self.relations = {}, {}, {}, {}
        self.papers, self.decisions = {}, {}  # child → code → [paper, day], [amount, decision, day]

    @property
    def name_at(self):
        """The column in which a name stands, and the line of a hamlet or of a household head."""
        return next((at for at, name in enumerate(self.fields) if name in ("full_name", "family_name")), 0)

    def load(self, children):
        """What the columns need of these children, as far as the officer may see it."""
        keys = [child.pk for child in children]
        if self.starts & {"circumstance", "circumstances", "since", "decision", "decision_on", "paper", "paper_on"}:
            self.circumstances = self._circumstances(keys)
        if self.starts & {"support", "supports", "decision", "decision_on", "amount"}:
            self.supports = self._supports(keys)
        if "poverty" in self.starts:
            houses = {child.household_id for child in children if child.household_id}
            rows = PovertyStatus.objects.valid().filter(household__in=houses, year=self.on.year)
            self.levels = dict(rows.values_list("household", "level"))
        if "relation_to_head" in self.starts:
            rows = Membership.objects.filter(child__in=keys, voided_at=None, ended_on=None)
            self.relations = dict(rows.values_list("child", "relation_to_head"))

    def _circumstances(self, keys):
        """Child → [(code, since)] of its own open groups; risks and what holds for a household stand in no such list."""
        facts = Circumstance.objects.uncovered(self.officer).valid().at_end_of(self.on).filter(child__in=keys)
        known = codelist.circumstances()
        found = {}
        for child, kind, since, *paper in facts.order_by("pk").values_list("child", "kind", "started_on", "paper", "paper_on"):
            if kind in known and known[kind].family != "R":
                found.setdefault(child, []).append((known[kind].code, since))
                self.papers.setdefault(child, {})[known[kind].code] = paper
        return found

    def _supports(self, keys):
        """Child → [(code, day, whether it goes on)] of help that goes on or was given in the year."""
        facts = Support.objects.uncovered(self.officer).valid().filter(child__in=keys)
        facts = facts.filter(Q(running=True, ended_on=None) | Q(started_on__year=self.on.year, started_on__lte=self.on))
        found = {}
        names = ("child", "kind__code", "started_on", "running", "amount", "decision", "decision_on")
        for child, *told in facts.order_by("pk").values_list(*names):
            found.setdefault(child, []).append(tuple(told[:3]))
            self.decisions.setdefault(child, {})[told[0]] = told[3:]
        return found

    @cached_property
    def kinds(self):
        """Code → kind of help."""
        return {kind.code: kind for kind in SupportKind.objects.all()}

    def cells(self, child, number):
        """The cells of a row: texts, numbers, and dates where the unit's list has dates."""
        told = Told(self, child)
        return [self._cell(name, child, told, number) for name in self.fields] + [child.code]

    def _cell(self, name, child, told, number):
        if name in PLAIN:
            return getattr(child, name) or ""
        if name == "stt":
            return number
        if name == "relation_to_head":
            return self.relations.get(child.pk, "")
        start, _, rest = name.partition(":")
        return getattr(told, start)(rest) if start in Told.__dict__ and start[0] != "_" else ""

    def written(self, day):
        """A full date as the unit writes it."""
        style = self.table["dates"]
        if style == TRUE_DATE:
            return day
        if style.startswith("1"):
            return f"{day.day}{style[1:]}{day.month}{style[1:]}{day.year}"
        return day.strftime(f"%d{style}%m{style}%Y")


class Told:
    """What the columns of a layout say of one child; a method for each field of the import that is more than a copy."""

    def __init__(self, rows, child):
        self._rows, self._child = rows, child
        self._own = rows.circumstances.get(child.pk, [])
        self._given = rows.supports.get(child.pk, [])
        first = [*self._own, *self._given][:1] if rows.since_told else []
        self._since = first[0][1] if first else None

    def full_name(self, _):
        unnamed = self._child.name_state == "unnamed"
        return self._child.full_name or ("chưa đặt tên" if unnamed else "")

    def family_name(self, _):
        return self.full_name(_).rpartition(" ")[0] if self._child.full_name else ""

    def given_name(self, _):
        return self.full_name(_).rpartition(" ")[2] if self._child.full_name else self.full_name(_)

    def birth_date(self, _):
        birth = self._child.birth
        if birth is None:
            return self._child.birth_text
        return self._rows.written(birth.latest) if birth.precision == "day" else birth.text

    def birth(self, sex):
        return self.birth_date("") if SEXES.get(self._child.sex) == sex else ""

    def birth_day(self, _):
        return self._child.birth.latest.day if self._child.birth and self._child.birth.precision == "day" else ""

    def birth_month(self, _):
        known = self._child.birth and self._child.birth.precision in ("day", "month")
        return self._child.birth.latest.month if known else ""

    def birth_year(self, _):
        birth = self._child.birth
        if birth is None:
            return ""
        return birth.text if birth.precision == "estimated" else birth.latest.year

    def sex(self, marked):
        """The word, or a mark in the column of the sex; one column alone cannot leave it open, so it says that."""
        word = SEXES.get(self._child.sex, "")
        if not marked:
            return capital(word)
        alone = sum(name.startswith("sex:") for name in self._rows.fields) == 1
        return MARK if word == marked else UNKNOWN if not word and alone else ""

    def ethnic(self, year):
        if year:
            return ethnics.codes(year).get(self._child.ethnic, "")
        return ethnics.names().get(self._child.ethnic, "")

    def hamlet(self, _):
        return self._child.unit.name if self._child.unit.kind == "hamlet" else ""

    def household_head(self, _):
        return self._child.household.head_name if self._child.household else ""

    def address(self, _):
        return self._child.household.address if self._child.household else ""

    def poverty(self, marked):
        level = LEVEL_NAMES.get(self._rows.levels.get(self._child.household_id), "")
        return (MARK if level == marked else "") if marked else capital(level)

    def circumstances(self, _):
        """The names of the groups, when the import reads them as nothing else; else their codes."""
        codes = [code for code, _ in self._own]
        names = {kind.code: kind.name for kind in codelist.circumstances().values()}
        text = "; ".join(names[code] for code in codes)
        read, problem = groups.circumstances_in(text) if text else ([], "")
        return text if set(read) <= set(codes) and not problem else "; ".join(codes)

    def circumstance(self, code):
        """A mark, or the level in the column of the disabled."""
        own = {one for one, _ in self._own}
        if code in own:
            return MARK
        below = sorted(one for one in own if one.startswith(f"{code}."))
        return DISABILITY.get(below[0], MARK) if below else ""

    def support(self, code):
        return MARK if code in self._tellable() else ""

    def supports(self, _):
        """The names of the help, when the import reads them as one of these; else the first that it does."""
        codes = self._tellable()
        names = [self._rows.kinds[code].name for code in codes]
        return next((text for text in ("; ".join(names), *names) if groups.support_of(text) in codes), "")

    def _tellable(self):
        """Codes of the help that a mark can tell: what goes on; else of the day in "từ ngày", without it one-off help only.

        Anything else the import would take for another help of the same kind.
        """
        told = self._rows.since_told
        found = [
            code
            for code, day, runs in self._given
            if runs or (day == self._since if told else self._rows.kinds[code].recurrence == "one-off")
        ]
        return list(dict.fromkeys(found))

    def amount(self, _):
        amount = self._decided[0]
        return "" if amount is None else int(amount)

    def decision(self, _):
        return self._number_and_day(*self._decided[1:], "decision_on")

    def decision_on(self, _):
        return self._day(self._decided[2])

    def paper(self, _):
        return self._number_and_day(*self._paper, "paper_on")

    def paper_on(self, _):
        return self._day(self._paper[1])

    @cached_property
    def _decided(self):
        """(amount, decision, its day) of the help that the import would give it back to; without help, of the group."""
        given = list(dict.fromkeys(code for code, _, _ in self._given))
        code = decisions.support_with({"supports": self._tellable()})
        if given:
            return self._rows.decisions[self._child.pk][code] if code else (None, "", None)
        return (None, "", None) if "paper" in self._rows.fields else (None, *self._paper)

    @cached_property
    def _paper(self):
        code = decisions.circumstance_with({"circumstances": [code for code, _ in self._own]})
        return self._rows.papers[self._child.pk][code] if code else ("", None)

    def _number_and_day(self, number, day, column):
        """The number, with its day when no column of the list holds that."""
        return f"{number} ngày {day:%d/%m/%Y}" if number and day and column not in self._rows.fields else number

    def _day(self, day):
        return self._rows.written(day) if day else ""

    def since(self, _):
        return self._rows.written(self._since) if isinstance(self._since, date) else ""

    def child_code(self, _):
        return self._child.code
