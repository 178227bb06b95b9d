"""Taking in a list: choose the file, look at what was read, let it in, see the result."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children.forms.imports import UploadForm, communes
from childcare.children.importing import batches, guesses, hamlets, held, mappings, offers, undoing
from childcare.children.importing.files import template_workbook
from childcare.children.importing.preview import Preview
from childcare.children.models import ImportBatch
from childcare.children.returning.preview import AnswersPreview
from childcare.documents.downloads import download, download_stored
from childcare.lib.calendar import today
from childcare.lib.vietnamese import number

State = ImportBatch.State
TONES = {State.DONE: "done", State.PREVIEW: "now", State.MAPPING: "now", State.REFUSED: "late"}
STEPS = ("Chọn tệp", "Ghép cột", "Xem trước", "Ghi vào sổ")
MAPPING_STEP, PREVIEW_STEP, WRITE_STEP, DONE_STEP = 1, 2, 3, 4
LISTED, FIRST = 100, 5


def batch_or_404(request, public_id):
    """An import of the officer's units, or 404."""
    found = ImportBatch.objects.visible_to(request.user).select_related(
        "unit", "file", "errors_file", "reading", "read_job", "write_job", "uploaded_by", "undo_job", "undone_by", "trace"
    )
    return get_object_or_404(found, public_id=public_id)


@require(Permission.CHILD_IMPORT)
def import_list(request):
    """The imports into the officer's units, the latest first."""
    found = ImportBatch.objects.visible_to(request.user).select_related("unit", "file", "uploaded_by").order_by("-pk")
    rows = [{"batch": batch, "tone": TONES.get(batch.state, "")} for batch in found[:LISTED]]
    return render(request, "imports/list.html", {"rows": rows})


@require(Permission.CHILD_IMPORT)
def import_upload(request):
    """Choose a workbook; its reading begins at once."""
    form = UploadForm(request.POST or None, request.FILES or None, officer=request.user)
    if request.method == "POST" and form.is_valid():
        file, values = form.cleaned_data["file"], form.cleaned_data
        batch = batches.upload(by=request.user, unit=values["unit"], on=values["on"], name=file.name, data=file.read())
        return redirect("import-batch", batch.public_id)
    return render(request, "imports/upload.html", {"form": form, "steps": steps(0), "back": reverse("import-list")})


@require(Permission.CHILD_IMPORT)
def import_batch(request, public_id):
    """One import: its progress, its preview, its result."""
    batch = batch_or_404(request, public_id)
    context = {"batch": batch, "tone": TONES.get(batch.state, ""), "counts": _counts(batch)}
    if batches.is_open(batch):
        return _preview(request, batch, context)
    if batch.state in (State.READING, State.WRITING) or (batch.state == State.UNDOING and undoing.hindrance(batch)):
        job = {State.READING: batch.read_job, State.UNDOING: batch.undo_job}.get(batch.state, batch.write_job)
        step = 0 if batch.state == State.READING else WRITE_STEP
        url = reverse("import-progress", args=[batch.public_id])
        return render(request, "imports/progress.html", {**context, "job": job, "job_url": url, "steps": steps(step)})
    if batch.state == State.MAPPING:
        return redirect("import-mapping", batch.public_id)
    done = batch.state == State.DONE
    context |= {"steps": steps(DONE_STEP if done else 0), "done": done, "undoable": not undoing.hindrance(batch)}
    return render(request, "imports/result.html", context)


def _preview(request, batch, context):
    may_protect = request.user.can_in(Permission.PROTECTED_VIEW, batch.unit)
    reading = batches.reading_of(batch)
    context |= {"failed": batch.write_job.message if batch.write_job else "", "steps": steps(PREVIEW_STEP)}
    beside = [] if batch.kind == ImportBatch.Kind.ANSWERS else held.beside(reading, request.user)
    same = {} if batch.kind == ImportBatch.Kind.ANSWERS else _same(request, batch, reading)
    shown = [row["holder"]["public_id"] for row in beside if row["holder"]]
    shown += [line["child"]["public_id"] for line in same.get("first", ()) if line["child"]]
    audit.record("import.viewed", by=request.user, subject=batch, shown=shown)
    if batch.kind == ImportBatch.Kind.ANSWERS:
        return render(request, "imports/answers.html", {**context, "preview": AnswersPreview(reading)})
    context |= {"held": beside, "same": same, "going": batch.summary["accepted"] - same.get("waiting", 0)}
    preview = Preview(reading, may_protect=may_protect, taken=batch.accepted_offers)
    context |= {"preview": preview, "known": mappings.remembered(batch, reading), "left_out": ", ".join(batch.left_out)}
    context |= {"unknown_hamlets": len(hamlets.asked(reading))}
    return render(request, "imports/preview.html", context)


def _same(request, batch, reading):
    """What waits for a word whether it is a child who is there, and the first of it side by side."""
    places, taken = guesses.places(reading), set(batch.accepted_offers)
    if not places:
        return {}
    waiting = [place for place in places if not guesses.choice(place, taken)][:FIRST]
    first = guesses.beside(reading, waiting, request.user)
    return {"count": len(places), "first": first, **guesses.decided(places, taken)}


@require(Permission.CHILD_IMPORT)
def import_progress(request, public_id):
    """The fragment that the page asks for every two seconds; when the work is done the page is loaded again."""
    batch = batch_or_404(request, public_id)
    job = batch.undo_job or batch.write_job or batch.read_job
    if job is None or not job.open:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "components/job_progress.html", {"job": job, "job_url": request.path})


@require_POST
@require(Permission.CHILD_IMPORT)
def import_decide(request, public_id):
    """Let the rows in, with the offers that were ticked."""
    batch = batch_or_404(request, public_id)
    chosen = [*batch.accepted_offers, *offers.numbers(request.POST.getlist("offer"))]
    accepted = offers.positions(batches.reading_of(batch), kinds=request.POST.getlist("kind"), chosen=chosen)
    batches.decide(batch=batch, by=request.user, accepted=accepted)
    return redirect("import-batch", batch.public_id)


@require_POST
@require(Permission.CHILD_IMPORT)
def import_cancel(request, public_id):
    """Drop an import that was not yet let in."""
    batches.cancel(batch=batch_or_404(request, public_id), by=request.user)
    messages.success(request, "Đã bỏ danh sách này. Chưa ghi gì vào sổ.")
    return redirect("import-list")


@require(Permission.CHILD_IMPORT)
def import_errors(request, public_id):
    """The workbook of the rows that stayed out, with what to mend."""
    batch = batch_or_404(request, public_id)
    if batch.errors_file is None:
        raise Http404
    audit.record("import.errors_downloaded", by=request.user, subject=batch)
    return download_stored(batch.errors_file)


@require(Permission.CHILD_IMPORT)
def import_template(request):
    """An empty workbook with the headings that the importer knows."""
    unit = next(iter(communes(request.user)), None)
    return download(template_workbook(unit, today().year), name="Mẫu danh sách trẻ em.xlsx")


def steps(now):
    """The steps of an import, the one at this place being the present one."""
    states = ["done" if place < now else "now" if place == now else "todo" for place in range(len(STEPS))]
    return [{"word": word, "state": state} for word, state in zip(STEPS, states, strict=True)]


def _counts(batch):
    """The figures of a batch as texts; who waits for a decision stands apart from who stays as he is."""
    told = {name: value for name, value in batch.summary.items() if isinstance(value, int)}
    told["unchanged"] = told.get("unchanged", 0) - told.get("waiting", 0)
    return {name: number(value) for name, value in told.items()}
