"""Hamlets by other names: former ones, spellings explained once, and what happens when the list is read again."""

from datetime import date

import pytest

from childcare.audit.models import Entry
from childcare.children import models as c
from childcare.children.importing import batches, hamlets, mappings, registry
from childcare.children.importing.reading import Place, read
from childcare.documents.models import StoredFile
from childcare.jobs import actions as jobs
from childcare.lib.refusal import Refusal
from childcare.units.models import Unit
from tests import factories, people, unit_changes
from tests.childcare.children.importing.test_reading import book

HEAD = ["STT", "Họ và tên", "Ngày sinh", "Tổ dân phố", "Xã, phường cũ"]
AFTER = date(2024, 5, 2)


def rows(*cells):
    """A list of children, one for each (hamlet, former commune)."""
    names = ["Hoa", "Lan", "Mai", "Tú", "Vân", "Yến"]
    lines = ([n + 1, f"Lê Thị {names[n]}", "2016", *cell] for n, cell in enumerate(cells))
    return book(("DS", [HEAD, *lines]))


def found(unit, *cells):
    """The hamlet of each row."""
    reading = read(rows(*cells), "a.xlsx", registry.place_of(unit, AFTER))
    return [row["hamlet"] for row in reading.rows], reading


@pytest.fixture
def two(ward):
    """Nam Sơn and Văn Đẩu, each with a Tổ dân phố 1, Nam Sơn with a Tổ dân phố 7 too."""
    other = people.unit(people.VAN_DAU)
    return ward, other, [factories.hamlet(ward), factories.hamlet(ward, "Tổ dân phố 7"), factories.hamlet(other)]


def test_after_a_merger_the_former_hamlets_are_found_by_name_and_former_ward(two, quan):
    _, new = unit_changes.merge(quan, two[:2])
    now = set(Unit.objects.hamlets_of(new, AFTER).values_list("name", flat=True))
    assert now == {"Tổ dân phố 1", "Tổ dân phố 7", "Tổ dân phố 1 (Văn Đẩu cũ)"}
    names, reading = found(
        new, ("Tổ 1", "Phường Nam Sơn"), ("Tổ 1", "Phường Văn Đẩu cũ"), ("Tổ 1, phường Văn Đẩu", ""), ("Tổ 7 - Nam Sơn", "")
    )
    assert names == ["Tổ dân phố 1", "Tổ dân phố 1 (Văn Đẩu cũ)", "Tổ dân phố 1 (Văn Đẩu cũ)", "Tổ dân phố 7"]
    assert not reading.warnings


def test_a_renamed_hamlet_is_found_by_its_former_name_and_shown(ward):
    old = factories.hamlet(ward, "Xóm Đình")
    new = factories.hamlet(ward, "Tổ dân phố 3")
    new.predecessors.add(old)
    Unit.objects.filter(pk=old.pk).update(valid_to=date(2024, 1, 1))
    names, reading = found(ward, ("Xóm Đình", ""), ("xom dinh", ""), ("Tổ 3", ""))
    assert names == ["Tổ dân phố 3"] * 3
    assert reading.hamlets == [
        {"spelling": "Xóm Đình", "hamlet": "Tổ dân phố 3", "rows": 1},
        {"spelling": "xom dinh", "hamlet": "Tổ dân phố 3", "rows": 1},
    ]


def test_a_hamlet_that_was_split_means_nobody_until_a_person_says(ward):
    old = factories.hamlet(ward, "Xóm Đình")
    for name in ("Tổ dân phố 3", "Tổ dân phố 4"):
        factories.hamlet(ward, name).predecessors.add(old)
    Unit.objects.filter(pk=old.pk).update(valid_to=date(2024, 1, 1))
    names, reading = found(ward, ("Xóm Đình", ""))
    assert names == [None] and [line["spelling"] for line in hamlets.asked(reading)] == ["Xóm Đình"]


def test_a_hamlet_of_which_a_part_went_to_another_ward_means_nobody_either(ward):
    old = factories.hamlet(ward, "Xóm Đình")
    factories.hamlet(ward, "Tổ dân phố 3").predecessors.add(old)
    factories.hamlet(people.unit(people.VAN_DAU), "Tổ dân phố 9").predecessors.add(old)
    Unit.objects.filter(pk=old.pk).update(valid_to=date(2024, 1, 1))
    assert found(ward, ("Xóm Đình", ""))[0] == [None]


def test_one_name_in_two_former_wards_needs_the_ward(two, quan):
    ward, other, _ = two
    for unit in (ward, other):
        factories.hamlet(unit, "Xóm Chùa")
    _, new = unit_changes.merge(quan, [ward, other])
    kept = Unit.objects.hamlets_of(new, AFTER)
    Unit.objects.filter(pk=kept.get(name="Xóm Chùa").pk).update(name="Tổ dân phố 21")
    names, _ = found(new, ("Xóm Chùa", ""), ("Xóm Chùa", "phường Nam Sơn"))
    assert names == [None, "Tổ dân phố 21"]


def test_nothing_more_is_asked_where_no_hamlet_ever_had_another_name(ward, django_assert_max_num_queries):
    own = [factories.hamlet(ward)]
    with django_assert_max_num_queries(3):
        assert hamlets.known(ward, AFTER, own) == {}


# --- explained once -------------------------------------------------------------------------------------------------


@pytest.fixture
def own(ward):
    return [factories.hamlet(ward, f"Tổ dân phố {number}") for number in (1, 2)]


def run(batch):
    batch.refresh_from_db()
    jobs.run(batch.read_job_id)
    batch.refresh_from_db()
    return batch


