from celery import shared_task

from cases import rematching, reminding, reminding_care, reminding_more


@shared_task(name="cases.clocks")
def clocks():
    """Every five minutes: who must know of a clock that runs out. Rows with keys: a lost or repeated run changes nothing."""
    reminding.run()
    reminding_care.run()
    reminding_more.run()


@shared_task(name="cases.rematch")
def rematch():
    """Four times a day, the night among them: whom a case may concern, by what was declared and learnt since. Idempotent."""
    rematching.run()
