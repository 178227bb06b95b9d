"""A refusal is a sentence for the user; one middleware shows it as a 409 page."""


class Refusal(Exception):
    """The action is understood and not done; the message says in Vietnamese what to do instead."""
