"""What administrators do with the keys of platforms."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from backoffice.platforms import policy
from backoffice.platforms.models import ApiKey, Scope
from backoffice.platforms.services.keys import create_api_key, revoke_api_key
from backoffice.staff.models import User
from backoffice.staff.policy import Verdict
from backoffice.ui.forms import HouseForm
from backoffice.ui.verbs import Done, Given, ShownOnce, Verb


class KeyForm(HouseForm):
    name = forms.CharField(
        label=_("Name"),
        max_length=60,
        help_text=_(
            "What the key is for. Two keys of one name may be in use, to change the one for the other."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    site = forms.CharField(
        label=_("Site"),
        max_length=80,
        help_text=_("One of our sites, such as wehelpen.nl or zwolle.wehelpen.nl. The key opens no other."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "inputmode": "url"}),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What does the key open?"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple
    )


class CreateKey(Verb[None]):
    name = "create"
    label = _("New key")
    lead = _("A platform shows this key each time it hands over records or reads decisions.")
    makes = True
    form_class = KeyForm

    def verdict(self, user: User, row: None) -> Verdict:  # noqa: ARG002 - there is no row yet
        return policy.may_manage_keys(user)

    def perform(self, *, actor: User, row: None, given: Given, at: datetime) -> Done:  # noqa: ARG002
        key, secret = create_api_key(
            actor=actor, name=given["name"], site=given["site"], scopes=given["scopes"], at=at
        )
        hint = _("The platform sends it in the header Authorization: Bearer. Only its digest is kept here.")
        return Done(_("The key was made."), row=key, shown=ShownOnce(_("The new key"), secret, hint))


class RevokeKey(Verb[ApiKey]):
    name = "revoke"
    label = _("Revoke")
    lead = _(
        "The key stops working at once: the platform that uses it can no longer reach us with it. "
        "This cannot be undone. To change keys, make a new one first."
    )
    look = "danger"

    def verdict(self, user: User, row: ApiKey) -> Verdict:
        return policy.may_revoke(user, row)

    def perform(self, *, actor: User, row: ApiKey, given: Given, at: datetime) -> Done:  # noqa: ARG002
        revoke_api_key(actor=actor, key_id=row.pk, at=at)
        return Done(_("The key was revoked."))
