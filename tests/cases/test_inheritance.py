"""Every row born in a case lies under its file: by walking the registry of models, so that a new model cannot forget it."""

import uuid

import pytest
from django.apps import apps
from django.urls import reverse

from cases.actions import assessing, commitments, emergency, intake, lifting, placing, planning, secrecy
from cases.models import Case
from childcare.accounts.models import Officer
from childcare.children.models import Child, ProtectedFile
from reports.unit_archive import Archive, file_path
from tests import people
from tests.cases import care
from tests.cases import casework as make

pytestmark = pytest.mark.django_db
# Models of cases under no file: lists of the procedure, and what officers declare of themselves.
WITHOUT = {
    "cases.AssessmentItem", "cases.AssessmentRule", "cases.ClockReminder", "cases.ClockRule", "cases.ClockTold", "cases.DeclaredPerson",
    "cases.RegisterReview", "cases.SecrecyRule", "cases.Shelter", "cases.StatutoryForm", "cases.UnitClock",
}  # fmt: skip
# Rows that an act leaves besides: the log, messages, rights, work of the machine. They name no child (tests of each).
BESIDES = {"audit", "inbox", "jobs", "sessions", "accounts"}
PARTS = {
    "cases.IsolationOrder",
    "cases.Mark",
    "cases.Notice_barred",
    "cases.PlannedService",
    "cases.CarerAnswer",
    "cases.CommitmentCheck",
    "cases.EmergencyOpening_told",
    "children.IncidentChild",
    "plans.FundSupport",
    "plans.SampleRow",
}  # seen with their owner


def covered():
    """(model, lookup of the file) of every model of the project whose rows a file may cover."""
    return [(model, path) for model in apps.get_models(include_auto_created=True) if (path := file_path(model))]


def keys():
    """Every row of the project: label → primary keys."""
    return {
        model._meta.label: set(model._base_manager.values_list("pk", flat=True))
        for model in apps.get_models(include_auto_created=True)
    }


def everything(an, child):
    """A restricted case with one of everything that its actions write."""
    case = make.received(an, suspect_related="yes", child=child)
    assessing.emergency_step(case=case, by=an, version=None, kind="isolation", done_at=make.AT)
    make.assessed(an, case)
    make.assessed(an, case, form="full", marks={"A201": "low"})
    plan = planning.save_plan(case=case, by=an, version=None)
    service = planning.add_service(plan=plan, by=an, kind=make.SupportKind.objects.get(code="S33"), once=uuid.uuid4())
    planning.submit(case=case, by=an, version=None)
    paper = {"decision_number": "1/QĐ-UBND", "decision_on": people.TODAY, "signer": "Trần Văn Thay"}
    planning.approve(case=case, by=an, version=None, **paper)
    planning.serve(service=service, by=an, on=people.TODAY, once=uuid.uuid4())
    secrecy.suspect(case=case, by=an, version=None, once=uuid.uuid4(), name="Lê Văn Xấu")
    placed = care.caring(an, form="relative", case=case)
    placing.visit(placement=placed, by=an, version=None, visited_on=people.TODAY)
    promise = care.promise(an, case=case)
    commitments.check(commitment=promise, by=an, version=None, checked_on=people.TODAY, kept="yes")
    intake.hand_out(case=case, by=people.phuc(), worker=people.dung())
    lifting.propose(case=case, by=people.phuc(), reason="xem lại")
    helper = people.officer("dung2", "Vũ Thị Dung", "district", people.KIEN_AN)
    emergency.open_file(what=case.code, by=helper, reason="Trẻ đang gặp nguy hiểm, cần mở ngay")
    return Case.objects.get(pk=case.pk)


def test_every_model_of_cases_lies_under_a_file_or_says_why_not():
    names = {model._meta.label for model in apps.get_app_config("cases").get_models() if file_path(model) is None}
    assert names <= WITHOUT, "a model of cases needs a way to its protected file (or a line in WITHOUT)"


def test_every_model_under_a_file_says_who_sees_its_rows():
    silent = [model._meta.label for model, _ in covered() if not hasattr(getattr(model, "objects", None), "visible_to")]
    allowed = PARTS | {"children.FileAccess", "children.BulkItem"}
    assert sorted(set(silent) - allowed) == []


def test_every_row_born_in_a_case_lies_under_the_file_of_the_case(an, phuc, dung):
    child, before = make.child(), None
    for person in ("lan", "phuc", "dung"):
        getattr(people, person)()
    people.officer("dung2", "Vũ Thị Dung", "district", people.KIEN_AN)
    before = keys()
    case = everything(an, child)
    ways = dict(covered())
    for label, found in keys().items():
        model, born = apps.get_model(label), found - before[label]
        if not born or label.split(".")[0] in BESIDES or model is ProtectedFile:
            continue
        assert model in ways, f"{label}: a row was born in the case that no file covers"
        files = set(model._base_manager.filter(pk__in=born).values_list(ways[model], flat=True))
        assert files == {case.protected_file_id}, label


def test_no_such_row_is_seen_by_who_may_not_open_the_file(an, lan, binh, chi, son, quan, phuc, dung):
    case = everything(an, make.child())
    secrecy.exclude(case=case, by=an, version=None, officer=lan, reason="x")
    worker, seen = Officer.objects.get(username="dung"), 0
    for model, path in covered():
        if not hasattr(getattr(model, "objects", None), "visible_to"):
            continue
        rows = model.objects.filter(**{path: case.protected_file_id})
        for officer in (lan, binh, chi, son, quan):
            assert not model.objects.visible_to(officer).filter(pk__in=rows.values("pk")).exists(), (model, officer)
        seen += model.objects.visible_to(worker).filter(pk__in=rows.values("pk")).exists()
    assert seen >= 9  # the walk finds rows: the one who works on the case sees them


def test_the_childs_page_does_not_change_by_a_byte_for_who_may_not_know(as_, an, lan, binh, dung, phuc):
    people.officer("mai", "Đặng Thị Mai", "commune", people.NAM_SON)
    child = make.child()
    pages = ("child", "child-events")

    def shown():
        return {
            (name, who): make.told(as_(Officer.objects.get(username=who)).get(reverse(name, args=[child.public_id])))
            for name in pages for who in ("binh", "lan", "mai")
        }  # fmt: skip

    before = shown()
    case = everything(an, child)
    secrecy.exclude(case=case, by=an, version=None, officer=lan, reason="x")
    assert shown() == before
    assert case.code in as_(an).get(reverse("child", args=[child.public_id])).content.decode()


def test_the_export_of_the_ward_leaves_out_what_the_unit_above_holds(an, ward, phuc, tmp_path):
    child = make.child()
    open_case, case = make.received(an, child=child), everything(an, child)
    here, above = Archive(ward, tmp_path, day=people.TODAY), Archive(ward.parent, tmp_path, day=people.TODAY)
    for label in ("cases.Case", "cases.Intake", "cases.Assessment", "cases.Suspect", "children.Support", "children.FileAccess"):
        path = file_path(apps.get_model(label))
        assert not here.rows(label).filter(**{path: case.protected_file_id}).exists(), label
        assert above.rows(label).filter(**{path: case.protected_file_id}).exists(), label
    assert here.rows("cases.Case").filter(pk=open_case.pk).exists()
    assert here.rows("children.ProtectedFile").filter(cases=open_case).exists()
    assert not here.rows("children.ProtectedFile").filter(cases=case).exists()
    assert here.rows("children.Child").filter(pk=child.pk).exists() and Child.objects.filter(pk=child.pk).exists()
