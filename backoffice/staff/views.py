"""The page where somebody chooses a password with an access code."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from backoffice import clock
from backoffice.errors import DomainError
from backoffice.staff.forms import WelcomeForm
from backoffice.staff.services.access import choose_password
from backoffice.ui.pages import house_page


@sensitive_post_parameters()
@never_cache
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest) -> HttpResponse:
    """Let somebody who is not signed in choose a password, and send them on to sign in."""
    form = WelcomeForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            choose_password(
                username=given["username"], code=given["code"], password=given["password"], at=clock.now()
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Your password is set. Sign in with it."))
            return redirect("admin:login")
    form.point()
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return house_page(
        request, "staff/welcome.html", title=_("Choose your password"), status=status, form=form
    )
