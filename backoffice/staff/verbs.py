"""What administrators do with who works here."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from backoffice.audit.meanwhile import version_of
from backoffice.staff import policy
from backoffice.staff.forms import InviteForm, RolesForm
from backoffice.staff.models import User
from backoffice.staff.policy import Verdict
from backoffice.staff.services.people import (
    change_roles,
    deactivate_staff,
    invite_staff,
    reactivate_staff,
    reset_access,
    roles_of,
)
from backoffice.ui.verbs import Done, Given, ShownOnce, Verb


def _shown(code: str) -> ShownOnce:
    hint = _(
        "Give it to this person and nobody else. With it they choose a password of their own, on the "
        "page /welcome/ of this site. It works once, for three days."
    )
    return ShownOnce(_("The access code"), code, hint)


class InviteStaff(Verb[None]):
    name = "invite"
    label = _("Invite somebody")
    lead = _("They get an access code from you, and choose a password that only they know.")
    makes = True
    form_class = InviteForm

    def verdict(self, user: User, row: None) -> Verdict:  # noqa: ARG002 - there is no row yet
        return policy.may_manage_staff(user)

    def perform(self, *, actor: User, row: None, given: Given, at: datetime) -> Done:  # noqa: ARG002
        person, code = invite_staff(
            actor=actor,
            username=given["username"],
            display_name=given["display_name"],
            roles=given["roles"],
            at=at,
        )
        return Done(_("The account was made."), row=person, shown=_shown(code))


class ChangeRoles(Verb[User]):
    name = "roles"
    label = _("Change roles")
    submit = _("Save")
    lead = _("The new roles hold from the next click of this person.")
    form_class = RolesForm
    unfit = frozenset({policy.IS_INACTIVE.code})

    def verdict(self, user: User, row: User) -> Verdict:
        return policy.may_change_roles(user, row)

    def initial(self, row: User) -> Given:
        return {"seen": version_of(row), "roles": [role.value for role in roles_of(row)]}

    def perform(self, *, actor: User, row: User, given: Given, at: datetime) -> Done:
        change_roles(actor=actor, user_id=row.pk, seen=given["seen"], roles=given["roles"], at=at)
        return Done(_("The roles were saved."))


class ResetAccess(Verb[User]):
    name = "access"
    label = _("New access code")
    lead = _(
        "For who forgot the password, or lost a telephone or laptop. The present password stops working at "
        "once, and everybody who is signed in with it is signed out."
    )
    look = ""
    unfit = frozenset({policy.IS_INACTIVE.code})

    def verdict(self, user: User, row: User) -> Verdict:
        return policy.may_reset_access(user, row)

    def perform(self, *, actor: User, row: User, given: Given, at: datetime) -> Done:  # noqa: ARG002
        _person, code = reset_access(actor=actor, user_id=row.pk, at=at)
        return Done(_("The old password no longer works."), shown=_shown(code))


class DeactivateStaff(Verb[User]):
    name = "deactivate"
    label = _("Switch off")
    lead = _(
        "This person can no longer sign in, and is signed out now. What they did stays under their name. "
        "You can switch the account on again."
    )
    look = "danger"
    unfit = frozenset({policy.IS_INACTIVE.code})

    def verdict(self, user: User, row: User) -> Verdict:
        return policy.may_deactivate(user, row)

    def perform(self, *, actor: User, row: User, given: Given, at: datetime) -> Done:  # noqa: ARG002
        deactivate_staff(actor=actor, user_id=row.pk, at=at)
        return Done(_("The account was switched off."))


class ReactivateStaff(Verb[User]):
    name = "reactivate"
    label = _("Switch on again")
    lead = _("The account comes back with the roles it had. The old password does not: a new one is chosen.")
    unfit = frozenset({policy.IS_ACTIVE.code})

    def verdict(self, user: User, row: User) -> Verdict:
        return policy.may_reactivate(user, row)

    def perform(self, *, actor: User, row: User, given: Given, at: datetime) -> Done:  # noqa: ARG002
        _person, code = reactivate_staff(actor=actor, user_id=row.pk, at=at)
        return Done(_("The account is on again."), shown=_shown(code))
