"""What administrators do with receivers and with what was given up for them."""

from datetime import datetime

from django import forms
from django.http import QueryDict
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from backoffice.outbox import policy
from backoffice.outbox.models import Delivery, Mail, WebhookEndpoint
from backoffice.outbox.services.addresses import MAX_LENGTH
from backoffice.outbox.services.endpoints import (
    deactivate_endpoint,
    newest_secret,
    register_endpoint,
    retire_secret,
    rotate_secret,
)
from backoffice.outbox.services.retries import retry_delivery, retry_mail, retry_parked
from backoffice.staff.models import User
from backoffice.staff.policy import Verdict
from backoffice.ui.forms import HouseForm
from backoffice.ui.verbs import Done, Given, ShownOnce, Verb


def _shown(secret: str) -> ShownOnce:
    hint = _("Give it to who keeps the receiver: with it they check that a message comes from us.")
    return ShownOnce(_("The new signing secret"), secret, hint)


class ReceiverForm(HouseForm):
    site = forms.CharField(
        label=_("Site"),
        max_length=80,
        help_text=_("One of our sites, such as wehelpen.nl. The receiver hears what is decided about it."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "inputmode": "url"}),
    )
    url = forms.CharField(
        label=_("Address"),
        max_length=MAX_LENGTH,
        help_text=_("Begins with https://. Its host must be on the list of allowed receivers."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "inputmode": "url"}),
    )


class RotateForm(HouseForm):
    newest = forms.IntegerField(required=False, widget=forms.HiddenInput)


class RetireForm(HouseForm):
    secret = forms.TypedChoiceField(label=_("Which secret?"), coerce=int, widget=forms.RadioSelect)


class RegisterReceiver(Verb[None]):
    name = "register"
    label = _("New receiver")
    makes = True
    form_class = ReceiverForm

    def verdict(self, user: User, row: None) -> Verdict:  # noqa: ARG002 - there is no row yet
        return policy.may_manage_receivers(user)

    def perform(self, *, actor: User, row: None, given: Given, at: datetime) -> Done:  # noqa: ARG002
        endpoint, secret = register_endpoint(actor=actor, site=given["site"], url=given["url"], at=at)
        return Done(_("The receiver was registered."), row=endpoint, shown=_shown(secret))


class RegisterAgain(Verb[WebhookEndpoint]):
    name = "register-again"
    label = _("Register again")
    lead = _("The receiver hears decisions again from now on, and gets a new secret. The old ones are gone.")
    unfit = frozenset({policy.ACTIVE.code})

    def verdict(self, user: User, row: WebhookEndpoint) -> Verdict:
        return policy.may_register_again(user, row)

    def perform(self, *, actor: User, row: WebhookEndpoint, given: Given, at: datetime) -> Done:  # noqa: ARG002
        _endpoint, secret = register_endpoint(actor=actor, site=row.site, url=row.url, at=at)
        return Done(_("The receiver was registered again."), shown=_shown(secret))


class RotateSecret(Verb[WebhookEndpoint]):
    name = "rotate"
    label = _("New secret")
    lead = _(
        "From now on messages are signed with the new secret and with the newest of the old ones, so "
        "that the receiver can change over. Any older one stops. This cannot be undone."
    )
    look = ""
    form_class = RotateForm

    def verdict(self, user: User, row: WebhookEndpoint) -> Verdict:
        return policy.may_change_receiver(user, row)

    def initial(self, row: WebhookEndpoint) -> Given:
        return {"newest": newest_secret(row)}

    def perform(self, *, actor: User, row: WebhookEndpoint, given: Given, at: datetime) -> Done:
        secret = rotate_secret(actor=actor, endpoint_id=row.pk, newest=given["newest"], at=at)
        return Done(_("The receiver has a new secret."), shown=_shown(secret))


class RetireSecret(Verb[WebhookEndpoint]):
    name = "retire"
    label = _("Retire a secret")
    lead = _("Messages are no longer signed with it. This cannot be undone.")
    look = ""
    form_class = RetireForm

    def verdict(self, user: User, row: WebhookEndpoint) -> Verdict:
        return policy.may_retire_secret(user, row)

    def form(self, row: WebhookEndpoint, data: QueryDict | None) -> HouseForm:
        form = super().form(row, data)
        form.fields["secret"].choices = [  # type: ignore[attr-defined] # a ChoiceField
            (
                secret.pk,
                _("made on %(moment)s")
                % {"moment": formats.date_format(timezone.localtime(secret.created_at), "DATETIME_FORMAT")},
            )
            for secret in row.secrets.filter(retired_at__isnull=True)
        ]
        return form

    def perform(self, *, actor: User, row: WebhookEndpoint, given: Given, at: datetime) -> Done:  # noqa: ARG002
        retire_secret(actor=actor, secret_id=given["secret"], at=at)
        return Done(_("The secret is no longer used."))


class DeactivateReceiver(Verb[WebhookEndpoint]):
    name = "deactivate"
    label = _("Deactivate")
    lead = _(
        "Nothing more is sent to this receiver. What waits for it is given up; it can be tried again "
        "after the receiver was registered again. The platform can still read every decision itself."
    )
    look = "danger"
    unfit = frozenset({policy.INACTIVE.code})

    def verdict(self, user: User, row: WebhookEndpoint) -> Verdict:
        return policy.may_change_receiver(user, row)

    def perform(self, *, actor: User, row: WebhookEndpoint, given: Given, at: datetime) -> Done:  # noqa: ARG002
        deactivate_endpoint(actor=actor, endpoint_id=row.pk, at=at)
        return Done(_("The receiver hears nothing more."))


class RetryParked(Verb[WebhookEndpoint]):
    name = "retry"
    label = _("Try all again")
    lead = _("Everything that was given up for this receiver is sent again. It may arrive in another order.")

    def verdict(self, user: User, row: WebhookEndpoint) -> Verdict:
        return policy.may_retry_all(user, row)

    unfit = frozenset({policy.NOTHING_PARKED.code})

    def perform(self, *, actor: User, row: WebhookEndpoint, given: Given, at: datetime) -> Done:  # noqa: ARG002
        count = retry_parked(actor=actor, endpoint_id=row.pk, at=at)
        said = ngettext("%(count)d message is tried again.", "%(count)d messages are tried again.", count)
        return Done(said % {"count": count})


class RetryDelivery(Verb[Delivery]):
    name = "retry"
    label = _("Try again")
    lead = _("The message is sent again, with all of its attempts.")

    def verdict(self, user: User, row: Delivery) -> Verdict:
        return policy.may_retry(user, row)

    def perform(self, *, actor: User, row: Delivery, given: Given, at: datetime) -> Done:  # noqa: ARG002
        retry_delivery(actor=actor, delivery_id=row.pk, at=at)
        return Done(_("The message is tried again."))


class RetryLetter(Verb[Mail]):
    name = "retry"
    label = _("Try again")
    lead = _("The letter is sent again, with all of its attempts.")

    def verdict(self, user: User, row: Mail) -> Verdict:
        return policy.may_retry_mail(user, row)

    def perform(self, *, actor: User, row: Mail, given: Given, at: datetime) -> Done:  # noqa: ARG002
        retry_mail(actor=actor, mail_id=row.pk, at=at)
        return Done(_("The letter is tried again."))
