"""`manage.py demo`: an office to try the house in."""

import shutil
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from backoffice import clock
from backoffice.audit.guards import erasure_gate
from backoffice.staff.models import User
from moderation.demo.office import Office
from moderation.demo.people import PASSWORD, STAFF


class Command(BaseCommand):
    """Fills an empty house with invented people and their work."""

    help = "Fill a believable office with invented people; --fresh empties the house first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--fresh", action="store_true", help="empty everything first; cannot be undone")
        parser.add_argument("--yes", action="store_true", help="also in a database that somebody brought")
        parser.add_argument("--logins", action="store_true", help="only say who can sign in")
        parser.add_argument("--quiet", action="store_true", help="do not say who can sign in")
        parser.add_argument("--scale", type=float, default=1.0, help="a part of the whole, such as 0.1")

    def handle(
        self, *_args: Any, fresh: bool, yes: bool, logins: bool, quiet: bool, scale: float, **_options: Any
    ) -> None:
        """Raises CommandError in production, and where somebody works already."""
        if settings.PRODUCTION:
            raise CommandError("There is no demo in production.")
        if logins:
            self._say_logins()
            return
        if fresh:
            if not settings.DATABASE_IS_OUR_OWN and not yes:
                raise CommandError("This database is not our own: add --yes to empty it.")
            self._empty()
        if User.objects.filter(is_system=False).exists():
            raise CommandError("Somebody works here already. Give --fresh to empty the house first.")
        Office(now=clock.now(), scale=scale).build(say=self._say)
        if not quiet:
            self._say_logins()

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def _empty(self) -> None:
        with erasure_gate():  # the guards let nothing go otherwise
            call_command("flush", interactive=False, verbosity=0)
        for folder in ("photos", "files"):
            shutil.rmtree(settings.MEDIA_ROOT / folder, ignore_errors=True)

    def _say_logins(self) -> None:
        here = set(User.objects.filter(is_system=False).values_list("username", flat=True))
        demo = [(name, role) for name, _display, role in STAFF if name in here]
        if not demo:
            return
        self.stdout.write(f"Sign in with the password {PASSWORD} as:")
        for name, role in demo:
            self.stdout.write(f"  {name:<8} {role.value}")
