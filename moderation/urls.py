"""Addresses of the desk. Nothing here writes on GET."""

from django.urls import path

from moderation.views import (
    appeals,
    care,
    danger,
    deciding,
    desk,
    letters,
    lots,
    people,
    photos,
    queues,
    second_looks,
    ties,
)

app_name = "moderation"
urlpatterns = [
    path("queues/<slug:slug>/", queues.queue_page, name="queue"),
    path("queues/<slug:slug>/desk/", desk.empty_desk, name="desk"),
    path("queues/<slug:slug>/next/", deciding.next_item, name="next"),
    path("queues/<slug:slug>/lot/", lots.lot_page, name="lot"),
    path("queues/<slug:slug>/ahead/", deciding.item_ahead, name="ahead"),
    path("reviews/<uuid:review_id>/", desk.review_page, name="review"),
    path("reviews/<uuid:review_id>/state/", desk.review_state, name="state"),
    path("reviews/<uuid:review_id>/take/", deciding.take, name="take"),
    path("reviews/<uuid:review_id>/uncover/", care.uncover_item, name="uncover"),
    path("reviews/<uuid:review_id>/renew/", deciding.renew, name="renew"),
    path("reviews/<uuid:review_id>/release/", deciding.release, name="release"),
    path("reviews/<uuid:review_id>/decide/", deciding.decide, name="decide"),
    path("reviews/<uuid:review_id>/letter/", letters.letter, name="letter"),
    path("reviews/<uuid:review_id>/skip/", deciding.skip, name="skip"),
    path("reviews/<uuid:review_id>/escalate/", deciding.escalate, name="escalate"),
    path("reviews/<uuid:review_id>/danger/", danger.danger_page, name="danger"),
    path("reviews/<uuid:review_id>/danger/report/", danger.report, name="danger-report"),
    path("reviews/<uuid:review_id>/danger/steps/", danger.record, name="danger-step"),
    path("danger-steps/<int:step_id>/correct/", danger.correct, name="danger-correct"),
    path("reviews/<uuid:review_id>/note/", deciding.add_note, name="note"),
    path("appeals/", appeals.find_decision, name="appeals"),
    path("second-looks/", second_looks.second_looks, name="second-looks"),
    path("second-looks/<uuid:look_id>/settle/", second_looks.settle, name="settle"),
    path("stop/", deciding.stop, name="stop"),
    path("my-settings/", care.my_settings, name="care"),
    path("ties/", ties.my_ties, name="ties"),
    path("ties/<int:tie_id>/withdraw/", ties.withdraw, name="withdraw-tie"),
    path("people/", people.find_people, name="people"),
    path("photos/<uuid:profile_id>/", photos.photo, name="photo"),
    path("signals/<int:signal_id>/dismiss/", deciding.dismiss_signal, name="dismiss"),
    path("lots/<uuid:lot>/undo/", lots.undo, name="undo-lot"),
    path("decisions/<uuid:decision_id>/undo/", deciding.undo, name="undo"),
]
