"""What the forms of the registry share: the one-time key of a post, the version of an edit, choices with an empty line."""

import uuid

from django import forms

from childcare.children.forms import rivals
from childcare.children.models import CircumstanceKind
from childcare.lib.fields import LineField


class OnceForm(forms.Form):
    """A form whose post makes one row, however often it is sent."""

    once = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["once"].initial = uuid.uuid4


class VersionForm(forms.Form):
    """A form that says which state of a row it was filled in from, and what stood in it then (see `rivals`)."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    base = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["base"].initial = lambda: rivals.told(self)

    def clean(self):
        values = super().clean()
        values.pop("base", None)
        return values


class VoidForm(VersionForm):
    """Why a row is voided."""

    reason = LineField(label="Lý do hủy", max_length=300, help_text="Dòng bị hủy vẫn nằm trong lịch sử và không được tính nữa.")


def optional(choices, empty="Chưa rõ"):
    """Choices with an empty line on top."""
    return [("", empty), *choices]


def by_pk(rows, label=str):
    """Choices of rows by their public id."""
    return [(str(row.public_id), label(row)) for row in rows]


class KindField(forms.ModelChoiceField):
    """A circumstance kind by its code, grouped by family; a sub-group stands indented under its head."""

    def __init__(self, **kwargs):
        super().__init__(CircumstanceKind.objects.none(), to_field_name="code", **kwargs)

    def offer(self, kinds):
        """Offer these kinds."""
        self.queryset = kinds
        groups = {}
        for kind in kinds:
            indent = "\u2003– " if kind.parent_id and "." in kind.code else ""
            groups.setdefault(kind.get_family_display(), []).append((kind.code, f"{indent}{kind.name}"))
        self.choices = [("", "Chọn nhóm"), *groups.items()]
