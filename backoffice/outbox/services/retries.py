"""Trying again what was given up."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from backoffice.audit.events import record, record_many
from backoffice.errors import DomainError
from backoffice.outbox import events, policy
from backoffice.outbox.announcements import nudge
from backoffice.outbox.letters import nudge as nudge_mail
from backoffice.outbox.models import Delivery, DeliveryState, Mail, MailState, WebhookEndpoint
from backoffice.staff.models import User
from backoffice.staff.policy import require


class NotParked(DomainError):
    """Only what was given up can be retried."""

    code = "not_parked"


@transaction.atomic
def retry_delivery(*, actor: User, delivery_id: UUID, at: datetime) -> Delivery:
    """Try a delivery that was given up again, with all of its attempts. Raises NotParked, NotAllowed."""
    delivery = Delivery.objects.select_related("endpoint").select_for_update(of=("self",)).get(pk=delivery_id)
    require(policy.may_change_receiver(actor, delivery.endpoint))
    if delivery.state != DeliveryState.PARKED:
        raise NotParked(policy.NOT_PARKED.message)
    problem = delivery.last_problem
    delivery.state = DeliveryState.WAITING
    delivery.attempts = 0
    delivery.next_attempt_at = at
    delivery.save(update_fields=["state", "attempts", "next_attempt_at"])
    record(
        events.DeliveryRetried(endpoint_id=delivery.endpoint_id, problem=problem),
        actor=actor,
        subject=delivery,
        at=at,
    )
    transaction.on_commit(nudge)
    return delivery


@transaction.atomic
def retry_deliveries(*, actor: User, delivery_ids: Collection[UUID], at: datetime) -> int:
    """Try those of these deliveries again that were given up for a receiver that is active.

    The others stay as they are. Records one event for each. Returns how many. Raises NotAllowed.
    """
    require(policy.may_manage_receivers(actor))
    parked = list(
        Delivery.objects.filter(pk__in=delivery_ids, state=DeliveryState.PARKED, endpoint__active=True)
        .order_by("pk")
        .select_for_update(of=("self",))
    )
    _wait_again(Delivery.objects.filter(pk__in=[delivery.pk for delivery in parked]), at=at)
    record_many(
        [
            (events.DeliveryRetried(endpoint_id=each.endpoint_id, problem=each.last_problem), each)
            for each in parked
        ],
        actor=actor,
        at=at,
    )
    return len(parked)


@transaction.atomic
def retry_parked(*, actor: User, endpoint_id: UUID, at: datetime) -> int:
    """Try all that was given up for a receiver again, in one event. Returns how many.

    Raises NotParked when there is nothing, NotAllowed when the receiver is not active.
    """
    endpoint = WebhookEndpoint.objects.select_for_update(no_key=True).get(pk=endpoint_id)
    require(policy.may_change_receiver(actor, endpoint))
    count = _wait_again(Delivery.objects.filter(endpoint=endpoint, state=DeliveryState.PARKED), at=at)
    if not count:
        raise NotParked(policy.NOTHING_PARKED.message)
    record(events.DeliveriesRetried(count=count), actor=actor, subject=endpoint, at=at)
    return count


@transaction.atomic
def retry_mail(*, actor: User, mail_id: UUID, at: datetime) -> Mail:
    """Try a letter that was given up again, with all of its attempts. Raises NotParked, NotAllowed."""
    require(policy.may_manage_receivers(actor))
    if not retry_letters(actor=actor, mail_ids=[mail_id], at=at):
        raise NotParked(policy.LETTER_NOT_PARKED.message)
    return Mail.objects.get(pk=mail_id)


@transaction.atomic
def retry_letters(*, actor: User, mail_ids: Collection[UUID], at: datetime) -> int:
    """Try those of these letters again that were given up; the others stay as they are.

    Records one event for each. Returns how many. Raises NotAllowed.
    """
    require(policy.may_manage_receivers(actor))
    parked = list(
        Mail.objects.filter(pk__in=mail_ids, state=MailState.PARKED).order_by("pk").select_for_update()
    )
    Mail.objects.filter(pk__in=[mail.pk for mail in parked]).update(
        state=MailState.WAITING, attempts=0, next_attempt_at=at
    )
    record_many(
        [(events.MailRetried(problem=mail.last_problem), mail) for mail in parked], actor=actor, at=at
    )
    transaction.on_commit(nudge_mail)
    return len(parked)


def _wait_again(deliveries: QuerySet[Delivery], *, at: datetime) -> int:
    transaction.on_commit(nudge)
    return deliveries.update(state=DeliveryState.WAITING, attempts=0, next_attempt_at=at)
