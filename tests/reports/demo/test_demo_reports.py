"""The demo's reports: every state, made by the officers' own actions on their own days, and no second time."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from childcare.audit.models import Entry
from childcare.lib.calendar import TZ
from plans.models import Target
from reports.models import Submission

pytestmark = pytest.mark.django_db
WANTED = {
    "Phường Ngọc Sơn": "accepted", "Phường Trần Thành Ngọ": "sent", "Phường Lãm Hà": "to_sign", "Phường Quán Trữ": "returned",
    "Phường Phù Liễn": "draft", "Phường Văn Đẩu": "accepted", "Phường Kiến An": "accepted",
}  # fmt: skip


def demo():
    out = StringIO()
    call_command("demo", children=120, stdout=out)
    return json.loads(out.getvalue())


@pytest.fixture
def built(db, monkeypatch):
    """A demo whose documents are not laid out, which others test."""
    monkeypatch.setattr("reports.actions.signing.render_pdf", lambda document: b"%PDF-1.7 minh hoa")
    monkeypatch.setattr("reports.actions.signing.render_docx", lambda document: b"PK minh hoa")
    return demo()


def test_reports_stand_in_every_state_and_a_second_run_makes_none(built, settings):
    found = {row.obligation.unit.name: row for row in Submission.objects.select_related("obligation__unit")}
    assert {name: row.state for name, row in found.items()} == WANTED
    assert found["Phường Văn Đẩu"].on_behalf and not found["Phường Ngọc Sơn"].on_behalf
    assert found["Phường Ngọc Sơn"].sent_at.astimezone(TZ).date() == date(2024, 5, 2)
    assert found["Phường Kiến An"].sent_at.astimezone(TZ).date() == date(2026, 5, 7)
    assert found["Phường Ngọc Sơn"].answered_by.username == "quan"
    assert found["Phường Kiến An"].obligation.to_unit.name == "Thành phố Hải Phòng"
    assert settings.TRAINING_TODAY == "2024-05-02"
    entries = Entry.objects.count()
    assert demo() == built and Entry.objects.count() == entries
    judged = Target.objects.filter(plan__unit__name="Phường Nam Sơn", indicator__code="TG-04")
    assert [row.status for row in judged] == ["met"]
