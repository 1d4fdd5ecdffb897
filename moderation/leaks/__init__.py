"""Does a letter give away who reported something? Pure functions; nothing is stored or logged."""

from moderation.leaks.check import leaks
from moderation.leaks.people import Leak, LeakKind, Person

__all__ = ["Leak", "LeakKind", "Person", "leaks"]
