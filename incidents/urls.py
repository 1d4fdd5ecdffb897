"""Addresses of the servicedesk. Nothing here writes on GET."""

from django.urls import path

from incidents.views import (
    dossier_verbs,
    dossiers,
    inbound,
    ticket_list,
    ticket_page,
    ticket_texts,
    ticket_verbs,
)

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
    path("tickets/", ticket_list.tickets, name="tickets"),
    path("calls/new/", ticket_verbs.call, name="call"),
    path("standard-answers/", ticket_texts.answers, name="standard-answers"),
    path("standard-answers/add/", ticket_texts.add, name="add-standard-answer"),
    path("standard-answers/<int:answer_id>/", ticket_texts.change, name="standard-answer"),
    path("standard-answers/<int:answer_id>/use/", ticket_texts.use, name="use-standard-answer"),
    path("tickets/enclosures/<uuid:enclosure_id>/", ticket_page.enclosure, name="enclosure"),
    path("tickets/<int:number>/", ticket_page.ticket, name="ticket"),
    path("tickets/<int:number>/answer/", ticket_page.answer, name="answer-ticket"),
    path("tickets/<int:number>/note/", ticket_verbs.note, name="note-ticket"),
    path("tickets/<int:number>/assign/", ticket_verbs.assign, name="assign-ticket"),
    path("tickets/<int:number>/wait/", ticket_verbs.wait, name="wait-ticket"),
    path("tickets/<int:number>/resume/", ticket_verbs.resume, name="resume-ticket"),
    path("tickets/<int:number>/close/", ticket_verbs.close, name="close-ticket"),
    path("tickets/<int:number>/reopen/", ticket_verbs.reopen, name="reopen-ticket"),
    path("tickets/<int:number>/classify/", ticket_verbs.classify, name="classify-ticket"),
    path("tickets/<int:number>/merge/", ticket_verbs.merge, name="merge-ticket"),
    path("tickets/<int:number>/split/", ticket_verbs.split, name="split-ticket"),
    path("tickets/<int:number>/no-rights/", ticket_verbs.no_rights, name="no-rights"),
]
