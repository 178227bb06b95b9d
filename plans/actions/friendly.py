"""Xã, phường phù hợp với trẻ em: tự chấm → hội đồng → trình → công nhận hoặc không. A refusal says what is missing."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from childcare.audit import actions as audit
from childcare.documents import files
from childcare.lib.calendar import stamp, today
from childcare.lib.refusal import Refusal
from childcare.lib.uploads import harmless
from childcare.lib.vietnamese import clean_text, join_list, number
from plans import friendly
from plans.actions.held import check_version, saved
from plans.models import Criterion, CriterionPart, Evaluation, EvaluationPaper, PartScore

S = Evaluation.State
MOST_PAPERS = 60


def criteria_of(standard):
    """The criteria of a standard with their parts, in order."""
    return list(standard.criteria.prefetch_related("parts"))


def lines_of(evaluation, criteria=None):
    """The thirteen criteria of an evaluation with what was scored; `criteria`: those of its standard when read before."""
    scores = {score.part_id: score for score in evaluation.scores.all()}
    criteria = criteria_of(evaluation.standard) if criteria is None else criteria
    basis = evaluation.standard.legal_basis
    if evaluation.state == S.SCORING:
        return [friendly.line_of(row, list(row.parts.all()), scores, basis) for row in criteria]
    kept = ((row, [part for part in row.parts.all() if part.pk in scores]) for row in criteria)  # the table as it was scored
    return [friendly.line_of(row, parts, scores, basis) for row, parts in kept if parts]


def result_of(evaluation, criteria=None):
    """The result as the scores stand."""
    return friendly.result_of(lines_of(evaluation, criteria), evaluation.threshold.points)


@transaction.atomic
def begin(*, by, unit, year, threshold):
    """A new self-scoring of a commune for a year. Refused when there is one."""
    if unit.kind != "commune":
        raise Refusal("Chỉ xã, phường, thị trấn tự chấm điểm.")
    if Evaluation.objects.filter(unit=unit, year=year).exists():
        raise Refusal(f"{unit.name} đã có bản tự chấm năm {year}. Hãy mở bản đó.")
    row = Evaluation.objects.create(
        unit=unit, year=year, standard=threshold.standard, threshold=threshold, recorded_by=by
    )  # fmt: skip
    audit.record("friendly.begun", subject=row, by=by)
    return row


def _locked(evaluation, version, *states):
    row = (
        Evaluation.objects.select_for_update(of=("self",)).select_related("unit", "standard", "threshold").get(pk=evaluation.pk)
    )
    if version is not None:
        check_version(row, version, "Bản tự chấm")
    if row.state not in states:
        raise Refusal(f"Bản tự chấm đang ở bước “{row.get_state_display()}”, không làm việc này được nữa.")
    return row


@transaction.atomic
def score(*, evaluation, criterion, by, version, given):
    """Give points to the parts of a criterion. `given`: part → {points, source, note, figure}; points None takes them back."""
    row = _locked(evaluation, version, S.SCORING)
    for part, values in given.items():
        part = CriterionPart.objects.select_related("criterion").get(pk=part.pk)
        if part.criterion_id != criterion.pk or criterion.standard_id != row.standard_id:
            raise Refusal("Mục này không thuộc tiêu chí đang chấm.")
        _score(row, part, by, **values)
    audit.record("friendly.scored", subject=row, by=by, fields=[f"tiêu chí {criterion.number}"])
    return saved(row)


def _score(row, part, by, points, source="", note="", figure=""):
    if points is None:
        PartScore.objects.filter(evaluation=row, part=part).delete()
        return
    if part.max_points is None:
        raise Refusal(friendly.NOT_LOADED.format(row.standard.legal_basis))
    if not 0 <= points <= part.max_points:
        raise Refusal(f"Điểm của mục “{part.text}” phải từ 0 đến {number(part.max_points)}.")
    if points != round(points, 1):
        raise Refusal("Điểm chỉ ghi một chữ số sau dấu phẩy.")
    PartScore.objects.update_or_create(
        evaluation=row, part=part,
        defaults={
            "points": points, "most": part.max_points, "source": clean_text(source)[:300], "note": note, "figure": figure[:120],
            "scored_by": by,
        },
    )  # fmt: skip


@transaction.atomic
def hold_council(*, evaluation, by, version, held_on, chair, secretary, members, opinions=""):
    """The council met: only over a complete scoring whose points all say where they come from."""
    row = _locked(evaluation, version, S.SCORING, S.COUNCIL)
    result = result_of(row)
    if not result.complete:
        raise Refusal(result.sentence)
    silent = sorted({score.part.criterion.number for score in row.scores.filter(source="").select_related("part__criterion")})
    if silent:
        raise Refusal(f"Tiêu chí {join_list(map(str, silent))} chưa ghi nguồn số liệu. Hãy ghi nguồn rồi đưa ra hội đồng.")
    if held_on > today():
        raise Refusal("Ngày họp chưa tới.")
    row.held_on, row.chair, row.secretary, row.members, row.opinions = held_on, chair, secretary, members, opinions
    row.state = S.COUNCIL
    audit.record("friendly.council_held", subject=row, by=by)
    return saved(row, "held_on", "chair", "secretary", "members", "opinions", "state")


@transaction.atomic
def back_to_scoring(*, evaluation, by, version):
    """The council wants points looked at again: scoring opens, the minutes are written anew."""
    row = _locked(evaluation, version, S.COUNCIL)
    row.state = S.SCORING
    audit.record("friendly.reopened", subject=row, by=by)
    return saved(row, "state")


@transaction.atomic
def submit(*, evaluation, by, version):
    """Send the scoring up. One that does not reach the standard is sent up too: the decision is not the commune's."""
    row = _locked(evaluation, version, S.COUNCIL)
    row.state, row.submitted_at, row.submitted_by, row.remark = S.SUBMITTED, stamp(), by, ""
    audit.record("friendly.submitted", subject=row, by=by)
    return saved(row, "state", "submitted_at", "submitted_by", "remark")


