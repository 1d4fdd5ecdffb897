"""Final decisions as platforms read them back."""

from django.db.models import QuerySet

from moderation.models import Decision


def decisions_after(*, site: str, after: int) -> QuerySet[Decision]:
    """Return the final decisions about a site with a number above `after`, in order of that number.

    Numbers are given in the order of commit: who asks for what comes after the last one seen
    misses none.
    """
    found = Decision.objects.filter(site=site, sequence__gt=after).order_by("sequence")
    return found.prefetch_related("grounds__policy")
