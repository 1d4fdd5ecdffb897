"""Addresses of the servicedesk. Nothing here writes on GET."""

from django.urls import path

from incidents.views import inbound

app_name = "incidents"
urlpatterns = [
    path("mail/mandrill/inbound/", inbound.mandrill_inbound, name="mandrill-inbound"),
]
