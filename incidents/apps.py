from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class IncidentsConfig(AppConfig):
    """What happened: tickets, dossiers, parties, timeline, attachments, measures."""

    name = "incidents"
    verbose_name = _("incidents")

    def ready(self) -> None:
        from anymail.signals import inbound

        from incidents import guards
        from incidents.views.inbound import keep_inbound

        post_migrate.connect(make_numbers, sender=self, dispatch_uid="incidents.numbers")
        post_migrate.connect(guards.install, sender=self, dispatch_uid="incidents.guards.install")
        post_migrate.connect(store_answers, sender=self, dispatch_uid="incidents.answers")
        inbound.connect(keep_inbound, dispatch_uid="incidents.inbound")


def make_numbers(**_kwargs: Any) -> None:
    """Make the sequence that numbers tickets where it is not there yet. Safe to run again."""
    from django.db import connection

    from incidents.services.ticket_opening import NUMBERS

    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SEQUENCE IF NOT EXISTS {NUMBERS}")


def store_answers(**_kwargs: Any) -> None:
    """Store the answers of `standard_answer_defaults` where there are none yet."""
    from backoffice import clock
    from backoffice.audit.acting import acting_as
    from backoffice.audit.history import store_many
    from backoffice.staff.system import SETUP, system_user
    from incidents.models import StandardAnswer
    from incidents.standard_answer_defaults import ANSWERS

    if StandardAnswer.objects.exists():
        return
    answers = [StandardAnswer(kind=kind or "", title=title, body=body) for kind, title, body in ANSWERS]
    with acting_as(system_user(SETUP)):
        store_many(answers, reason="default", at=clock.now())
