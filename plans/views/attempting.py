"""A form whose action may refuse: the sentence stands above what was typed, and nothing typed is lost."""

from childcare.lib.refusal import Refusal


def done(form, action, **values):
    """What the action answers (True for nothing), or None after a refusal, which then stands in the form."""
    try:
        answer = action(**values)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None
    return True if answer is None else answer
