"""What was decided, read back by cursor: for platforms that missed a webhook, or have none."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from backoffice.platforms.api.authentication import KeyAuth, key_of
from backoffice.platforms.api.queries import takes_query
from backoffice.platforms.models import Scope
from moderation.announcements import decision_data
from moderation.api.bodies import LARGEST_REVISION
from moderation.choices import Outcome, SubjectKind
from moderation.selectors.decisions import decisions_after

router = Router(auth=KeyAuth(Scope.DECISIONS), tags=["decisions"])

MOST = 500


class SubjectOut(Schema):
    type: SubjectKind
    id: str


class DecisionOut(Schema):
    """A final decision: the same as the `data` of the webhook `decision.final`."""

    id: UUID
    sequence: int
    site: str
    subject: SubjectOut
    member_id: str
    revision: int
    outcome: Outcome
    rules_on: UUID | None
    policies: list[str]
    reason: str
    message: str
    decided_at: datetime
    final_at: datetime


class DecisionsOut(Schema):
    """A page of the feed. `next` is the cursor to ask with next time, `more` whether there is more now."""

    decisions: list[DecisionOut]
    next: int
    more: bool


@router.get("decisions", response=DecisionsOut)
@takes_query("after", "limit")
def get_decisions(
    request: HttpRequest,
    after: Annotated[Query[int], Field(ge=0, le=LARGEST_REVISION)] = 0,
    limit: Annotated[Query[int], Field(ge=1, le=MOST)] = 100,
) -> Any:
    """Read back final decisions of your site, in order. Decisions that can still be undone are not in it."""
    found = list(decisions_after(site=key_of(request).site, after=after)[: limit + 1])
    shown = found[:limit]
    return {
        "decisions": [decision_data(decision) for decision in shown],
        "next": shown[-1].sequence if shown else after,
        "more": len(found) > limit,
    }
