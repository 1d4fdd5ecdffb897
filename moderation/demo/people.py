"""Who works in the demo office."""

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from backoffice.staff.models import User
from backoffice.staff.permissions import Role

PASSWORD = "welkom-bij-de-demo"  # noqa: S105 - printed for everybody, refused in production

STAFF: tuple[tuple[str, str, Role], ...] = (
    ("anneke", "Anneke Postma", Role.MODERATOR),
    ("wim", "Wim Dekker", Role.MODERATOR),
    ("joke", "Joke Visser", Role.SERVICEDESK),
    ("karin", "Karin Brouwer", Role.COORDINATOR),
    ("peter", "Peter de Groot", Role.PRIVACY_OFFICER),
    ("ada", "Ada Smit", Role.AUDITOR),
    ("bas", "Bas Kuipers", Role.ADMINISTRATOR),
)
"""User name, name on screen, role."""


def hire() -> dict[str, User]:
    """Make everybody who works here, each with the password of the demo."""
    password = make_password(PASSWORD)  # once: it is slow on purpose, and no secret
    people = {}
    for username, display_name, role in STAFF:
        person = User(username=username, display_name=display_name, is_staff=True, password=password)
        person.save()
        person.groups.set([Group.objects.get(name=role.value)])
        people[username] = person
    return people
