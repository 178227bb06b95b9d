"""A row that only name, birth and mother join to a child: a person decides, side by side, one by one or all at once."""

import uuid

import pytest
from django.urls import reverse

from childcare.children.actions import transfers
from childcare.children.importing import batches, guesses
from childcare.children.models import Child
from childcare.jobs import actions as jobs
from tests import factories, people
from tests.childcare.children.importing.test_writing import BINH, HOA, LAN, hamlets, take_in, workbook  # noqa: F401

PHONE = [*BINH[:4], "031218000044", *BINH[5:]]  # tells the number that the registry does not know


@pytest.fixture
def there(hamlets):  # noqa: F811
    """Bình, without a number, as the registry has him."""
    return factories.child(hamlets[0], "Nguyễn Văn Bình", "2018", sex="m", mother_name="Lê Thị Mai", phone="0912345678")


def uploaded(ward, by, *rows):
    batch = batches.upload(by=by, unit=ward, on=people.TODAY, name="danh-sach.xlsx", data=workbook(*rows))
    batches.read_file(batch=batch, by=by)
    batch.refresh_from_db()
    return batch


def let_in(batch, by, *kinds):
    reading = batches.reading_of(batch)
    chosen = [place for place, offer in enumerate(reading.offers) if offer["kind"] in kinds]
    batches.decide(batch=batch, by=by, accepted=chosen)
    batches.write_batch(batch=batch, by=by)
    batch.refresh_from_db()
    return {name: batch.summary[name] for name in ("created", "updated", "unchanged", "undecided")}


def test_undecided_nothing_is_written_neither_filled_nor_doubled(ward, an, there):
    counts = let_in(uploaded(ward, an, PHONE), an)
    assert counts == {"created": 0, "updated": 0, "unchanged": 1, "undecided": 1}
    there.refresh_from_db()
    assert there.identity_number is None and there.household is None and Child.objects.count() == 1


def test_the_same_child_is_filled_in(ward, an, there):
    counts = let_in(uploaded(ward, an, PHONE), an, guesses.SAME)
    assert counts == {"created": 0, "updated": 1, "unchanged": 0, "undecided": 0}
    there.refresh_from_db()
    assert there.identity_number == "031218000044" and there.household.head_name == "Nguyễn Văn Hào"


def test_another_child_is_made(ward, an, there):
    counts = let_in(uploaded(ward, an, PHONE), an, guesses.OTHER)
    assert counts == {"created": 1, "updated": 0, "unchanged": 0, "undecided": 0}
    there.refresh_from_db()
    assert there.identity_number is None and Child.objects.count() == 2


def test_a_word_about_one_child_is_none_about_another(ward, an, there):
    batch = uploaded(ward, an, PHONE)
    Child.objects.filter(pk=there.pk).update(identity_number="031218000055", identity_valid=True)
    assert let_in(batch, an, guesses.SAME)["created"] == 1  # another number since: nobody is alike any more
    batch = uploaded(ward, an, BINH)
    twice = factories.child(there.unit, "Nguyễn Văn Bình", "2018", sex="m", mother_name="Lê Thị Mai")
    Child.objects.filter(pk=there.pk).update(mother_name="Đỗ Thị Khác")
    Child.objects.filter(identity_number="031218000044").update(mother_name="Đỗ Thị Khác")
    assert let_in(batch, an, guesses.SAME)["undecided"] == 1
    twice.refresh_from_db()
    assert twice.household is None


def test_who_was_seen_is_taken_though_another_stands_before(ward, an, there):
    other = factories.child(there.unit, "Nguyễn Văn Bình", "2018", mother_name="Lê Thị Mai")
    batch = uploaded(ward, an, PHONE)
    reading = batches.reading_of(batch)
    assert reading.offers[0]["to"] == there.code
    row = {"decided": (guesses.SAME, other.code)}
    assert guesses.first(row, [{"pk": there.pk}, {"pk": other.pk}]) == {"pk": other.pk}


def test_our_code_and_a_number_need_no_word(ward, an, there):
    Child.objects.filter(pk=there.pk).update(identity_number="031218000044", identity_valid=True)
    assert guesses.places(batches.reading_of(uploaded(ward, an, PHONE, HOA))) == []


def test_who_left_for_another_ward_is_asked_about_without_a_word_of_it(ward, an, as_, there):
    take_in(ward, an, BINH, same=True)
    far = people.unit(people.VAN_DAU)
    there.refresh_from_db()
    transfers.send(child=there, by=an, once=uuid.uuid4(), to=far, on=people.TODAY)
    batch = uploaded(ward, an, BINH)
    page = as_(an).get(reverse("import-same", args=[batch.public_id])).content.decode()
    assert "đã chuyển khỏi xã, phường này" in page and there.code not in page and far.name not in page
    assert let_in(batch, an)["created"] == 0


def test_three_hundred_rows_are_one_press_and_each_can_be_told_apart(ward, an, binh, chi, as_, hamlets):  # noqa: F811
    rows = [[place, f"Nguyễn Văn Bình {place}", *BINH[2:]] for place in range(60)]
    take_in(ward, an, *rows)
    batch, client = uploaded(ward, an, *rows, LAN), as_(an)
    url, home = (reverse(name, args=[batch.public_id]) for name in ("import-same", "import-batch"))
    preview = client.get(home).content.decode()
    assert "60 dòng trùng họ tên" in preview and "Cả 60 dòng là trẻ đã có" in preview and "same_person" not in preview
    page = client.get(url)
    assert len(page.context["lines"]) == 50 and Child.objects.first().code in page.content.decode()
    assert client.post(url, {"which": "same"}).url == home
    batch.refresh_from_db()
    assert len(batch.accepted_offers) == 60
    second = client.post(
        f"{url}?trang=1",
        {"is-0": "other", "is-2": "later", "is-4": "nonsense"} | {f"is-{place * 2}": "same" for place in range(3, 50)},
    )
    assert second.url == f"{url}?trang=2"
    told = client.get(url).context
    assert (told["same"], told["other"], told["waiting"]) == (57, 1, 2)
    client.post(reverse("import-decide", args=[batch.public_id]))
    batch.refresh_from_db()
    jobs.run(batch.write_job_id)
    result = client.get(home).content.decode()
    assert "2 dòng trùng họ tên" in result and Child.objects.count() == 62  # Lan, and the one who is another child
    assert as_(binh).get(url).status_code == 403 and as_(chi).get(url).status_code in (403, 404)
