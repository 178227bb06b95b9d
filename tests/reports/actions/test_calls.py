"""Báo cáo đột xuất: asked once, owed once, passed on over two levels, taken back while nobody began."""

import uuid
from datetime import date as D

import pytest

from childcare.inbox.models import Message
from childcare.lib.refusal import Refusal
from childcare.units.models import Unit
from reports import agenda, answers, chasing, consolidation, drafts, extras, todo
from reports.actions import answering, calls, drafting, outlines, signing
from reports.models import Obligation, Regime, ReportCall
from reports.obligations import ensure_obligations
from tests import people
from tests.reports import reporting

pytestmark = pytest.mark.django_db
DUE = D(2024, 5, 20)


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(signing, "render_pdf", lambda document: b"%PDF-" + document.number_line.encode())
    monkeypatch.setattr(signing, "render_docx", lambda document: b"PK" + document.number_line.encode())


def wards(*codes):
    return [people.unit(code) for code in codes or (people.NAM_SON, people.VAN_DAU)]


def ask(by, key=None, **given):
    values = {
        "issuer": people.unit(people.KIEN_AN), "key": key or uuid.uuid4(), "subject": "Kết quả rà soát trẻ em bị bỏ rơi",
        "document": "Công văn 45", "data_from": D(2024, 1, 1), "cutoff": D(2024, 4, 30), "last_day": DUE, "units": wards(),
    }  # fmt: skip
    return calls.ask(by=by, **values | given)


def sent(row, by, phuc=None):
    row = drafting.present(submission=row, by=by, version=row.version)
    row = signing.sign(submission=row, by=by, version=row.version, scan=reporting.PDF, **reporting.SIGNED)
    row = answering.send(submission=row, by=by)
    return answering.accept(submission=row, by=phuc) if phuc else row


def test_a_request_is_owed_once_told_at_once_and_stands_wherever_reports_stand(an, chi, dung):
    key = uuid.uuid4()
    call = ask(dung, key)
    assert ask(dung, key) == call and ReportCall.objects.count() == 1  # the form was sent twice
    ensure_obligations(2024)
    row = Obligation.objects.get(call=call, unit__code=people.NAM_SON)
    assert (row.data_from, row.cutoff, row.last_day, row.to_unit) == (D(2024, 1, 1), D(2024, 4, 30), DUE, call.issuer)
    assert row.title == "Báo cáo kết quả rà soát trẻ em bị bỏ rơi" and call.obligations.count() == 2
    assert "yêu cầu báo cáo kết quả rà soát" in Message.objects.get(officer=an).subject
    assert row.title in [found.title for found in todo.owed(an, people.TODAY)]
    assert "Hạn gửi báo cáo kết quả rà soát trẻ em bị bỏ rơi" in [
        entry.title for entry in agenda.entries(an, row.unit, DUE, DUE)
    ]
    asked = chasing.asked(call.issuer, f"{row.regime_id}:{row.period}", D(2024, 5, 22))
    assert (asked.title, len(asked.unsent)) == ("Báo cáo kết quả rà soát trẻ em bị bỏ rơi", 2)
    columns, rows = chasing.of_year(call.issuer, 2024, D(2024, 5, 22))
    mine = next(found for found in rows if found["unit"].code == people.NAM_SON)
    assert row.title in [column.title for column in columns] and mine["due"] == 2  # with the half-year's of 9/5


def test_two_requests_of_one_day_are_two_reports(an, dung):
    first, second = ask(dung), ask(dung, subject="Số trẻ em học bơi")
    periods = list(Obligation.objects.filter(unit__code=people.NAM_SON).values_list("period", flat=True).order_by("pk"))
    assert periods == [f"2024-X{first.pk}", f"2024-X{second.pk}"]


