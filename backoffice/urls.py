"""All addresses. Apps are named by string: the ground floor imports nothing above it."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("api/", include("backoffice.api")),
    path("mail/", include("backoffice.outbox.urls")),
    path("", include("backoffice.staff.urls")),
    path("", include("incidents.urls")),
    path("", include("moderation.urls")),
    path("", admin.site.urls),
]