@transaction.atomic
def give_back(*, evaluation, by, version, remark):
    """The unit above asks for more: the commune scores again."""
    row = _locked(evaluation, version, S.SUBMITTED)
    if not clean_text(remark):
        raise Refusal("Hãy ghi cần bổ sung gì.")
    row.state, row.remark = S.SCORING, clean_text(remark)[:500]
    audit.record("friendly.given_back", subject=row, by=by)
    return saved(row, "state", "remark")


@transaction.atomic
def decide(*, evaluation, by, version, recognised, decision, decided_on, remark=""):
    """Recognise the commune, or not, by a numbered paper. Only what passes by its points can be recognised."""
    row = _locked(evaluation, version, S.SUBMITTED)
    result = result_of(row)
    if recognised and not result.passed:
        raise Refusal(f"Không công nhận được. {result.sentence}")
    if not recognised and not clean_text(remark):
        raise Refusal("Hãy ghi vì sao không công nhận.")
    if decided_on > today() or decided_on < row.held_on:
        raise Refusal("Ngày quyết định phải từ ngày hội đồng họp đến hôm nay.")
    row.state = S.RECOGNISED if recognised else S.REFUSED
    row.decision, row.decided_on, row.decided_by, row.remark = (
        clean_text(decision)[:60],
        decided_on,
        by,
        clean_text(remark)[:500],
    )
    audit.record("friendly.decided", subject=row, by=by, note=row.get_state_display())
    return saved(row, "state", "decision", "decided_on", "decided_by", "remark")


@transaction.atomic
def keep_paper(*, evaluation, criterion, by, title, name, data):
    """Keep a paper behind a criterion, made harmless before."""
    row = _locked(evaluation, None, S.SCORING, S.COUNCIL)
    if row.papers.filter(voided_at=None).count() >= MOST_PAPERS:
        raise Refusal(f"Đã có {MOST_PAPERS} giấy tờ. Hãy bỏ bớt những tệp không cần.")
    kept, ending, content_type = harmless(data, name)
    stored = files.store(name=f"{title[:100]}.{ending}", content_type=content_type, data=kept, by=by)
    paper = EvaluationPaper.objects.create(evaluation=row, criterion=criterion, title=title, file=stored)
    audit.record("friendly.paper_kept", subject=paper, by=by)
    return paper


@transaction.atomic
def void_paper(*, paper, by):
    """The paper should not be there: nobody opens it any more."""
    row = _locked(paper.evaluation, None, S.SCORING, S.COUNCIL)
    EvaluationPaper.objects.filter(pk=paper.pk, evaluation=row, voided_at=None).update(voided_at=timezone.now())
    audit.record("friendly.paper_voided", subject=paper, by=by)


@transaction.atomic
def add_part(*, criterion, by, text, max_points, steps, indicator, verified, note, version=None):
    """One part more of a criterion, typed from the original; without points the criterion cannot be scored yet."""
    criterion = Criterion.objects.select_for_update(of=("self",)).select_related("standard").get(pk=criterion.pk)
    _check_steps(max_points, steps)
    last = criterion.parts.aggregate(last=Max("position"))["last"] or 0
    row = CriterionPart.objects.create(
        criterion=criterion, position=last + 1, text=text, max_points=max_points, steps=steps, indicator=indicator, note=note,
        evidence="text" if verified else "unverified",
    )  # fmt: skip
    audit.record("friendly.part_added", subject=row, by=by, note=criterion.standard.code)
    return row


def _check_steps(max_points, steps):
    if max_points is not None and any(points > max_points for _, points in steps):
        raise Refusal("Nấc điểm cao hơn điểm tối đa của mục.")


@transaction.atomic
def correct_part(*, part, by, version, text, max_points, steps, indicator, verified, note):
    """An administrator corrects a part of the table by the original. Points given before keep what they were given for."""
    row = CriterionPart.objects.select_for_update(of=("self",)).select_related("criterion__standard").get(pk=part.pk)
    if row.version != version:
        raise Refusal("Mục này vừa được người khác sửa. Hãy tải lại trang.")
    _check_steps(max_points, steps)
    row.text, row.max_points, row.steps, row.indicator, row.note = text, max_points, steps, indicator, note
    row.evidence, row.version = "text" if verified else "unverified", row.version + 1
    row.save()
    audit.record("friendly.part_corrected", subject=row, by=by, note=row.criterion.standard.code)
    return row


@transaction.atomic
def correct_threshold(*, threshold, by, text, points, verified, note):
    """The least total for a kind of unit, by the original."""
    threshold.text, threshold.points, threshold.note = text, points, note
    threshold.evidence = "text" if verified else "unverified"
    threshold.save()
    audit.record("friendly.threshold_corrected", subject=threshold, by=by)
    return threshold
