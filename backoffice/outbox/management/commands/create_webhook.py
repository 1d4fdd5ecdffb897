"""`manage.py create_webhook URL --site SITE`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from backoffice import clock
from backoffice.audit.acting import acting_as, new_id
from backoffice.errors import DomainError
from backoffice.outbox.services.endpoints import register_endpoint
from backoffice.staff.system import SETUP, system_user


class Command(BaseCommand):
    help = "Register a receiver of webhooks for a site, and print its signing secret (shown only once)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("url")
        parser.add_argument("--site", required=True)

    def handle(self, *_args: Any, **options: Any) -> None:
        actor = system_user(SETUP)
        with acting_as(actor, run_id=new_id()):
            try:
                _endpoint, secret = register_endpoint(
                    actor=actor, site=options["site"], url=options["url"], at=clock.now()
                )
            except DomainError as refusal:
                raise CommandError(str(refusal)) from refusal
        self.stdout.write(secret)
