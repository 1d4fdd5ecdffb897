"""Does a letter give away who reported something? Pure functions; nothing is stored or logged."""

from backoffice.leaks.check import leaks
from backoffice.leaks.people import Leak, LeakKind, Person

__all__ = ["Leak", "LeakKind", "Person", "leaks"]
