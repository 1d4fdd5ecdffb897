"""A gentle stop between two items, after as many heavy ones as somebody set for themselves in a day."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from backoffice import clock
from backoffice.ui.pages import staff_of
from moderation.choices import Queue
from moderation.selectors.care import heavy_today, pause_after

KEPT_AS = "went_on_after_heavy"


def pause_due(request: HttpRequest, *, besides: UUID | None = None) -> int:
    """Return after how many heavy items it is time for a pause; 0 when it is not. Writes nothing."""
    on, went_on_at = request.session.get(KEPT_AS, ("", 0))
    if on != str(clock.today()):
        went_on_at = 0
    return pause_after(staff_of(request), at=clock.now(), went_on_at=went_on_at, besides=besides)


def go_on(request: HttpRequest) -> None:
    """Keep in the session that the person goes on without a pause; they are asked again later."""
    request.session[KEPT_AS] = (str(clock.today()), heavy_today(staff_of(request), at=clock.now()))


def pause_answer(request: HttpRequest, queue: Queue, seen: int) -> dict[str, Any]:
    """Return the stop as the page's script takes it."""
    return {
        "id": "",
        "url": reverse("moderation:desk", args=[queue]),
        "title": _("A pause?"),
        "html": render_to_string("moderation/desk/pause.html", {"queue": queue, "pause": seen}, request),
    }
