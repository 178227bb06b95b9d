from django.db import migrations

# What an account of this role does for children. People who have such an account today are the first of the list.
OF_ROLE = {
    "collaborator": "collaborator", "commune": "official", "district": "official", "province": "official",
    "social_worker": "social_worker", "school": "teacher", "care_staff": "health",
}  # fmt: skip


def take_accounts(apps, schema_editor):
    """Everybody who worked with children by his account becomes a person of the list, with the days of his appointments."""
    staff_model, post_model = apps.get_model("plans", "Staff"), apps.get_model("plans", "StaffPost")
    people, running = {}, set()
    rows = apps.get_model("accounts", "Appointment").objects.filter(role__in=list(OF_ROLE)).select_related("officer")
    for row in rows.order_by("pk"):
        if row.ended_on is not None and row.ended_on <= row.started_on:
            continue
        key = (row.officer_id, row.unit_id, OF_ROLE[row.role])
        if row.ended_on is None and key in running:
            continue
        running |= {key} if row.ended_on is None else set()
        if row.officer_id not in people:
            officer = row.officer
            people[row.officer_id] = staff_model.objects.create(
                name=officer.full_name, folded_name=officer.folded_name, name_key=officer.name_key, officer=officer
            )
        post_model.objects.create(
            staff=people[row.officer_id], unit_id=row.unit_id, kind=OF_ROLE[row.role], position=row.position,
            started_on=row.started_on, ended_on=row.ended_on, decision_number=row.decision[:60],
        )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("plans", "0004_staff"), ("accounts", "0003_care_staff")]

    operations = [migrations.RunPython(take_accounts, migrations.RunPython.noop)]
