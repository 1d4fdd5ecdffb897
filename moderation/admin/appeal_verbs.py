"""What the servicedesk does with a decision: writing down that a member does not agree."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from backoffice import clock
from backoffice.staff.models import User
from backoffice.staff.policy import Verdict
from backoffice.ui.verb_pages import NO_PERMISSION
from backoffice.ui.verbs import Done, Given, Verb
from moderation.forms import AppealForm
from moderation.models import Decision
from moderation.policy import last_day_to_appeal, may_take_in_appeal
from moderation.selectors.statements import statement_of
from moderation.services.appeals import take_in_appeal
from moderation.services.letters import letter_of


class TakeInAppeal(Verb[Decision]):
    name = "appeal"
    label = _("Take in an appeal")
    submit = _("Take it in")
    lead = _("Somebody who did not decide before judges it. This cannot be undone.")
    unfit = frozenset({NO_PERMISSION, "not_appealable"})
    form_class = AppealForm
    template = "moderation/appeal_form.html"

    def verdict(self, user: User, row: Decision) -> Verdict:
        return may_take_in_appeal(user, row, at=clock.now())

    def context(self, row: Decision) -> dict[str, Any]:
        statement = statement_of(row)
        letter = letter_of(statement) if statement else None
        return {"statement": statement, "letter": letter, "last_day": last_day_to_appeal(row)}

    def perform(self, *, actor: User, row: Decision, given: Given, at: datetime) -> Done:
        appeal = take_in_appeal(actor=actor, decision_id=row.pk, text=given["text"], at=at)
        if letter_of(appeal.decision.statement).recipient:
            return Done(_("The appeal was taken in. The member gets a letter that says so."))
        return Done(_("The appeal was taken in. We have no e-mail address: tell the member yourself."))
