"""Photos of activities and of checks: kept after they were drawn anew, voided with a reason."""

from django.db import transaction
from django.utils import timezone

from childcare.audit import actions as audit
from childcare.children.actions.base import once
from childcare.documents import files
from childcare.lib.refusal import Refusal
from childcare.lib.uploads import harmless
from childcare.lib.vietnamese import clean_text
from plans.models import Activity, ActivityPhoto, Inspection, InspectionPhoto

MOST = 6
FULL = f"Giữ nhiều nhất {MOST} ảnh. Hãy hủy ảnh không cần rồi tải lên."
PICTURES = ("jpg", "png")
NO_PICTURE = "Chỉ nhận ảnh JPG hoặc PNG."


@once(ActivityPhoto)
def keep(*, by, once, activity, name, data, caption=""):
    """Keep a photo of an activity, drawn anew: smaller, without place and camera."""
    activity = Activity.objects.select_for_update(of=("self",)).select_related("unit").get(pk=activity.pk)
    if activity.voided_at:
        raise Refusal("Hoạt động này vừa được người khác sửa hoặc hủy. Hãy tải lại danh sách rồi thêm ảnh.")
    stored = _store(activity.photos, f"Ảnh hoạt động {activity.held_on:%d-%m-%Y}", name, data, by)
    photo = ActivityPhoto.objects.create(
        public_id=once, activity=activity, file=stored, caption=clean_text(caption)[:200], recorded_by=by
    )
    audit.record("activity.photo_kept", subject=activity, by=by)
    return photo


@once(InspectionPhoto)
def keep_of_check(*, by, once, inspection, name, data, caption="", of_checked=False):
    """Keep a photo of a check. `of_checked`: by the unit that was checked, of what it mended."""
    row = Inspection.objects.select_for_update(of=("self",)).select_related("unit").get(pk=inspection.pk)
    if row.voided_at or (of_checked and not row.concluded):
        raise Refusal("Cuộc kiểm tra này vừa được người khác sửa hoặc hủy. Hãy tải lại danh sách rồi thêm ảnh.")
    side = row.photos.filter(of_checked=of_checked)
    stored = _store(side, f"Ảnh kiểm tra {row.starts_on:%d-%m-%Y}{' khắc phục' if of_checked else ''}", name, data, by)
    photo = InspectionPhoto.objects.create(
        public_id=once, inspection=row, file=stored, caption=clean_text(caption)[:200], of_checked=of_checked, recorded_by=by
    )
    audit.record("inspection.photo_kept", subject=row, by=by)
    return photo


def _store(photos, title, name, data, by):
    """The file of one photo more, made smaller, without place and camera."""
    if photos.filter(voided_at=None).count() >= MOST:
        raise Refusal(FULL)
    kept, ending, content_type = harmless(data, name)
    if ending not in PICTURES:
        raise Refusal(NO_PICTURE)
    return files.store(name=f"{title} {photos.count() + 1}.{ending}", content_type=content_type, data=kept, by=by)


@transaction.atomic
def void(*, photo, by, reason):
    """The photo, of an activity or of a check, should not be there: nobody opens it any more."""
    of = "activity" if isinstance(photo, ActivityPhoto) else "inspection"
    photo = type(photo).objects.select_for_update(of=("self",)).select_related(f"{of}__unit").get(pk=photo.pk)
    if photo.voided_at:
        raise Refusal("Ảnh này đã được hủy.")
    if not clean_text(reason):
        raise Refusal("Hãy ghi lý do hủy.")
    photo.voided_at, photo.voided_by, photo.void_reason = timezone.now(), by, clean_text(reason)[:300]
    photo.save(update_fields=["voided_at", "voided_by", "void_reason"])
    audit.record("activity.photo_voided" if of == "activity" else "inspection.photo_voided", subject=photo, by=by)
    return photo