@pytest.fixture
def batch(ward, an, own):
    data = rows(("Khu nhà máy", ""), ("khu nhà máy", ""), ("Tổ 1", ""), ("Chợ Mới", ""))
    return run(batches.upload(by=an, unit=ward, on=people.TODAY, name="a.xlsx", data=data))


def choose(batch, by, hamlet, spelling="Khu nhà máy"):
    key = hamlets.hamlet_key(spelling)
    mappings.remember_hamlets(batch=batch, by=by, chosen={key: (spelling, hamlet)})
    return run(batch)


def test_spellings_that_are_unknown_are_told_once_each_with_their_rows(batch):
    told = hamlets.asked(batches.reading_of(batch))
    assert [(line["spelling"], line["rows"], line["children"]) for line in told] == [
        ("Khu nhà máy", 2, ["Lê Thị Hoa", "Lê Thị Lan"]), ("Chợ Mới", 1, ["Lê Thị Tú"]),
    ]  # fmt: skip


def test_a_choice_holds_for_every_spelling_of_the_key_and_for_the_next_file(batch, an, own, ward):
    choose(batch, an, own[1])
    reading = batches.reading_of(batch)
    assert [row["hamlet"] for row in reading.rows] == ["Tổ dân phố 2", "Tổ dân phố 2", "Tổ dân phố 1", None]
    next_file = run(batches.upload(by=an, unit=ward, on=people.TODAY, name="b.xlsx", data=rows(("KHU NHÀ MÁY", ""))))
    assert batches.reading_of(next_file).rows[0]["hamlet"] == "Tổ dân phố 2"
    entry = Entry.objects.get(action="import.hamlets_chosen")
    assert "nhà máy" not in str(entry.__dict__)


def test_a_choice_is_changed_and_taken_back(batch, an, own):
    choose(batch, an, own[1])
    choose(batch, an, own[0])
    assert c.ImportHamlet.objects.get().hamlet == own[0]
    choose(batch, an, None)
    assert not c.ImportHamlet.objects.exists() and batches.reading_of(batch).rows[0]["hamlet"] is None


def test_a_choice_goes_over_with_its_ward(batch, an, own, ward, quan):
    choose(batch, an, own[1])
    _, new = unit_changes.merge(quan, [ward, people.unit(people.VAN_DAU)])
    assert found(new, ("Khu nhà máy", ""))[0] == ["Tổ dân phố 2"]


def test_the_children_are_written_where_the_choice_says(batch, an, own):
    choose(batch, an, own[1])
    batches.decide(batch=batch, by=an, accepted=[])
    batch.refresh_from_db()
    jobs.run(batch.write_job_id)
    assert c.Child.objects.filter(unit=own[1]).count() == 2


def test_a_hamlet_of_another_ward_is_refused(batch, an):
    with pytest.raises(Refusal, match="không thuộc"):
        choose(batch, an, factories.hamlet(people.unit(people.VAN_DAU)))
    assert not c.ImportHamlet.objects.exists()


def test_who_may_not_import_may_not_choose(batch, binh, chi, own):
    for officer in (binh, chi):
        with pytest.raises(Refusal):
            mappings.remember_hamlets(batch=batch, by=officer, chosen={"khu nha may": ("Khu nhà máy", own[0])})


# --- a list that is read again --------------------------------------------------------------------------------------


def loud(an, ward):
    data = book(("DS", [HEAD, [1, "LÊ THỊ HOA", "2016", "Chợ Mới", ""], [2, "LÊ VĂN TÚ", "2017", "Chợ Mới", ""]]))
    return run(batches.upload(by=an, unit=ward, on=people.TODAY, name="a.xlsx", data=data))


def test_reading_again_keeps_the_chosen_offers_and_leaves_no_stale_reading(an, ward, django_capture_on_commit_callbacks):
    own = factories.hamlet(ward)
    batch = loud(an, ward)
    batches.choose(batch=batch, by=an, shown=[0, 1], taken=[1])
    before = batch.reading
    with django_capture_on_commit_callbacks(execute=True):
        choose(batch, an, own, "Chợ Mới")
    assert batch.accepted_offers == [1] and batch.reading_id != before.pk
    before.refresh_from_db()
    assert before.discarded_at is not None
    alive = StoredFile.objects.filter(name="reading.json", discarded_at=None)
    assert list(alive) == [batch.reading]


def test_an_offer_that_is_no_longer_made_is_dropped(an, ward):
    batch = loud(an, ward)
    batches.choose(batch=batch, by=an, shown=[0, 1], taken=[0, 1])
    told = mappings.tables_of(batches.reading_of(batch))[0]
    mappings.remember(
        batch=batch, by=an, chosen={told["key"]: ["stt", "mother_name", "birth_date", "full_name", ""]}, left_out=[]
    )
    run(batch)
    reading = batches.reading_of(batch)
    assert batch.accepted_offers == [] and reading.rows[0]["full_name"] == "Chợ Mới"


def test_a_list_that_cannot_be_read_again_keeps_no_reading_of_before(an, ward, monkeypatch):
    batch = loud(an, ward)
    batches.read_again(batch=batch, by=an, left_out=[])
    monkeypatch.setattr(batches.ways, "read", lambda *args, **more: (_ for _ in ()).throw(Refusal("hỏng")))
    run(batch)
    assert batch.state == "refused" and batch.reading is None and batch.errors_file is None


def test_a_place_without_spellings_reads_as_before():
    reading = read(rows(("Tổ 1", "")), "a.xlsx", Place(people.TODAY, ["Tổ dân phố 1"]))
    assert reading.rows[0]["hamlet"] == "Tổ dân phố 1" and reading.hamlets == []
