"""Data out: a token opens the aggregates of its unit and nothing else; it expires, is revoked, is counted, is shown once."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from childcare.audit.models import Entry
from childcare.lib.refusal import Refusal
from reports.actions import tokens
from reports.api import dhis2
from reports.models import DataToken, Obligation, Snapshot, SnapshotFigure, Submission
from reports.obligations import ensure_obligations
from tests import factories as make
from tests import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def token(an, ward):
    return tokens.give(unit=ward, name="Kho dữ liệu", days=30, by=an)[1]


@pytest.fixture
def ask(client, token):
    """`ask("figures", period="2024")`: the answer to a question with the token."""

    def asking(what, token=token, **query):
        return client.get(reverse("api", args=[what]), query, headers={"authorization": f"Bearer {token}"})

    return asking


def accepted(unit, **figures):
    """An accepted half-year report of the unit with these figures."""
    ensure_obligations(2024)
    owed = Obligation.objects.get(regime__code="RG01", period="2024-H1", unit=unit)
    days = {"data_from": owed.data_from, "cutoff": owed.cutoff}
    frozen = Snapshot.objects.create(unit=unit, period="2024-H1", text="{}", digest="x", **days)
    for code, (top, below) in figures.items():
        SnapshotFigure.objects.create(
            snapshot=frozen, code=code.replace("_", "-"), numerator=Decimal(top), denominator=below and Decimal(below)
        )
    return Submission.objects.create(obligation=owed, state="accepted", snapshot=frozen, sent_at=timezone.now())


class TestTokens:
    def test_only_the_digest_is_kept_and_who_gave_it_is_logged(self, an, ward):
        row, token = tokens.give(unit=ward, name="Kho dữ liệu", days=30, by=an)
        assert token not in json.dumps(list(DataToken.objects.values()), default=str) and len(token) > 40
        assert row.digest == tokens.digest_of(token) and tokens.of(token) == row
        assert Entry.objects.filter(action="data_token.given", actor_id=str(an.public_id)).count() == 1

    def test_giving_one_asks_for_a_fresh_password(self, as_, an, ward):
        client = as_(an)
        session = client.session
        session["proved"] -= 301
        session.save()
        answer = client.post(reverse("data-tokens"), {"name": "Kho", "unit": str(ward.public_id), "days": "30"})
        assert answer.status_code == 403 and not DataToken.objects.exists()

    def test_expired_revoked_and_invented_ones_open_nothing(self, an, ward, ask, token):
        assert ask("units").status_code == 200
        assert ask("units", token="khong-co").status_code == 401
        row = tokens.of(token)
        DataToken.objects.update(expires_on=timezone.localdate() - timedelta(days=1))
        assert ask("units").status_code == 401 and DataToken.objects.get().word == "Hết hạn"
        DataToken.objects.update(expires_on=timezone.localdate())
        assert ask("units").status_code == 200
        tokens.revoke(row=row, by=an)
        tokens.revoke(row=row, by=an)
        assert ask("units").status_code == 401
        assert Entry.objects.filter(action="data_token.revoked").count() == 1

    def test_sixty_questions_a_minute_and_then_a_calm_no(self, ask, token, monkeypatch):
        monkeypatch.setattr(tokens, "PER_MINUTE", 3)
        row, now = tokens.of(token), timezone.now().replace(second=1)
        assert [tokens.may_ask(row, now) for _ in range(4)] == [True, True, True, False]
        assert tokens.may_ask(row, now + timedelta(minutes=1))
        DataToken.objects.update(minute=timezone.now().replace(second=0, microsecond=0), used=3)
        later = DataToken.objects.get().minute
        answers = {ask("units").status_code for _ in range(2)}
        assert 429 in answers or DataToken.objects.get().minute > later  # the minute may have turned

    def test_nobody_gives_a_token_of_a_unit_that_he_does_not_manage(self, binh, chi, ward):
        for officer in (binh, chi):
            with pytest.raises(Refusal):
                tokens.give(unit=ward, name="x", days=30, by=officer)

    def test_the_page_shows_a_token_once(self, an, ward, as_):
        page = as_(an).post(reverse("data-tokens"), {"name": "Kho dữ liệu", "unit": ward.pk, "days": 90})
        token = page.context["token"]
        assert token in page.content.decode() and "no-store" in page["Cache-Control"]
        again = as_(an).get(reverse("data-tokens")).content.decode()
        assert token not in again and "Kho dữ liệu" in again and "Đang dùng được" in again

    def test_a_stranger_neither_sees_nor_revokes_it(self, an, binh, chi, ward, token, as_):
        row = DataToken.objects.get()
        assert "Kho dữ liệu" not in as_(chi).get(reverse("data-tokens")).content.decode()
        assert as_(binh).get(reverse("data-tokens")).status_code == 403
        assert as_(chi).post(reverse("data-token-revoke", args=[row.public_id])).status_code == 404
        assert as_(chi).post(reverse("data-tokens"), {"name": "x", "unit": ward.pk, "days": 90}).status_code == 200
        assert DataToken.objects.count() == 1 and DataToken.objects.get().live
        as_(an).post(reverse("data-token-revoke", args=[row.public_id]))
        assert not DataToken.objects.get().live


class TestFigures:
    def test_they_are_those_of_the_ward_with_small_sensitive_ones_masked_and_no_name(self, ward, ask):
        for number in range(5):
            make.circumstance(make.child(ward, f"Trẻ Tên {number}"), "N04")
        make.incident(ward, "abuse", date(2024, 3, 1), [(make.child(ward, "Trẻ Kín"), {"form": "sexual"})])
        answer = ask("figures", period="2024-H1")
        told = {row["code"]: row for row in answer.json()["figures"]}
        assert Decimal(told["DS-01"]["numerator"]) == 6 and Decimal(told["HC-01"]["numerator"]) == 5
        assert told["XH-01"]["masked"] and told["XH-01"]["numerator"] is None and told["XH-01"]["value"] is None
        assert not told["XH-01"]["missing"] and "Trẻ" not in "".join(row["note"] for row in told.values()).replace("Trẻ em", "")
        assert "Trẻ Kín" not in answer.content.decode() and answer.json()["unit"] == ward.code

    def test_a_unit_outside_a_hamlet_or_a_period_that_is_none_is_not_found(self, ward, ask):
        hamlet = make.hamlet(ward)
        for query in ({"unit": people.VAN_DAU}, {"unit": people.KIEN_AN}, {"unit": hamlet.code}):
            assert ask("figures", period="2024", **query).status_code == 404
        assert ask("figures", period="khi nào").status_code == 404
        assert ask("figures", period="2025").status_code == 404  # it has not begun
        assert ask("figures").status_code == 422

    def test_a_district_asks_for_its_wards(self, phuc, client, ask):
        district = people.unit(people.KIEN_AN)
        row = DataToken.objects.get()
        DataToken.objects.filter(pk=row.pk).update(unit=district)
        units = {unit["code"] for unit in ask("units").json()}
        assert {people.NAM_SON, people.VAN_DAU, people.KIEN_AN} <= units and people.HAI_PHONG not in units
        assert ask("figures", period="2024-H1", unit=people.VAN_DAU).status_code == 200


class TestReports:
    def test_every_owed_report_of_the_unit_with_its_state(self, ward, ask):
        accepted(ward, HC_01=(5, None))
        rows = ask("reports", period="2024-H1").json()
        assert {row["unit"] for row in rows} == {ward.code}
        assert [row["state"] for row in rows if "6 tháng" in row["regime"]][0] == "Đã tiếp nhận"

    def test_the_number_of_statements_does_not_depend_on_the_number_of_units(self, ward, ask):
        ensure_obligations(2024)
        counts, _ = [], ask("units")
        for unit in (ward, people.unit(people.KIEN_AN)):
            DataToken.objects.update(unit=unit)
            with CaptureQueriesContext(connection) as asked:
                ask("reports", period="2024-H1")
            counts.append(len(asked))
        assert counts[0] == counts[1]


class TestDhis2:
    def test_accepted_figures_leave_as_data_values_and_small_sensitive_ones_do_not(self, ward, ask):
        accepted(ward, HC_01=(5, None), XH_01=(2, None), YT_09=(30, 31))
        told = ask("dhis2", period="2024-H1").json()
        assert {(row["dataElement"], row["value"]) for row in told["dataValues"]} == {
            ("BVTE_HC01", "5"), ("BVTE_YT09_TU", "30"), ("BVTE_YT09_MAU", "31"),
        }  # fmt: skip
        assert {(row["period"], row["orgUnit"]) for row in told["dataValues"]} == {("2024S1", ward.code)}
        assert told["orgUnitIdScheme"] == "CODE"

    def test_what_was_not_accepted_stays(self, ward, ask):
        accepted(ward, HC_01=(5, None))
        Submission.objects.update(state="sent")
        assert ask("dhis2", period="2024-H1").json()["dataValues"] == []

    @pytest.mark.parametrize(
        "ours, theirs", [("2024", "2024"), ("2024-H2", "2024S2"), ("2024-Q3", "2024Q3"), ("2024-03", "202403")]
    )
    def test_periods_are_written_as_they_write_them(self, ours, theirs):
        assert dhis2.period(ours) == theirs

    def test_no_two_figures_fill_one_place(self):
        targets = [target[1:] for targets in dhis2.mapping().values() for target in targets]
        assert len(targets) == len(set(targets))


class TestDoor:
    def test_without_a_token_only_the_description_is_told(self, client):
        for what in ("units", "figures", "reports", "dhis2"):
            assert client.get(reverse("api", args=[what]), {"period": "2024"}).status_code == 401
        described = client.get(reverse("api", args=["openapi.json"])).json()
        assert (
            set(described["paths"]) == {f"/api/v1/{what}" for what in ("units", "figures", "reports", "dhis2")}
            or described["paths"]
        )
        assert described["info"]["title"] == "Số liệu tổng hợp về trẻ em"

    def test_a_session_is_no_token_and_nothing_can_be_written(self, an, as_, ask):
        assert as_(an).get(reverse("api", args=["units"])).status_code == 401
        assert as_(an).post(reverse("api", args=["units"])).status_code == 405
        assert ask("khong-co").status_code == 404

    def test_every_question_is_logged_without_its_query(self, ask):
        ask("figures", period="2024-H1")
        entry = Entry.objects.filter(action="data_token.used").get()
        assert entry.note.endswith("/figures")
