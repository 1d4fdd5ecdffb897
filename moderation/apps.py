from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    """Gives a new house its house rules, standard texts and signal rules after the first migrate.

    Signal rules that a new version of the program brings are taken in after every migrate.
    """

    name = "moderation"
    verbose_name = _("moderation")

    def ready(self) -> None:
        post_migrate.connect(store_house_rules, sender=self, dispatch_uid="moderation.house_rules")
        post_migrate.connect(store_standard_texts, sender=self, dispatch_uid="moderation.standard_texts")
        post_migrate.connect(take_in_signal_rules, sender=self, dispatch_uid="moderation.signal_rules")


def store_house_rules(**_kwargs: Any) -> None:
    """Store the house rules of `house_rule_defaults` where there are none yet."""
    from backoffice import clock
    from backoffice.audit.acting import acting_as
    from backoffice.audit.history import store_many
    from backoffice.staff.system import SETUP, system_user
    from moderation.house_rule_defaults import CHAPTERS, RULES
    from moderation.models import Policy

    if Policy.objects.exists():
        return
    at = clock.now()
    chapters = {
        code: Policy(code=code, title=title, position=100 * place)
        for place, (code, title) in enumerate(CHAPTERS.items(), start=1)
    }
    with acting_as(system_user(SETUP)):
        store_many(list(chapters.values()), reason="default", at=at)
        rules = [
            Policy(
                code=rule.code,
                chapter=chapters[rule.code.split(".")[0]],
                title=rule.title,
                text=rule.text,
                outcomes=list(rule.outcomes),
                category=rule.category,
                specification=rule.specification or "",
                ground=rule.ground,
                legal_reference=rule.article,
                about_personal_data=rule.about_personal_data,
                position=chapters[rule.code.split(".")[0]].position + int(rule.code.split(".")[1]),
            )
            for rule in RULES
        ]
        store_many(rules, reason="default", at=at)


def store_standard_texts(**_kwargs: Any) -> None:
    """Store the standard texts of `standard_text_defaults` where there are none yet."""
    from backoffice import clock
    from backoffice.audit.acting import acting_as
    from backoffice.audit.history import store_many
    from backoffice.staff.system import SETUP, system_user
    from moderation.house_rule_defaults import TEXTS_OF
    from moderation.models import Policy, StandardText
    from moderation.standard_text_defaults import TEXTS

    if StandardText.objects.exists():
        return
    rules = {rule.code: rule for rule in Policy.objects.all()}
    texts = [
        StandardText(
            outcome=outcome,
            title=title,
            body=body,
            position=position,
            policy=rules.get(TEXTS_OF.get(title, "")),
        )
        for position, (outcome, title, body) in enumerate(TEXTS, start=1)
    ]
    with acting_as(system_user(SETUP)):
        store_many(texts, reason="default", at=clock.now())


def take_in_signal_rules(**_kwargs: Any) -> None:
    """Take in the signal rules that came with the program."""
    from backoffice import clock
    from backoffice.staff.system import SETUP, system_user
    from moderation.services.rule_defaults import take_in_default_rules

    take_in_default_rules(actor=system_user(SETUP), at=clock.now())
