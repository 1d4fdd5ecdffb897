"""What mail services tell us."""

from django.urls import path

from backoffice.outbox.views import mandrill

app_name = "outbox"
urlpatterns = [path("mandrill/tracking/", mandrill, name="mandrill")]
