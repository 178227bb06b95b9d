"""A form of a case, a blank one, the list of carers: built for one officer, rendered, named without anybody's name."""

from dataclasses import replace

from cases import authority
from cases.models import Intake, SignedDecision, StatutoryForm
from cases.printing import facts, placing
from cases.printing.care_facts import Care
from cases.printing.catalogue import BY_KEY, FORMS, titles
from cases.printing.paper import committee
from cases.reporting import informant_of
from childcare.children.actions.protection import commune_of
from childcare.children.models import Child
from childcare.documents import keeping
from childcare.documents.docx import render_docx
from childcare.documents.pdf import render_pdf
from childcare.lib.calendar import show, stamp, today
from childcare.units.querysets import valid_on

RENDERERS = {"pdf": render_pdf, "docx": render_docx}
OF_CARER = ("mau-08", "mau-11")
KEPT = ("mau-04", "mau-05", "mau-07", "mau-07-gia-han", "mau-07-ket-thuc", "mau-12", "mau-16")  # their text is kept at signing
ANEW = "In lại từ sổ, chưa lưu bản ký: bản giấy đã ký là bản chính."
CARE = ("mau-08", "mau-10", "mau-11", "mau-12", "mau-13", "mau-15", "mau-16")  # about one placement
DECREE = "NĐ 56/2017/NĐ-CP"


def wanted(case):
    """(form, title) of the forms that this step of the case needs, without looking for what they would say."""
    names = titles(today())
    return [
        (form, names[form.code].name) for form in FORMS if case.state in form.states and not form.later and form.code in names
    ]


def offered(case, officer):
    """(form, title, rows) of every form, each with the rows of the case that it can be about."""
    names = titles(today())
    found = {}
    for form in FORMS:
        if form.rows not in found:
            found[form.rows] = form.rows(case, officer)
    kept = {(form, str(about)) for form, about in case.signed.in_force().exclude(text="").values_list("form", "about")}
    return [
        (form, names[form.code].name, [_marked(form, row, kept) for row in found[form.rows]])
        for form in FORMS
        if form.code in names
    ]


def _marked(form, row, kept):
    """The row, its words saying when its paper was signed and its text not kept."""
    if not anew(form, row.row) or (form.key, row.key) in kept:
        return row
    return replace(row, label=f"{row.label} (in lại từ sổ, chưa lưu bản ký)")


def of_case(case, key, officer, *, row_key="", copy="", live=False):
    """The document of a form of a visible case; None for a form or a row that is not there. Empty where nothing is known.

    What was signed is printed as it was kept; `live` builds it from the rows of today.
    """
    form = BY_KEY.get(key)
    if form is None:
        return None
    rows = form.rows(case, officer)
    found = next((row for row in rows if row.key == row_key), None) if row_key else (rows[-1] if rows else None)
    if row_key and found is None:
        return None
    if not live and found and (kept := signed(form, found.key, officer)):
        return replace(kept, foot=foot(form, officer, copy))
    known = facts.of_case(case, officer) | informant(found, officer)
    about = getattr(found, "row", None)
    told = facts.Facts(
        **who_decides(form, case, about),
        case=case,
        row=about,
        more=found.more if found else (),
        bases=bases(form, about),
        foot=foot(form, officer, copy, anew=anew(form, about)),
        **known,
    )
    return form.build(told)


def who_decides(form, owner, about):
    """Whose paper a form is: the unit, and the office where the rule names its head."""
    decides = authority.over(owner.unit, owner.protected_file, signed_on(form, about))
    return {"unit": decides.unit, "office": decides.office}


def signed(form, key, officer):
    """The document of a form as it was signed, or None when it was not, or before texts were kept."""
    rows = SignedDecision.objects.visible_to(officer).in_force().filter(form=form.key, about=key)
    row = rows.first()
    return keeping.read(row.text) if row and row.text else None


