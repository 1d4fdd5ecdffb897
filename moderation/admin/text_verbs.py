"""What coordinators do with the standard texts."""

from datetime import datetime
from typing import Any, ClassVar

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from backoffice.audit.meanwhile import version_of
from backoffice.staff.models import User
from backoffice.staff.policy import Verdict
from backoffice.ui.forms import HouseForm
from backoffice.ui.verbs import Done, Given, Verb
from moderation import policy
from moderation.forms import AddTextForm, ChangeTextForm
from moderation.models import Policy, StandardText
from moderation.services.standard_texts import add_text, change_text, move_text, restore_text, retire_text
from moderation.standard_texts import EXAMPLES, PLACES

PLACES_SHOWN = [(name, words, EXAMPLES[name]) for name, words in PLACES.items()]


def _rule_id(given: Given) -> int | None:
    return given["policy"].pk if given["policy"] else None


class AddText(Verb[None]):
    name = "new"
    label = _("New text")
    submit = _("Save")
    makes = True
    form_class = AddTextForm
    template = "moderation/text_form.html"

    def verdict(self, user: User, row: None) -> Verdict:
        return policy.may_manage_texts(user)

    def context(self, row: None) -> dict[str, Any]:
        return {"places": PLACES_SHOWN}

    def perform(self, *, actor: User, row: None, given: Given, at: datetime) -> Done:
        text = add_text(
            actor=actor,
            outcome=given["outcome"],
            title=given["title"],
            body=given["body"],
            policy_id=_rule_id(given),
            at=at,
        )
        return Done(_("The text was added. Moderators can choose it now."), row=text)


class ChangeText(Verb[StandardText]):
    name = "edit"
    label = _("Change")
    submit = _("Save")
    lead = _("Letters that were sent keep the words they had.")
    form_class = ChangeTextForm
    template = "moderation/text_form.html"

    def verdict(self, user: User, row: StandardText) -> Verdict:
        return policy.may_manage_texts(user)

    def initial(self, row: StandardText) -> Given:
        return {"seen": version_of(row), "title": row.title, "body": row.body, "policy": row.policy_id}

    def form(self, row: StandardText, data: QueryDict | None) -> HouseForm:
        form = super().form(row, data)
        form.fields["policy"].queryset = Policy.objects.filter(  # type: ignore[attr-defined] # a choice of rows
            Q(active=True, outcomes__contains=[row.outcome]) | Q(pk=row.policy_id)
        )
        return form

    def context(self, row: StandardText) -> dict[str, Any]:
        return {"places": PLACES_SHOWN}

    def perform(self, *, actor: User, row: StandardText, given: Given, at: datetime) -> Done:
        change_text(
            actor=actor,
            text_id=row.pk,
            seen=given["seen"],
            title=given["title"],
            body=given["body"],
            policy_id=_rule_id(given),
            at=at,
        )
        return Done(_("The text was saved."))


class RetireText(Verb[StandardText]):
    name = "retire"
    label = _("Put out of use")
    lead = _("Moderators can no longer choose the text. You can put it into use again.")
    look = "danger"
    unfit = frozenset({"out_of_use"})

    def verdict(self, user: User, row: StandardText) -> Verdict:
        return policy.may_retire_text(user, row)

    def perform(self, *, actor: User, row: StandardText, given: Given, at: datetime) -> Done:
        retire_text(actor=actor, text_id=row.pk, at=at)
        return Done(_("The text is out of use."))


class RestoreText(Verb[StandardText]):
    name = "restore"
    label = _("Put into use again")
    lead = _("Moderators can choose the text again, where it stood before.")
    unfit = frozenset({"in_use"})

    def verdict(self, user: User, row: StandardText) -> Verdict:
        return policy.may_restore_text(user, row)

    def perform(self, *, actor: User, row: StandardText, given: Given, at: datetime) -> Done:
        restore_text(actor=actor, text_id=row.pk, at=at)
        return Done(_("The text is in use again."))


class MoveText(Verb[StandardText]):
    """Its button stands in the list, beside the text."""

    in_list = True
    look = ""
    up: ClassVar[bool]

    def verdict(self, user: User, row: StandardText) -> Verdict:
        return policy.may_manage_texts(user)

    def perform(self, *, actor: User, row: StandardText, given: Given, at: datetime) -> Done:
        move_text(actor=actor, text_id=row.pk, up=self.up, at=at)
        return Done(_("The text was moved."), to_list=True, place=f"text-{row.pk}")


class MoveUp(MoveText):
    name = "up"
    label = _("Move up")
    up = True


class MoveDown(MoveText):
    name = "down"
    label = _("Move down")
    up = False
