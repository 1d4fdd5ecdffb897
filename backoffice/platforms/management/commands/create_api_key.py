"""`manage.py create_api_key NAME --site SITE --scope intake --scope decisions`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from backoffice import clock
from backoffice.audit.acting import acting_as, new_id
from backoffice.errors import DomainError
from backoffice.platforms.models import Scope
from backoffice.platforms.services.keys import create_api_key
from backoffice.staff.system import SETUP, system_user


class Command(BaseCommand):
    """Prints a new key on a line of its own. It is shown this once only."""

    help = "Make an API key for one site, and print it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="what the key is for, such as the platform's name")
        parser.add_argument("--site", required=True, help="such as wehelpen.nl or zwolle.wehelpen.nl")
        parser.add_argument(
            "--scope", action="append", required=True, dest="scopes", help=", ".join(Scope.values)
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Make the key. Raises CommandError with the reason when the service refuses."""
        actor = system_user(SETUP)
        with acting_as(actor, run_id=new_id()):
            try:
                _key, secret = create_api_key(
                    actor=actor,
                    name=options["name"],
                    site=options["site"],
                    scopes=options["scopes"],
                    at=clock.now(),
                )
            except DomainError as refusal:
                raise CommandError(f"{refusal.field}: {refusal}" if refusal.field else str(refusal)) from None
        self.stdout.write(secret)
