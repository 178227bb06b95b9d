"""Photos of an activity: kept after they were drawn anew, voided with a reason."""

from django.db import transaction
from django.utils import timezone

from childcare.audit import actions as audit
from childcare.children.actions.base import once
from childcare.documents import files
from childcare.lib.refusal import Refusal
from childcare.lib.uploads import harmless
from childcare.lib.vietnamese import clean_text
from plans.models import Activity, ActivityPhoto

MOST = 6
FULL = f"Mỗi hoạt động giữ nhiều nhất {MOST} ảnh. Hãy hủy ảnh không cần rồi tải lên."
PICTURES = ("jpg", "png")
NO_PICTURE = "Chỉ nhận ảnh JPG hoặc PNG."


@once(ActivityPhoto)
def keep(*, by, once, activity, name, data, caption=""):
    """Keep a photo of an activity, drawn anew: smaller, without place and camera."""
    activity = Activity.objects.select_for_update(of=("self",)).select_related("unit").get(pk=activity.pk)
    if activity.voided_at:
        raise Refusal("Hoạt động này vừa được người khác sửa hoặc hủy. Hãy tải lại danh sách rồi thêm ảnh.")
    number = activity.photos.filter(voided_at=None).count()
    if number >= MOST:
        raise Refusal(FULL)
    kept, ending, content_type = harmless(data, name)
    if ending not in PICTURES:
        raise Refusal(NO_PICTURE)
    title = f"Ảnh hoạt động {activity.held_on:%d-%m-%Y} {number + 1}.{ending}"
    stored = files.store(name=title, content_type=content_type, data=kept, by=by)
    photo = ActivityPhoto.objects.create(
        public_id=once, activity=activity, file=stored, caption=clean_text(caption)[:200], recorded_by=by
    )
    audit.record("activity.photo_kept", subject=activity, by=by)
    return photo


@transaction.atomic
def void(*, photo, by, reason):
    """The photo should not be there: nobody opens it any more."""
    photo = ActivityPhoto.objects.select_for_update(of=("self",)).select_related("activity__unit").get(pk=photo.pk)
    if photo.voided_at:
        raise Refusal("Ảnh này đã được hủy.")
    if not clean_text(reason):
        raise Refusal("Hãy ghi lý do hủy.")
    photo.voided_at, photo.voided_by, photo.void_reason = timezone.now(), by, clean_text(reason)[:300]
    photo.save(update_fields=["voided_at", "voided_by", "void_reason"])
    audit.record("activity.photo_voided", subject=photo, by=by)
    return photo
