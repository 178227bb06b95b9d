"""What the page of a child or household shows: dated rows in words, current ones first, voided ones apart."""

from datetime import timedelta

from django.db.models import Q

from childcare.accounts.roles import Permission
from childcare.children import allowances, ethnics
from childcare.children.actions import people
from childcare.children.actions.protection import commune_of
from childcare.children.actions.pupils import attending
from childcare.children.identity import check, grouped
from childcare.children.ministry import FIELDS
from childcare.children.models import (
    Caregiver,
    ChildRevision,
    Circumstance,
    IncidentChild,
    Merge,
    MinistryDifference,
    PovertyStatus,
    Residence,
    Support,
)
from childcare.children.row_texts import birth_text
from childcare.lib.calendar import show
from childcare.lib.vietnamese import number


def when(row):
    """ "từ 12/03/2023", "từ trước", "01/04/2023 – 30/04/2024" (the last day on which it held)."""
    first = show(row.started_on) if row.started_on else ""
    if row.ended_on is None:
        return f"từ {first}" if first else "từ trước"
    last = show(row.ended_on - timedelta(days=1))
    return f"{first} – {last}" if first else f"đến hết {last}"


def of_child(child, *, officer, on):
    """The context of the child's page: own facts, dated rows that the officer may see, history."""
    unit = child.unit
    circumstances = list(_facts(Circumstance, child, officer).select_related("kind", "kind__parent"))
    supports = list(_facts(Support, child, officer).select_related("kind", "unit"))
    carers = list(Caregiver.objects.visible_to(officer).filter(child=child).order_by("-started_on", "-pk"))
    residences = list(
        Residence.objects.visible_to(officer).filter(child=child).select_related("unit", "unit__parent").order_by("-pk")
    )
    incidents = _incidents(child, officer)
    poverty = _poverty(child.household) if child.household_id else []
    current = next((row for row in poverty if row.year == on.year and not row.voided_at), None)
    level = current.level if current else ""
    school = attending(child)
    advice = allowances.of_rows(
        child, on, circumstances=circumstances, supports=supports, poverty=level, carers=carers,
        enrolled=school is not None,
    )  # fmt: skip
    groups = {
        "circumstances": [circumstance_line(row) for row in circumstances],
        "supports": [support_line(row) for row in supports],
        "carers": [_line(row, f"{row.name} ({row.get_relation_display().lower()})", row.phone, of="carer") for row in carers],
        "residences": [_residence_line(row) for row in residences],
        "poverty": [_poverty_line(row) for row in poverty],
        "incidents": [_incident_line(row) for row in incidents],
    }
    return {
        "child": child, "on": on, "allowance": advice, "birth": birth_text(child.birth_latest, child.birth_precision, on),
        "poverty_now": current.get_level_display() if current and current.level != "other" else "",
        "facts": own_facts(child), "revisions": _revisions(child), "merges": _merges(child),
        **{name: [line for line in lines if not line["void"]] for name, lines in groups.items()},
        "voided": [line for lines in groups.values() for line in lines if line["void"]],
        "may_edit": officer.can_in(Permission.CHILD_EDIT, unit), "may_record": officer.can_in(Permission.FACT_RECORD, unit),
        "may_merge": officer.can_in(Permission.CHILD_MERGE, unit),
        "warning": check(child.identity_number, sex=child.sex, birth=child.birth).sentence,
        "place": place_words(unit), "attending": school,
    }  # fmt: skip


def of_household(household, *, officer):
    """The context of the household's page: members whom the officer may see, classes by year, risks and help."""
    members = household.memberships.visible_to(officer).filter(voided_at=None).select_related("child", "child__unit")
    poverty = [_poverty_line(row) for row in _poverty(household)]
    facts = {
        "circumstances": Circumstance.objects.visible_to(officer)
        .filter(household=household)
        .select_related("kind", "kind__parent"),
        "supports": Support.objects.visible_to(officer).filter(household=household).select_related("kind", "unit"),
    }
    groups = {
        "circumstances": [circumstance_line(row) for row in facts["circumstances"].order_by("ended_on", "-pk")],
        "supports": [support_line(row) for row in facts["supports"].order_by("-started_on", "-pk")],
        "poverty": poverty,
    }
    return {
        "household": household, "members": list(members.order_by("ended_on", "child__birth_latest", "pk")),
        **{name: [line for line in lines if not line["void"]] for name, lines in groups.items()},
        "voided": [line for lines in groups.values() for line in lines if line["void"]],
        "may_edit": officer.can_in(Permission.CHILD_EDIT, household.unit),
        "may_record": officer.can_in(Permission.FACT_RECORD, household.unit), "place": place_words(household.unit),
    }  # fmt: skip


def _facts(model, child, officer):
    mine = Q(child=child) | (Q(household=child.household_id) if child.household_id else Q(pk__in=[]))
    return model.objects.visible_to(officer).filter(mine).order_by("-started_on", "-pk")


def _incidents(child, officer):
    incidents = IncidentChild._meta.get_field("incident").related_model.objects.visible_to(officer)
    rows = IncidentChild.objects.filter(child=child, incident__in=incidents).select_related("incident", "incident__unit")
    return rows.order_by("-incident__occurred_on", "-pk")


def _poverty(household):
    return list(PovertyStatus.objects.filter(household=household).order_by("-year", "-pk"))