def test_its_outline_is_free_and_its_numbers_stand_side_by_side_and_are_added_up(an, chi, dung, phuc):
    reporting.small_ward()
    call = ask(dung)
    outline = outlines.issue(issuer=call.issuer, by=dung, call=call, title="Đề cương rà soát")
    assert outlines.issue(issuer=call.issuer, by=dung, call=call, title="Lần nữa") == outline
    item = outlines.add_item(outline=outline, by=dung, name="Trẻ em bị bỏ rơi", measure="trẻ em", summed=True)
    for officer, code, number in ((an, people.NAM_SON, "2"), (chi, people.VAN_DAU, "1")):
        row = drafting.begin(obligation=Obligation.objects.get(call=call, unit__code=code), by=officer)
        draft = drafts.load(row)
        assert [section.key for section in draft.written] == ["N", "V", "VII"] and not draft.tables and not draft.targets
        assert [line["name"] for line in extras.lines(draft)] == ["Trẻ em bị bỏ rơi"] and not extras.lines(draft)[0]["new"]
        row = drafting.save_text(
            submission=row, by=officer, version=row.version, texts={"N": "Đã rà soát các tổ."}, numbers={item.code: number}
        )
        sent(row, officer, phuc if officer == an else None)
    found = answers.table(call, D(2024, 5, 3))
    assert [row["cells"] for row in found["rows"]] == [["2"], ["–"]]  # Văn Đẩu sent it and nobody took it yet
    assert found["totals"] == ["2 (1/2 đơn vị)"] and answers.counts([call]) == {call.pk: (2, 2)}
    assert answers.sheet(call, found).blocks[0].rows[-1][-1] == "2 (1/2 đơn vị)"


def test_what_the_province_asks_the_district_passes_on_and_sums_up_for_its_own_report(an, dung, phuc, son):
    reporting.small_ward()
    upper = ask(son, issuer=people.unit(people.HAI_PHONG), units=wards(people.KIEN_AN))
    outline = outlines.issue(issuer=upper.issuer, by=son, call=upper, title="Đề cương của Sở")
    item = outlines.add_item(outline=outline, by=son, name="Trẻ em bị bỏ rơi", measure="trẻ em", summed=True)
    mine = Obligation.objects.get(call=upper)
    lower = ask(dung, answers=mine, last_day=D(2024, 5, 15))
    owed = Obligation.objects.get(call=lower, unit__code=people.NAM_SON)
    row = drafting.begin(obligation=owed, by=an)
    sent(drafting.save_text(submission=row, by=an, version=row.version, numbers={item.code: "3"}), an, phuc)
    assert [part.name for part in consolidation.parts_of(mine)] == ["Nam Sơn", "Văn Đẩu"]
    draft = drafts.load(drafting.begin(obligation=mine, by=dung))
    assert draft.figures(item.code).numerator == 3 and extras.lines(draft)[0]["note"] == "1/2 đơn vị có số liệu"


def test_over_two_tiers_the_province_asks_its_wards_itself(quan, settings):
    settings.TRAINING_TODAY = "2026-02-02"
    province = Unit.objects.by_code(people.HAI_PHONG, D(2026, 2, 2))
    below = calls.units_below(province, D(2026, 2, 2))
    assert {unit.kind for unit in below} == {"commune"}
    call = ask(quan, issuer=province, units=list(below[:1]), last_day=D(2026, 3, 1))
    assert call.obligations.get().to_unit == province


def test_a_request_that_cannot_be_is_refused_with_a_sentence(an, dung):
    for given, sentence in (
        ({"last_day": D(2024, 5, 1)}, "đã qua"), ({"units": []}, "ít nhất một"), ({"units": [people.unit(people.HAI_PHONG)]}, "cấp dưới"),
    ):  # fmt: skip
        with pytest.raises(Refusal, match=sentence):
            ask(dung, **given)
    Regime.objects.filter(every="request").update(active=False)
    with pytest.raises(Refusal, match="chưa được bật"):
        ask(dung)
    assert not Obligation.objects.exists()


def test_taking_back_forgets_what_nobody_began_and_is_refused_after(an, dung):
    call = ask(dung)
    with pytest.raises(Refusal, match="lý do"):
        calls.take_back(call=call, by=dung, reason=" ")
    calls.take_back(call=call, by=dung, reason="Hỏi nhầm kỳ")
    assert calls.take_back(call=call, by=dung, reason="Lần nữa").void_reason == "Hỏi nhầm kỳ" and not call.obligations.exists()
    other = ask(dung)
    drafting.begin(obligation=other.obligations.first(), by=an)
    with pytest.raises(Refusal, match="Đã có đơn vị soạn"):
        calls.take_back(call=other, by=dung, reason="Thôi")
