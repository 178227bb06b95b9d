"""The catalogue of indicators: what is counted, how, by which source, and where it is used."""

import re

from django import forms
from django.shortcuts import get_object_or_404, render

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.children.models import CircumstanceKind, SupportKind
from childcare.indicators.catalogue import COMPARISONS, GROUPS, SOURCES, group_of, national_targets
from childcare.indicators.models import Indicator
from childcare.lib.vietnamese import fold, number
from plans import listing
from plans.models import Plan, Target

CODE = re.compile(r"\b[NLRS]\d{2}\b")
INDICATOR = re.compile(r"\b[A-Z]{2}-\d{2}\b")
RANGE = re.compile(r"\b([NLRS])(\d{2})-(?:[NLRS])(\d{2})\b")
UNCHECKED = "cần đối chiếu văn bản gốc"
SUMMARY = "theo tổng hợp"


class IndicatorFilter(forms.Form):
    """Which indicators: of a group, of a source, with a word in the name."""

    group = forms.ChoiceField(label="Nhóm", required=False, choices=[("", "Tất cả"), *GROUPS.items()])
    source = forms.ChoiceField(label="Nguồn", required=False, choices=[("", "Tất cả"), *SOURCES.items()])
    word = forms.CharField(label="Tên có chữ", required=False, max_length=60)


def mark(evidence):
    """The words beside what was not read in the original text."""
    return {"text": "", "secondary": SUMMARY}.get(evidence, UNCHECKED)


@require(Permission.FIGURE_VIEW, Permission.SETTINGS)
def indicator_list(request):
    """The whole catalogue by groups."""
    form = IndicatorFilter(request.GET)
    rows = Indicator.objects.all()
    if form.is_valid():
        group, source, word = (form.cleaned_data[name] for name in ("group", "source", "word"))
        rows = rows.filter(code__startswith=f"{group}-") if group else rows
        rows = rows.filter(source_class=source) if source else rows
        rows = [row for row in rows if fold(word) in fold(row.name)] if word else rows
    groups = {}
    for row in rows:
        groups.setdefault(group_of(row.code), []).append((row, SOURCES.get(row.source_class, "")))
    tags = listing.tags(request, form) if form.is_valid() else []
    return render(request, "indicators/list.html", {"form": form, "tags": tags, "groups": groups.items()})


@require(Permission.FIGURE_VIEW, Permission.SETTINGS)
def indicator(request, code):
    """One indicator. What is not checked is shown to administrators only, with its mark, and never as law."""
    row = get_object_or_404(Indicator, code=code)
    administrator = request.user.can(Permission.SETTINGS)
    context = {
        "indicator": row,
        "group": group_of(row.code),
        "facts": definition(row, names_in(f"{row.numerator} {row.denominator}")) + legal(row, administrator),
        "administrator": administrator,
        "codes": codes_in(f"{row.numerator} {row.denominator}"),
        "national": national(code, administrator),
        "targets": used_in(row, request.user),
    }
    return render(request, "indicators/indicator.html", context)


def national(code, administrator):
    """The national targets of an indicator; those that were not checked are for administrators only."""
    found = national_targets().get(code, [])
    return [wording(target) for target in found if administrator or mark(target.evidence) != UNCHECKED]


def names_in(text):
    """Code → name of the other indicators that a formula names."""
    return dict(Indicator.objects.filter(code__in=INDICATOR.findall(text)).values_list("code", "name"))


def worded(text, names):
    """The formula with the names of the indicators beside their codes."""
    return INDICATOR.sub(lambda found: f"{names[found[0]]} ({found[0]})" if found[0] in names else found[0], text)


def definition(row, names):
    """(term, value) of how it is counted."""
    times = f"Tử số : mẫu số × {number(row.multiplier)}" if row.denominator else "Đếm số lượng"
    facts = [("Tử số" if row.denominator else "Đếm", worded(row.numerator, names))]
    if row.denominator:
        facts.append(("Mẫu số", worded(row.denominator, names)))
    return [
        *facts,
        ("Cách tính", times),
        ("Đơn vị tính", row.unit),
        ("Tốt khi", {"up": "tăng", "down": "giảm"}.get(row.direction, "không xét")),
        ("Nguồn số liệu", SOURCES.get(row.source_class, "")),
        ("Đối chiếu với", row.crosscheck_source or "Không có"),
        ("Phân tổ", row.disaggregations or "Không có"),
    ]


def legal(row, administrator):
    """(term, value) of the legal source, as far as it may be shown."""
    facts = []
    if row.tt13_code and (row.tt13_code_evidence == "text" or administrator):
        note = mark(row.tt13_code_evidence)
        facts.append(("Mã trong Thông tư 13/2021", f"{row.tt13_code} ({note})" if note else row.tt13_code))
    if administrator:
        facts.append(("Định nghĩa", mark(row.evidence) or "đã đọc trong văn bản gốc"))
        facts.append(("Công thức", mark(row.formula_evidence) or "đã đọc trong văn bản gốc"))
    elif row.evidence == "secondary":
        facts.append(("Định nghĩa", SUMMARY))
    return facts


def wording(target):
    """(programme, text, wanted by 2025, wanted by 2030, mark) of a national target."""
    unit = target.unit if target.unit[:1] in ("%", "‰", "/") else f" {target.unit}"
    words = [COMPARISONS[target.comparison].format(f"{number(value)}{unit}") if value is not None else "" for value in
             (target.by_2025, target.by_2030)]  # fmt: skip
    return target.programme, target.text, *words, mark(target.evidence)


def codes_in(text):
    """(code, name) of the groups and kinds of help that a formula names by code."""
    for letter, first, last in RANGE.findall(text):
        text += " " + " ".join(f"{letter}{count:02d}" for count in range(int(first), int(last) + 1))
    wanted = set(CODE.findall(text))
    if not wanted:
        return []
    found = [*CircumstanceKind.objects.filter(code__in=wanted), *SupportKind.objects.filter(code__in=wanted)]
    return [(row.code, row.name) for row in found]


def used_in(row, officer):
    """Targets of plans that the officer may read, one line a plan, those of his own and the newest first."""
    if not officer.can(Permission.PLAN_VIEW):
        return []
    targets = Target.objects.filter(indicator=row, plan__in=Plan.objects.visible_to(officer))
    return targets.select_related("plan__unit").order_by("-plan__first_year", "plan__unit__path", "position")[:20]