def _line(row, text, note="", *, of=""):
    """A dated row for the page."""
    return {
        "public_id": row.public_id, "when": when(row) if hasattr(row, "started_on") else "", "text": text, "note": note,
        "void": row.voided_at is not None, "void_reason": row.void_reason, "voided_at": row.voided_at,
        "open": getattr(row, "ended_on", None) is None, "protected": getattr(row, "protected_file_id", None) is not None,
        "of_house": getattr(row, "household_id", None) is not None and hasattr(row, "child_id") and row.child_id is None,
        "past": getattr(row, "ended_on", None) is not None, "of": of,
    }  # fmt: skip


def circumstance_line(row):
    """A circumstance: its group in words."""
    paper = " · ".join(filter(None, [row.paper, show(row.paper_on)]))
    ended = f"Kết thúc: {row.get_end_reason_display().lower()}" if row.end_reason else ""
    return _line(row, row.kind.words, ". ".join(filter(None, [paper, ended, row.note])), of="circumstance")


def support_line(row):
    """An act of help: what, how much, from where."""
    money = f"{number(row.amount, 0)} đ{' một tháng' if row.per == 'month' else ''}" if row.amount is not None else ""
    about = [
        row.occasion,
        row.source,
        row.provider,
        row.decision and f"{row.decision} {show(row.decision_on)}".strip(),
        row.note,
    ]
    line = _line(row, " · ".join(filter(None, [row.kind.name, money])), " · ".join(filter(None, about)), of="support")
    one_off = not row.running and row.ended_on is None
    return {**line, "open": row.running, "when": show(row.started_on) if one_off else line["when"]}


def _residence_line(row):
    reasons = [row.get_start_reason_display(), row.get_end_reason_display() if row.end_reason else ""]
    text = f"{place_words(row.unit)} · {row.get_kind_display().lower()}"
    return _line(row, text, " → ".join(filter(None, reasons)), of="residence")


def _poverty_line(row):
    return {**_line(row, row.get_level_display(), row.decision, of="poverty"), "when": f"năm {row.year}", "open": False}


def _incident_line(row):
    incident = row.incident
    about = [row.get_form_display(), row.get_outcome_display() if row.outcome else "", incident.unit.name]
    line = _line(incident, incident.get_kind_display(), " · ".join(filter(None, about)), of="incident")
    return {**line, "when": show(incident.occurred_on), "open": False}


def place_words(unit):
    """Where a unit lies: "Tổ dân phố 3, Phường Nam Sơn"."""
    commune = commune_of(unit)
    return unit.name if commune == unit else f"{unit.name}, {commune.name}"


def own_facts(child):
    """The child's own fields in words; empty ones are shown as unknown by the page."""
    verified = f", công an xác thực ngày {show(child.identity_verified_on)}" if child.identity_verified_on else ""
    until = f", đến {show(child.insurance_until)}" if child.insurance_until else ""
    return {
        "person": [
            ("Họ và tên", child.display_name), ("Ngày sinh", child.birth.text if child.birth else child.birth_text),
            ("Giới tính", child.get_sex_display()), ("Dân tộc", ethnics.names().get(child.ethnic, "")),
            ("Họ tên mẹ", child.mother_name), ("Họ tên cha", child.father_name), ("Điện thoại gia đình", child.phone),
            ("Tình trạng học", child.schooling), ("Trường, lớp", child.school_name),
            *([("Ghi chú", child.note)] if child.note else []), *([("Sinh đôi, sinh ba", "có")] if child.twin else []),
        ],
        "papers": [
            ("Số định danh cá nhân", f"{grouped(child.identity_number)}{verified}" if child.identity_number else ""),
            ("Giấy khai sinh", child.birth_certificate),
            ("Thẻ bảo hiểm y tế", child.insurance_number and f"{child.insurance_number}{until}"),
            ("Trên phần mềm của Bộ", _ministry(child)),
            ("Mã trẻ trong sổ", child.code),
        ],
    }  # fmt: skip


def _ministry(child):
    """The state on the ministry's software, with the names of what differs there."""
    if not child.ministry_state:
        return ""
    rows = MinistryDifference.objects.filter(child=child).exclude(decision="theirs").order_by("pk")
    names = [FIELDS[row.field].lower() for row in rows] if child.ministry_state == "different" else []
    return ": ".join(filter(None, [child.get_ministry_state_display(), ", ".join(names)]))


def _revisions(child):
    """Changes of own fields, also of the rows that were merged into this child."""
    keys = [child.pk, *merged_rows(child)]
    rows = ChildRevision.objects.filter(child__in=keys).select_related("by").order_by("-id")[:100]
    return [
        {
            "other": row.child_id != child.pk,
            "at": row.at, "by": row.by.full_name if row.by else "hệ thống", "field": people.label(row.field),
            "old": _word(row.field, row.old), "new": _word(row.field, row.new), "source": row.source,
        }
        for row in rows
    ]  # fmt: skip


def merged_rows(child):
    """Keys of the rows that are one with this child now, also through one another."""
    found, last = [], [child.pk]
    while last := list(Merge.objects.standing().filter(kept__in=last).values_list("merged", flat=True)):
        found += last
    return found


def _merges(child):
    rows = Merge.objects.filter(Q(kept=child) | Q(merged=child)).select_related("merged_by", "undone_by").order_by("-pk")
    return list(rows)


def _word(field, text):
    return ethnics.names().get(text, text) if field == "ethnic" else text
