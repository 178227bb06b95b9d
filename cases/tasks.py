from celery import shared_task

from cases import reminding, reminding_care


@shared_task(name="cases.clocks")
def clocks():
    """Every five minutes: who must know of a clock that runs out. Rows with keys: a lost or repeated run changes nothing."""
    reminding.run()
    reminding_care.run()
