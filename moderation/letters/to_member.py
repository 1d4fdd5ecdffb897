"""The letter to the member about whom something was decided (DSA article 17, R46, R89)."""

import re
from datetime import date

from backoffice import clock
from backoffice.outbox.letters import Letter
from backoffice.outbox.models import MailClass
from moderation.choices import Outcome, SubjectKind
from moderation.letters.rendering import render
from moderation.models import Appeal, Decision, HelpRequest, Profile, Statement

TEMPLATE = "decision"
LONGEST_TITLE = 80

_GREETING = re.compile(r"\s*((?:beste|dag|hallo|hoi|geachte|goedendag)\b[^\n,.!?:]{0,80},)\s*", re.IGNORECASE)


def letter_to_member(
    *, statement: Statement, profile: Profile, on: date, message: str | None = None
) -> Letter:
    """Return the letter that explains a decision, dated `on` (Amsterdam); `message` in place of its own.

    Class "contract": a member who declined mail gets it too (R46). `recipient` is empty where
    the profile has no e-mail address: then there is nobody to send it to.
    """
    decision = statement.decision
    greeting, message = _parted(decision.message if message is None else message)
    context = {
        "statement": statement,
        "decision": decision,
        "rules": statement.rules_as_they_were,
        "facts": statement.facts_found,
        "what": _what(statement),
        "greeting": greeting or f"Beste {profile.first_name or 'lid'},",
        "message": message,
        "on": on,
    }
    return Letter(
        mail_class=MailClass.CONTRACT,
        template=TEMPLATE,
        site=decision.site,
        member_id=decision.member_id,
        recipient=profile.email,
        declined=not profile.wants_mail,
        subject=render("decision_subject", **context).strip(),
        body=render("decision", **context),
        about=str(decision.pk),
    )


_SUBJECTS = {
    Outcome.TIP: ("tip", "Een tip bij je tekst op {site}"),
    Outcome.UPHOLD: ("ruling", "Je bezwaar: ons besluit blijft"),
    Outcome.OVERTURN: ("ruling", "Je bezwaar: je hebt gelijk gekregen"),
}

PLAIN = frozenset(_SUBJECTS)
"""Outcomes that are told in a letter without a statement of reasons."""


def plain_letter(*, decision: Decision, profile: Profile, on: date) -> Letter:
    """Return the letter that brings a tip (R14), or tells how an appeal ended (DSA article 20(5))."""
    template, subject = _SUBJECTS[Outcome(decision.outcome)]
    greeting, message = _parted(decision.message)
    context = {
        "decision": decision,
        "first": decision.rules_on,
        "greeting": greeting or f"Beste {profile.first_name or 'lid'},",
        "message": message or decision.reason,
        "on": on,
    }
    return Letter(
        mail_class=MailClass.CONTRACT,
        template=template,
        site=decision.site,
        member_id=decision.member_id,
        recipient=profile.email,
        declined=not profile.wants_mail,
        subject=subject.format(site=decision.site),
        body=render(template, **context),
        about=str(decision.pk),
    )


def appeal_receipt(*, appeal: Appeal, about: Letter, profile: Profile) -> Letter:
    """Return the letter that says that an appeal came in; `about` is the letter that told the decision."""
    return Letter(
        mail_class=MailClass.CONTRACT,
        template="appeal_receipt",
        site=appeal.site,
        member_id=appeal.member_id,
        recipient=profile.email,
        declined=not profile.wants_mail,
        subject="Wij hebben je bezwaar",
        body=render(
            "appeal_receipt",
            greeting=f"Beste {profile.first_name or 'lid'},",
            decision=appeal.decision,
            about=about,
            on=clock.local_day(appeal.received_at),
        ),
        about=str(appeal.decision_id),
    )


def own_texts(subject: Profile | HelpRequest | None) -> list[str]:
    """Return the member's own words: quoting them gives nobody else away."""
    return [getattr(subject, name) for name in subject.text_fields] if subject else []


def _parted(message: str) -> tuple[str, str]:
    """Part the greeting from what a moderator wrote; empty where there is none."""
    found = _GREETING.match(message)
    if found is None:
        return "", message.strip()
    rest = message[found.end() :].strip()
    return found[1], rest[:1].upper() + rest[1:]


def _what(statement: Statement) -> str:
    """Return what it is about, after "je"."""
    if statement.decision.subject_kind == SubjectKind.PROFILE:
        return "profiel"
    title = statement.content_title
    short = title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1].rstrip() + "…"
    return f"tekst “{short}”"
