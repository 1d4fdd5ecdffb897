"""What platforms hear of a decision: the same in the webhook and in the feed."""

from typing import Any

from moderation.models import Decision


def decision_data(decision: Decision) -> dict[str, Any]:
    """Return a final decision as platforms get it. Times are ISO 8601 in UTC."""
    assert decision.final_at is not None
    return {
        "id": str(decision.pk),
        "sequence": decision.sequence,
        "site": decision.site,
        "subject": {"type": decision.subject_kind, "id": decision.subject_external_id},
        "member_id": decision.member_id,
        "revision": decision.revision,
        "outcome": decision.outcome,
        "rules_on": str(decision.rules_on_id) if decision.rules_on_id else None,
        "policies": [ground.policy.code for ground in decision.grounds.all()],
        "reason": decision.reason,
        "message": decision.message,
        "decided_at": decision.decided_at.isoformat(),
        "final_at": decision.final_at.isoformat(),
    }
