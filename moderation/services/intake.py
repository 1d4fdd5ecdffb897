"""Taking in what platforms tell us, one record or thousands, in a few statements.

Records are idempotent by revision and may come in any order: the highest revision of a record
counts, its removal included, whatever came first.

Two things a platform must know. A record that was refused was never taken in, so it does not
count. And when an account is closed, its requests are gone at once: should a higher revision of
the profile open it again, requests that came before that must be sent again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from backoffice import clock
from backoffice.audit.acting import domain_action
from backoffice.audit.events import record_many
from backoffice.audit.history import store_many
from backoffice.errors import DomainError
from backoffice.staff.models import User
from moderation import events
from moderation.choices import AgeState, SubjectKind
from moderation.models import HelpRequest, Profile, Tombstone
from moderation.services.erasure import erase_accounts, erase_requests
from moderation.services.locks import lock_subjects
from moderation.services.openings import Change, missing_fields, open_reviews
from moderation.services.records import (
    HELP_REQUEST_FIELDS,
    PROFILE_FIELDS,
    HelpRequestRecord,
    HelpRequestRemoved,
    ProfileClosed,
    ProfileRecord,
    Receipt,
    Record,
    Result,
)
from moderation.services.tombstones import bury, digest_of, keeps_away

_STORED = ("revision", "version", "received_at")

Key = tuple[SubjectKind, str, str]


class UnderSixteen(DomainError):
    """Somebody under 16 cannot register (R20). Nothing is kept of them."""

    code = "under_16"


class MemberChanged(DomainError):
    """A request or offer cannot pass to another member: it must be erased with its own."""

    code = "member_changed"


@domain_action
def receive_records(*, actor: User, records: Sequence[Record], at: datetime) -> list[Receipt]:
    """Take in records in one transaction and say of each what became of it, in the same order.

    A record that is refused (`Receipt.refusal`) does not stop the others. A profile is emptied of
    what its record leaves out. Closing an account and removing a request cannot be undone.
    Give some hundreds at a time: locks are held until the end.
    """
    lock_subjects(key for record in records for key in _keys(record))
    receipts: list[Receipt] = []
    for part in _without_repeats(records):
        receipts += _Batch(part).receive(actor=actor, at=at)
    return receipts


def _keys(record: Record) -> tuple[Key, ...]:
    match record:
        case ProfileRecord() | ProfileClosed():
            return ((SubjectKind.PROFILE, record.site, record.member_id),)
        case HelpRequestRemoved():
            return ((SubjectKind.HELP_REQUEST, record.site, record.request_id),)
        case HelpRequestRecord():
            return (
                (SubjectKind.HELP_REQUEST, record.site, record.request_id),
                (SubjectKind.PROFILE, record.site, record.member_id),
            )


def _without_repeats(records: Sequence[Record]) -> Iterator[list[Record]]:
    """Cut records into parts that can each be stored at once: no row is written twice in one.

    A closing touches every request of its member, so the two do not stand in one part.
    """
    part: list[Record] = []
    written: set[Key] = set()
    closed: set[Key] = set()
    members: set[Key] = set()
    for record in records:
        own, *member = _keys(record)
        clashes = own in written or (isinstance(record, ProfileClosed) and own in members)
        if clashes or not closed.isdisjoint(member):
            yield part
            part, written, closed, members = [], set(), set(), set()
        part.append(record)
        written.add(own)
        members.update(member)
        if isinstance(record, ProfileClosed):
            closed.add(own)
    if part:
        yield part


@dataclass(slots=True)
class _Batch:
    """What is here of some records, and what must be written because of them."""

    records: Sequence[Record]
    profiles: dict[tuple[str, str], Profile] = field(default_factory=dict)
    requests: dict[tuple[str, str], HelpRequest] = field(default_factory=dict)
    tombstones: dict[str, Tombstone] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    closed: list[tuple[str, str]] = field(default_factory=list)
    removed: list[HelpRequest] = field(default_factory=list)
    buried: list[tuple[str, int | None]] = field(default_factory=list)

    def receive(self, *, actor: User, at: datetime) -> list[Receipt]:
        self._load()
        answers = [self._receive_one(record, at=at) for record in self.records]
        erase_accounts(accounts=self.closed, actor=actor, at=at)
        erase_requests(requests=self.removed, actor=actor, at=at)
        bury(self.buried, at=at)
        self._store(at=at)
        reviews = open_reviews(self.changes, actor=actor, at=at)
        record_many(
            [
                (
                    events.RecordReceived(
                        result="created" if change.created else "updated",
                        revision=change.subject.revision,
                        version=change.subject.version,
                    ),
                    change.subject,
                )
                for change in self.changes
            ],
            actor=actor,
            at=at,
        )
        for receipt, subject in answers:
            if subject is not None:
                receipt.review_id = reviews.get(subject.pk)
        return [receipt for receipt, _subject in answers]

    def _load(self) -> None:
        keys = sorted({key for record in self.records for key in _keys(record)})
        digests = [digest_of(*key) for key in keys]
        self.tombstones = {stone.digest: stone for stone in Tombstone.objects.filter(digest__in=digests)}
        for site in sorted({site for _kind, site, _number in keys}):
            members = [key[2] for key in keys if key[:2] == (SubjectKind.PROFILE, site)]
            numbers = [key[2] for key in keys if key[:2] == (SubjectKind.HELP_REQUEST, site)]
            if members:
                found = Profile.objects.filter(site=site, member_id__in=members).order_by("pk")
                for profile in found.select_for_update(no_key=True):
                    self.profiles[site, profile.member_id] = profile
            if numbers:
                asked = HelpRequest.objects.filter(site=site, request_id__in=numbers).order_by("pk")
                for request in asked.select_for_update(no_key=True):
                    self.requests[site, request.request_id] = request

    def _store(self, *, at: datetime) -> None:
        for kind, fields in ((Profile, PROFILE_FIELDS), (HelpRequest, HELP_REQUEST_FIELDS)):
            ours = [change for change in self.changes if isinstance(change.subject, kind)]
            store_many([change.subject for change in ours if change.created], reason="received", at=at)
            store_many(
                [change.subject for change in ours if not change.created],
                reason="received",
                at=at,
                fields=(*fields, *_STORED),
            )

    def _stone(self, key: Key) -> Tombstone | None:
        return self.tombstones.get(digest_of(*key)) if self.tombstones else None

    def _receive_one(self, record: Record, *, at: datetime) -> tuple[Receipt, Profile | HelpRequest | None]:
        match record:
            case ProfileRecord():
                return self._receive_profile(record, at=at)
            case HelpRequestRecord():
                return self._receive_request(record, at=at)
            case ProfileClosed():
                profile = self.profiles.get((record.site, record.member_id))
                receipt = self._remove(record, held=profile)
                if receipt.result == Result.REMOVED or profile is None:  # a decision may be left (R22)
                    self.closed.append((record.site, record.member_id))
                return receipt, None
            case HelpRequestRemoved():
                request = self.requests.get((record.site, record.request_id))
                receipt = self._remove(record, held=request)
                if receipt.result == Result.REMOVED and request is not None:
                    self.removed.append(request)
                return receipt, None

    def _receive_profile(self, record: ProfileRecord, *, at: datetime) -> tuple[Receipt, Profile | None]:
        key = (record.site, record.member_id)
        held = self.profiles.get(key)
        if (late := self._late(record, held)) is not None:
            return late, None
        profile = held or Profile(site=record.site, member_id=record.member_id, first_received_at=at)
        before = {name: getattr(profile, name) for name in PROFILE_FIELDS}
        for name in PROFILE_FIELDS:
            setattr(profile, name, getattr(record, name))
        if held is None and profile.age_state(on=clock.local_day(at)) == AgeState.UNDER_16:
            message = _("Somebody under 16 cannot register. Nothing was kept.")
            return _refusal(record, UnderSixteen(message, field="birth_date")), None
        changed = {name for name in PROFILE_FIELDS if getattr(profile, name) != before[name]}
        ages = "birth_date" in changed and _needs_a_look(profile, at=at)
        self.profiles[key] = profile
        receipt = self._take_in(record, profile, created=held is None, changed=changed, also=ages, at=at)
        receipt.missing = missing_fields(profile)
        return receipt, profile

    def _receive_request(
        self, record: HelpRequestRecord, *, at: datetime
    ) -> tuple[Receipt, HelpRequest | None]:
        key = (record.site, record.request_id)
        held = self.requests.get(key)
        if (late := self._late(record, held)) is not None:
            return late, None
        member_stone = self._stone((SubjectKind.PROFILE, record.site, record.member_id))
        if member_stone is not None and (record.site, record.member_id) not in self.profiles:
            return Receipt(result=Result.IGNORED, revision=None), None
        if held is not None and held.member_id != record.member_id:
            message = _("A request stays with its member. Send it under a new number.")
            return _refusal(record, MemberChanged(message, field="member_id")), None
        request = held or HelpRequest(
            site=record.site, request_id=record.request_id, member_id=record.member_id, first_received_at=at
        )
        changed = {name for name in HELP_REQUEST_FIELDS if getattr(request, name) != getattr(record, name)}
        for name in HELP_REQUEST_FIELDS:
            setattr(request, name, getattr(record, name))
        self.requests[key] = request
        receipt = self._take_in(record, request, created=held is None, changed=changed, at=at)
        return receipt, request

    def _take_in(
        self,
        record: ProfileRecord | HelpRequestRecord,
        subject: Profile | HelpRequest,
        *,
        created: bool,
        changed: set[str],
        also: bool = False,
        at: datetime,
    ) -> Receipt:
        """Give a subject its new revision. `also`: somebody must look, whatever changed."""
        subject.revision = record.revision
        subject.received_at = at
        if changed and not created:
            subject.version += 1
        material = created or also or not changed.isdisjoint(subject.material_fields)
        self.changes.append(Change(subject, created=created, material=material))
        return Receipt(result=Result.CREATED if created else Result.UPDATED, revision=record.revision)

    def _late(
        self, record: ProfileRecord | HelpRequestRecord, held: Profile | HelpRequest | None
    ) -> Receipt | None:
        """Return the receipt of a record that changes nothing: it is known, older, or removed since."""
        if held is not None and record.revision <= held.revision:
            known = record.revision == held.revision
            return Receipt(
                result=Result.UNCHANGED if known else Result.IGNORED,
                revision=held.revision,
                missing=missing_fields(held) if isinstance(held, Profile) else [],
            )
        stone = self._stone(_keys(record)[0])
        if stone is not None and keeps_away(stone, record.revision):
            return Receipt(result=Result.IGNORED, revision=stone.revision)
        return None

    def _remove(
        self, record: ProfileClosed | HelpRequestRemoved, *, held: Profile | HelpRequest | None
    ) -> Receipt:
        """Let a record go, unless a later revision of it is here or it was removed before."""
        if held is not None and record.revision is not None and record.revision < held.revision:
            return Receipt(result=Result.IGNORED, revision=held.revision)
        key = _keys(record)[0]
        stone = self._stone(key)
        if held is None and stone is not None and keeps_away(stone, record.revision):
            same = stone.revision == record.revision
            return Receipt(result=Result.UNCHANGED if same else Result.IGNORED, revision=stone.revision)
        self.buried.append((digest_of(*key), record.revision))
        return Receipt(result=Result.REMOVED, revision=record.revision)


def _refusal(record: ProfileRecord | HelpRequestRecord, refusal: DomainError) -> Receipt:
    return Receipt(result=Result.REFUSED, revision=record.revision, refusal=refusal)


def _needs_a_look(profile: Profile, *, at: datetime) -> bool:
    state = profile.age_state(on=clock.local_day(at))
    return state == AgeState.UNDER_16 or (state == AgeState.UNKNOWN and not profile.age_confirmed_basis)
