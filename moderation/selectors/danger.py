"""What was done for a member who may be in danger."""

from moderation.models import DangerStep


def steps_about(*, site: str, member_id: str) -> list[DangerStep]:
    """Return what was done for a member, in order; each with its `correction` when it was taken back.

    One query.
    """
    steps = DangerStep.objects.filter(site=site, member_id=member_id, corrects=None)
    return list(steps.select_related("by", "correction__by"))
