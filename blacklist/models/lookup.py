"""Persons in the form in which they are looked up, apart from why they are listed.

Each list has a pair of tables of its own, so that a lookup in one cannot see another.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _


class ListedPerson(models.Model):
    """One person of a list: as written down, in the one form, and the keys that lead to them.

    `ref` is what the list calls them. `given` holds the fields as they came, so that a better way of
    normalising can be run again. `keys` and `terms` are those of `blacklist.identity`.
    """

    id = models.BigAutoField(primary_key=True)
    ref = models.TextField(_("number"))
    given = models.JSONField(_("as written down"))
    first = models.TextField()
    infix = models.TextField()
    last = models.TextField()
    born = models.TextField()
    postcode = models.TextField()
    street = models.TextField()
    place = models.TextField()
    emails = models.TextField()
    phones = models.TextField()
    accounts = models.TextField()
    photo = models.TextField()
    salutation = models.TextField()
    keys = ArrayField(models.IntegerField())
    terms = ArrayField(models.IntegerField())

    class Meta:
        abstract = True
        indexes = [GinIndex(fields=["keys"], fastupdate=False, name="%(class)s_keys")]

    def __str__(self) -> str:
        return self.ref


class Tally(models.Model):
    """How many people of a list have a term, or are under a key of which that is more than are asked for.

    Those that are missing here are rare. The count of the empty term is that of the whole list.
    """

    key = models.IntegerField(primary_key=True)
    count = models.IntegerField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"


class ScratchPerson(ListedPerson):
    """Somebody of the list for trying out (`--as-test`), which no real screening sees."""

    class Meta(ListedPerson.Meta):
        verbose_name = _("person on the scratch list")
        verbose_name_plural = _("persons on the scratch list")


class ScratchTally(Tally):
    """How common names and keys are on the list for trying out."""

    class Meta(Tally.Meta):
        verbose_name = _("tally of the scratch list")
        verbose_name_plural = _("tallies of the scratch list")
