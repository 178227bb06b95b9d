"""A list of another sector on its way in: progress, preview, decision, result. The same pages for every kind of list."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children.importing import lists, offers, pupils, words
from childcare.children.importing.preview import Preview
from childcare.children.importing.values import from_iso
from childcare.children.models import Child, TakenList
from childcare.documents.downloads import download_stored

State, Kind = TakenList.State, TakenList.Kind
MAY = (Permission.PUPIL_MANAGE, Permission.CHILD_IMPORT)
RESULTS = {
    Kind.PUPILS: {
        "figures": "taken/_pupil_figures.html", "title": "Kết quả nhập danh sách học sinh", "again": "pupil-upload",
        "next": "school", "next_word": "Xem học sinh theo lớp", "as_of": "Danh sách từ ngày",
    },
    Kind.MINISTRY: {
        "figures": "taken/_ministry_figures.html", "title": "Kết quả lấy tệp của phần mềm của Bộ", "again": "ministry-upload",
        "next": "ministry-differences", "next_word": "Xem thông tin khác nhau", "as_of": "Tệp xuất ngày",
    },
}  # fmt: skip
HOME = {Kind.PUPILS: ("school", "Học sinh"), Kind.MINISTRY: ("ministry", "Phần mềm của Bộ")}
STEPS = ("Chọn tệp", "Xem trước", "Ghi")
SHOWN = 50


def list_or_404(request, public_id):
    """A list of the officer's school or communes, or 404."""
    found = TakenList.objects.visible_to(request.user).select_related(
        "unit", "file", "errors_file", "reading", "read_job", "write_job"
    )
    return get_object_or_404(found, public_id=public_id)


def steps(now):
    """The three steps with the one in hand."""
    states = ["done" if place < now else "now" if place == now else "todo" for place in range(len(STEPS))]
    return [{"word": word, "state": state} for word, state in zip(STEPS, states, strict=True)]


@require(*MAY)
def taken(request, public_id):
    """One list: its progress, its preview, its result."""
    row = list_or_404(request, public_id)
    url, word = HOME[row.kind]
    context = {"taken": row, "home": reverse(url), "home_word": word}
    if lists.is_open(row):
        audit.record("list.viewed", by=request.user, subject=row)
        context |= {"steps": steps(1), "failed": row.write_job.message if row.write_job else "", **_preview(request, row)}
        return render(request, f"taken/preview_{row.kind}.html", context)
    if row.state in (State.READING, State.WRITING):
        reading = row.state == State.READING
        context |= {"job": row.read_job if reading else row.write_job, "steps": steps(0 if reading else 2)}
        context |= {"job_url": reverse("list-progress", args=[row.public_id])}
        return render(request, "taken/progress.html", context)
    done = row.state == State.DONE
    context |= {**RESULTS[row.kind], "done": done, "steps": steps(3 if done else 0)}
    return render(request, "taken/result.html", context)


def _preview(request, row):
    kept = lists.kept_of(row)
    rejected = [{**each, "reason": words.REASONS[each["reason_code"]]} for each in kept["rejected"][:SHOWN]]
    preview = Preview(lists.reading_of(row, kept), may_protect=False, taken=row.accepted.get("offers", []))
    context = {"rejected": rejected, "preview": preview}
    if row.kind == Kind.PUPILS:
        return context | {"rows": [pupils.shown(each) for each in kept["rows"][:SHOWN]]}
    return context | {"alike": _alike(request, kept), "missing": [_line(kept["rows"][at]) for at in kept["missing"][:SHOWN]]}


def _line(row):
    born = from_iso(row["birth_date"], row["birth_precision"])
    return {
        "name": row["full_name"] or f"({row['name_state']})", "birth": born.text if born else "chưa rõ ngày sinh",
        "mother": row["mother_name"] or "", "father": row["father_name"] or "", "number": row["identity_number"] or "",
    }  # fmt: skip


def _alike(request, kept):
    """Rows of the file beside the children of the registry who may be them."""
    keys = {key for _, found in kept["alike"] for key in found}
    children = Child.objects.visible_to(request.user).select_related("unit").in_bulk(keys)
    return [
        {"at": at, "row": _line(kept["rows"][at]), "children": [children[key] for key in found if key in children]}
        for at, found in kept["alike"]
    ]


@require(*MAY)
def list_progress(request, public_id):
    """The fragment that the page asks for every two seconds; when the work is done the page is loaded again."""
    row = list_or_404(request, public_id)
    job = row.write_job or row.read_job
    if job is None or not job.open:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "components/job_progress.html", {"job": job, "job_url": request.path})


@require_POST
@require(*MAY)
def list_decide(request, public_id):
    """Let the rows in, with the offers that were ticked and the pairs found to be the same child ("position:key")."""
    row = list_or_404(request, public_id)
    pairs = [text.split(":") for text in request.POST.getlist("same")]
    same = [[int(at), int(key)] for at, key in (pair for pair in pairs if len(pair) == 2) if at.isdigit() and key.isdigit()]
    chosen = [*row.accepted.get("offers", []), *offers.numbers(request.POST.getlist("offer"))]
    reading = lists.reading_of(row, lists.kept_of(row))
    taken_offers = offers.positions(reading, kinds=request.POST.getlist("kind"), chosen=chosen)
    lists.decide(taken=row, by=request.user, accepted={"same": same, "offers": taken_offers})
    return redirect("list", row.public_id)


@require_POST
@require(*MAY)
def list_cancel(request, public_id):
    """Drop a list that was not yet let in."""
    row = lists.cancel(taken=list_or_404(request, public_id), by=request.user)
    messages.success(request, "Đã bỏ tệp này. Chưa ghi gì.")
    return redirect(HOME[row.kind][0])


@require(*MAY)
def list_errors(request, public_id):
    """The workbook of the rows that stayed out, with what to mend."""
    row = list_or_404(request, public_id)
    if row.errors_file is None:
        raise Http404
    audit.record("list.errors_downloaded", by=request.user, subject=row)
    return download_stored(row.errors_file)
