"""Marks a form as one whose text is kept as a draft: `<form … {% draft %}>`, and static/js/drafts.js on the page."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from childcare.accounts import drafts

register = template.Library()


@register.simple_tag(takes_context=True)
def draft(context):
    """The attributes of the form. A page that answers a POST already holds what was typed: there nothing is brought back."""
    request = context["request"]
    key = request.get_full_path()[:300]
    return format_html(
        'data-draft="{}" data-draft-page="{}" data-draft-version="{}"{}', drafts.ticket(request.user, key), drafts.new_page(),
        drafts.version_of(request.user, key), mark_safe(" data-draft-fresh") if request.method == "GET" else "",
    )  # fmt: skip