def of_placement(placement, key, officer, *, visit=None, copy="", live=False):
    """The document of a form of alternative care, of a visible placement with or without a case; None for another form."""
    form = BY_KEY.get(key) if key in CARE else None
    if form is None:
        return None
    if not live and (kept := signed(form, placement.public_id, officer)):
        return replace(kept, foot=foot(form, officer, copy))
    rows = Child.objects.visible_to(officer).select_related("unit__parent", "household")
    child = rows.filter(pk=placement.child_id).first()
    row = placing.care(placement, officer, visit)
    told = facts.Facts(
        **who_decides(form, placement, row), row=row, bases=bases(form, row),
        foot=foot(form, officer, copy, anew=anew(form, row)),
        **(facts.of_child(child, officer) if child else {}),
    )  # fmt: skip
    return form.build(told)


def of_carer(carer, key, officer, *, copy=""):
    """Mẫu số 08 or 11 of one carer of the register, without any child; None for another form, or of a relative's 08."""
    form = BY_KEY.get(key) if key in OF_CARER else None
    if form is None or key == "mau-08" and carer.kind == "relative":
        return None
    row = Care(person=placing.person(carer))
    told = facts.Facts(unit=carer.unit, row=row, worker=officer.full_name, foot=foot(form, officer, copy))
    return form.build(told)


def of_facility(shelter, officer, *, copy=""):
    """Mẫu số 14: the children of a facility who need somebody to care for them, as far as the officer sees them.

    It is the facility's paper: an officer of the commune writes it down in its place, its head signs it.
    """
    form, unit = BY_KEY["mau-14"], commune_of(shelter.unit)
    row = placing.facility(shelter, officer, f"{officer.full_name} ({committee(unit)}), lập thay cơ sở theo sổ")
    told = facts.Facts(
        unit=unit, row=row, more=placing.waiting_in(shelter, officer), day=today(), foot=foot(form, officer, copy)
    )
    return form.build(told)


def blank(key, unit=None):
    """The empty form, headed by a commune or by dots."""
    form = BY_KEY.get(key)
    return None if form is None else form.build(facts.Facts(unit=unit, bases=bases(form, None)))


def register(unit, officer, *, copy=""):
    """Mẫu số 09 of a commune, filled."""
    form = BY_KEY["mau-09"]
    rows = placing.register(unit, officer)
    told = facts.Facts(unit=unit, more=rows, day=today(), worker=officer.full_name, foot=foot(form, officer, copy))
    return form.build(told)


def signed_on(form, about):
    """The day on which the row of a form was signed, or None."""
    names = ("end_on",) if form.key == "mau-16" else ("decision_on", "signed_on", "decided_on")
    return next((day for name in names if (day := getattr(about, name, None))), None)


def bases(form, about):
    """The legal bases that a decision quotes: those in force on the day of its signing, else today."""
    row = StatutoryForm.objects.filter(valid_on(signed_on(form, about) or today()), code=form.code).first()
    return tuple(line for line in row.bases.split("\n") if line.strip()) if row else ()


def anew(form, about):
    """True for the print of a decision that was signed before texts were kept: what the rows say today may differ from it."""
    return form.key in KEPT and signed_on(form, about) is not None


def foot(form, officer, copy, anew=False):
    """Which form it is, who printed it and when, the number of the entry in the log; a decision bears none.

    `anew`: made from the rows though the paper was signed, which every page then says.
    """
    told = [ANEW] if anew and copy else []
    if form.bears_foot and copy:
        at = stamp()
        printed = f"Người in: {officer.full_name}, lúc {at:%H:%M} ngày {show(at.date())}; bản in số {copy}."
        told.insert(0, f"{form.label}, {DECREE}. {printed}")
    return " ".join(told)


def informant(found, officer):
    """Who told it, as far as the officer may know. Without that right the form looks as if nobody had wanted to be named."""
    row = getattr(found, "row", None)
    if not isinstance(row, Intake):
        return {}
    name, contact = informant_of(row, officer)
    return {"informant": name, "informant_contact": contact}


def render(document, ending):
    """The bytes in one of the two formats."""
    return RENDERERS[ending](document)


def file_name(case, key, ending):
    """ "mau-04 HS-1A2B3C4D.pdf": the form and the code of the case, never a name."""
    return f"{key} {case.code}.{ending}"
