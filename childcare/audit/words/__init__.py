"""What each action of the log is called on the screen. A test finds every action recorded anywhere and asks for its words."""

from childcare.audit.words import accounts, cases, children, plans, reports, schools

ACTIONS = {
    **accounts.WORDS,
    **children.WORDS,
    **schools.WORDS,
    **cases.WORDS,
    **plans.WORDS,
    **reports.WORDS,
}


def action_word(action):
    """The words of an action; one that is not known is said to be so and never hidden."""
    return ACTIONS.get(action, f"Việc khác ({action})")
