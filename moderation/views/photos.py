"""Photos of members, for who may see them."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from backoffice.staff.permissions import Permission
from backoffice.ui.pages import staff_of, staff_page
from moderation.models import Profile
from moderation.policy import may_see_photo


@staff_page(Permission.SEE_RECORDS)
@require_safe
def photo(request: HttpRequest, profile_id: UUID) -> HttpResponseBase:
    """Answer the JPEG of a member's photo; kept by nobody on the way."""
    if not (verdict := may_see_photo(staff_of(request))):
        raise PermissionDenied(str(verdict.message))
    profile = get_object_or_404(Profile, pk=profile_id)
    if not profile.photo:
        raise Http404
    try:
        file = default_storage.open(profile.photo)
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(
        file,
        content_type="image/jpeg",
        headers={
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
            "Content-Disposition": "inline",
        },
    )
