"""Background work of moderation."""

from celery import shared_task

from backoffice import clock
from backoffice.celery import JobTask
from backoffice.staff.system import DELIVERY, NIGHTLY, system_user
from moderation.services.children import forget_children
from moderation.services.decisions import finalise_due
from moderation.services.drawing import draw_second_looks

BATCH = 500


@shared_task(base=JobTask, acts_as=DELIVERY)
def finalise_decisions() -> None:
    """Make final, and announce, every decision whose undo window has closed. Cannot be undone."""
    actor = system_user(DELIVERY)
    while finalise_due(actor=actor, at=clock.now(), limit=BATCH) == BATCH:
        pass


@shared_task(base=JobTask, acts_as=DELIVERY)
def draw() -> None:
    """Draw from what became final for a second look."""
    actor = system_user(DELIVERY)
    while draw_second_looks(actor=actor, at=clock.now(), limit=BATCH) == BATCH:
        pass


@shared_task(base=JobTask, acts_as=NIGHTLY)
def forget_confirmed_children() -> None:
    """Remove members who were confirmed to be under 16, once that was told (R22). Cannot be undone."""
    forget_children(actor=system_user(NIGHTLY), at=clock.now())
