"""Who comes to the servicedesk of the demo office, and about whom: its own members where it has enough."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from incidents.given import Person

_INVENTED = (
    ("mevrouw", "Lenie", "", "Wolters"), ("de heer", "Arie", "van", "Zanten"), ("mevrouw", "Noor", "", "Tahiri"),
    ("de heer", "Jelle", "", "Hofstra"), ("mevrouw", "Dieuwke", "", "Reitsma"), ("de heer", "Sam", "", "Kramer"),
)  # fmt: skip


@dataclass
class Cast:
    """Hands out one member after the other, each once; the same for the same `key`."""

    members: Sequence[Person]
    known: dict[str, Person] = field(default_factory=dict)
    used: int = 0

    def play(self, key: str, salutation: str) -> Person:
        """Return who plays `key`; somebody who is addressed that way."""
        if key not in self.known:
            self.known[key] = self._next(salutation)
        return self.known[key]

    def _next(self, salutation: str) -> Person:
        while self.used < len(self.members):
            member = self.members[self.used]
            self.used += 1
            if member.salutation == salutation:
                return member
        return self._invent(salutation)

    def _invent(self, salutation: str) -> Person:
        number = len(self.known)
        fits = [name for name in _INVENTED if name[0] == salutation]
        _, first, infix, last = fits[number % len(fits)]
        person = Person(salutation=salutation, first_name=first, infix=infix, last_name=last)
        return replace(person, emails=(f"{first}.{last}.{number}@voorbeeld.nl".lower(),))
