"""Addresses of the servicedesk. Nothing here writes on GET."""

from django.urls import path

from incidents.views import dossier_verbs, dossiers, inbound

app_name = "incidents"
urlpatterns = [
    path("mail/mandrill/inbound/", inbound.mandrill_inbound, name="mandrill-inbound"),
    path("dossiers/", dossiers.dossier_list, name="dossiers"),
    path("dossiers/new/", dossiers.new_dossier, name="new-dossier"),
    path("dossiers/<uuid:dossier_id>/", dossiers.dossier, name="dossier"),
    path("dossiers/<uuid:dossier_id>/look/", dossiers.open_page, name="look"),
    path("dossiers/<uuid:dossier_id>/reporter/", dossiers.show_reporter, name="show-reporter"),
    path("dossiers/<uuid:dossier_id>/files/<uuid:attachment_id>/", dossiers.attachment, name="dossier-file"),
    path("dossiers/<uuid:dossier_id>/<slug:verb>/", dossier_verbs.perform, name="dossier-verb"),
]
