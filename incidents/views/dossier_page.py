"""The page of one dossier, with every panel that can be opened on it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from backoffice import clock
from backoffice.audit.meanwhile import version_of
from backoffice.audit.reads import purpose_of_today
from backoffice.staff.models import User
from backoffice.staff.policy import Verdict
from backoffice.ui.forms import HouseForm
from backoffice.ui.pages import house_page, staff_of
from incidents.choices.dossiers import LetterKind, OutreachState, PartyRole
from incidents.forms import dossiers as forms
from incidents.forms.describing import as_described
from incidents.models import Dossier, Party
from incidents.models.dossiers import FIVE
from incidents.policy import dossiers as policy
from incidents.selectors.dossiers import handlers, links_of, proposals_of, timeline_of
from incidents.services.letters import letters_for
from incidents.services.measures import Ladder, ladder_of
from incidents.services.same_person import Match, same_person


@dataclass(frozen=True)
class PartyCard:
    """Somebody in the dossier, with what can be sent to them and where they were met before."""

    party: Party
    shown: bool
    letters: list[LetterKind]
    may_write: Verdict
    earlier: list[Match]
    late: bool


@dataclass(frozen=True)
class Panel:
    """A form that opens on the page, and whether this person may send it."""

    verb: str
    title: str | Promise
    form: HouseForm
    verdict: Verdict
    key: str = ""
    is_open: bool = False
    look: str = "main"


def dossier_page(
    request: HttpRequest,
    dossier: Dossier,
    *,
    bound: tuple[str, HouseForm] | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """Return the whole page; `bound` is a verb with the form that was refused."""
    user, at = staff_of(request), clock.now()
    today = clock.local_day(at)
    parties = list(dossier.parties.all())
    for party in parties:
        party.dossier = dossier
    reporters = [party for party in parties if party.role == PartyRole.REPORTER]
    shown = not reporters or any(purpose_of_today(reader=user, subject=one, at=at) for one in reporters)
    group = request.GET.get("timeline", "")
    lines = timeline_of(dossier, group=group, names_shown=shown)
    offenders = [party for party in parties if party.role == PartyRole.OFFENDER]
    ladder = ladder_of(offenders[0]) if offenders else None
    panels = _panels(request, user, dossier, ladder, shown=shown, bound=bound)
    return house_page(
        request,
        "incidents/dossiers/dossier.html",
        title=dossier.reference,
        status=status,
        dossier=dossier,
        today=today,
        names_shown=shown,
        five=_five(dossier, names_shown=shown),
        cards=[_card(user, party, shown=shown, today=today) for party in parties],
        lines=lines,
        pinned=[line for line in lines if line.entry is not None and line.entry.pinned],
        group=group,
        groups=_groups(),
        ladder=ladder,
        measures=list(dossier.measures.select_related("party", "taken_by")),
        proposals=proposals_of(offenders),
        links=links_of(dossier, user=user),
        attachments=list(dossier.attachments.select_related("file", "attached_by")),
        tasks=list(dossier.outreach.all()),
        not_told=[party for party in parties if dossier.is_handled and party.outcome_told_at is None],
        panels=panels,
        may_add=policy.may_add_to(user, dossier),
        may_decide=policy.may_decide(user, dossier),
        loose=[panel for verb, panel in panels.items() if verb in _ASKED_IN_PLACE],
        outreach_states=OutreachState.choices,
        **more,
    )


def _groups() -> list[tuple[str, str]]:
    return [
        ("", _("Everything")), ("happened", _("Happened")), ("said", _("Said and sent")),
        ("decided", _("Decided")), ("notes", _("Notes")), ("log", _("Log and looks")),
    ]  # fmt: skip


def _five(dossier: Dossier, *, names_shown: bool) -> list[tuple[str, Any, str, bool]]:
    """Label, value in words, why unknown, and whether it is hidden until the reporter is shown."""
    named = {"reporter_name", "contact"}
    day = date_format(dossier.happened_on, "j F Y") if dossier.happened_on else ""
    return [
        (
            str(Dossier._meta.get_field(name).verbose_name),  # type: ignore[union-attr] # a field of ours
            day if name == "happened_on" else getattr(dossier, name),
            getattr(dossier, f"{name}_unknown"),
            name in named and not names_shown and bool(getattr(dossier, name)),
        )
        for name in FIVE
    ]


def _card(user: User, party: Party, *, shown: bool, today: Any) -> PartyCard:
    return PartyCard(
        party=party,
        shown=shown or party.role != PartyRole.REPORTER,
        letters=list(letters_for(party.dossier, party, on=today)),
        may_write=policy.may_write_to(user, party),
        earlier=[match for match in same_person(party) if policy.may_see(user, match.party.dossier)],
        late=bool(party.inform_by_on and not party.informed_at and party.inform_by_on < today),
    )


def form_of(verb: str, dossier: Dossier, data: Any = None, files: Any = None) -> HouseForm:
    """Return the form of a verb, bound to what was sent."""
    if verb == "assign":
        return forms.AssignForm(data, dossier=dossier, handlers=handlers(), auto_id=f"{verb}_%s")
    return FORMS[verb](data, files, dossier=dossier, auto_id=f"{verb}_%s")


_ASKED_IN_PLACE = frozenset({"pin", "lift", "settle", "defer", "undefer", "reached"})
"""Verbs without a panel of their own: one opens when it was refused."""


FORMS: dict[str, type[forms.DossierForm]] = {
    "edit": forms.EditForm,
    "assign": forms.AssignForm,
    "wait": forms.WaitForm,
    "party": forms.PartyForm,
    "line": forms.LineForm,
    "pin": forms.PinForm,
    "letter": forms.LetterForm,
    "decide": forms.OutcomeForm,
    "handle": forms.NothingForm,
    "reopen": forms.BecauseForm,
    "hold": forms.HoldForm,
    "release": forms.NothingForm,
    "measure": forms.MeasureForm,
    "lift": forms.LiftForm,
    "settle": forms.SettleForm,
    "paper": forms.PaperForm,
    "link": forms.LinkForm,
    "attach": forms.AttachForm,
    "safety": forms.SafetyForm,
    "defer": forms.DeferForm,
    "undefer": forms.OnePartyForm,
    "outreach": forms.OutreachForm,
    "reached": forms.TaskForm,
}


def _panels(
    request: HttpRequest,
    user: User,
    dossier: Dossier,
    ladder: Ladder | None,
    *,
    shown: bool,
    bound: tuple[str, HouseForm] | None,
) -> dict[str, Panel]:
    add, change = policy.may_add_to(user, dossier), policy.may_change(user, dossier)
    today = clock.today()
    initial: dict[str, dict[str, Any]] = {
        "line": {"happened_on": today},
        "assign": {"owner": dossier.owner_id},
        "wait": {"waiting_for": dossier.waiting_for, "until": dossier.waiting_until},
        "decide": {"outcome": dossier.outcome, "grounds": dossier.outcome_grounds},
        "measure": {"kind": ladder.proposed} if ladder else {},
    }
    asked: list[tuple[str, str, Verdict, str, str]] = [
        ("safety", _("Somebody is in danger"), add, "!", "danger"),
        ("line", _("Write in the timeline"), add, "t", "main"),
        ("party", _("Add somebody"), change, "p", "main"),
        ("attach", _("Add a file"), add, "f", "main"),
        ("decide", _("Decide the outcome"), policy.may_decide(user, dossier), "u", "main"),
        ("measure", _("Take a measure"), policy.may_decide(user, dossier), "m", "main"),
        ("outreach", _("Who was in touch with them"), add, "", "main"),
        ("wait", _("Whose turn it is"), change, "w", "main"),
        ("assign", _("Give it to a colleague"), change, "g", "main"),
        ("link", _("Link another dossier"), add, "k", "main"),
        ("paper", _("Put it on paper"), policy.may_print(user, dossier, masked=True), "", "main"),
        ("hold", _("Keep it longer"), policy.may_hold(user, dossier), "", "main"),
        ("release", _("Keep it no longer"), policy.may_hold(user, dossier), "", "main"),
        ("handle", _("Handled: close the dossier"), policy.may_handle(user, dossier), "h", "main"),
        ("reopen", _("Reopen"), policy.may_reopen(user, dossier), "", "main"),
    ]
    hidden = {"release"} if not dossier.hold_reason else {"hold"}
    hidden |= {"handle", "decide", "measure"} if dossier.is_handled else {"reopen"}
    hidden |= set() if ladder else {"measure", "outreach"}
    panels = {}
    for verb, title, verdict, key, look in asked:
        if verb in hidden:
            continue
        form = form_of(verb, dossier)
        form.initial.update(initial.get(verb, {}))
        panels[verb] = Panel(verb, title, form, verdict, key, look=look)
    if shown:
        form = form_of("edit", dossier)
        form.initial.update(as_described(dossier, seen=version_of(dossier)))
        panels["edit"] = Panel("edit", _("Change this"), form, change, "e")
    if letter := _letter(request, user, dossier, names_shown=shown):
        panels["letter"] = letter
    if bound:
        verb, form = bound
        known = panels.get(verb)
        panels[verb] = Panel(
            verb,
            known.title if known else _("This could not be done"),
            form,
            known.verdict if known else add,
            known.key if known else "",
            is_open=True,
            look=known.look if known else "main",
        )
    return panels


def _letter(request: HttpRequest, user: User, dossier: Dossier, *, names_shown: bool) -> Panel | None:
    """Return the letter that the address asks for (`?letter=hearing&to=<party>`), ready to be edited."""
    party = next((one for one in dossier.parties.all() if str(one.pk) == request.GET.get("to")), None)
    if party is None or (party.role == PartyRole.REPORTER and not names_shown):
        return None
    party.dossier = dossier
    drafts = letters_for(dossier, party, on=clock.today())
    kind = next((one for one in drafts if one == request.GET.get("letter")), None)
    if kind is None:
        return None
    form = form_of("letter", dossier)
    draft = drafts[kind]
    form.initial.update(party=str(party.pk), kind=kind, subject=draft.subject, body=draft.body)
    title = _("Letter to %(name)s: %(kind)s") % {"name": party.called, "kind": kind.label}
    return Panel("letter", title, form, policy.may_write_to(user, party), is_open=True)
