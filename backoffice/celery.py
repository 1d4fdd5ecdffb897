"""Work in the background. A task is a nudge: what there is to do stands in PostgreSQL."""

import os
import re
from typing import Any, ClassVar

from celery import Celery, Task
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backoffice.settings")


class HouseCelery(Celery):
    """Celery whose consumers are woken by the broker's notifications; who only sends listens to none.

    A sender never reads what it is notified of: its connection would fill up, and hold PostgreSQL's
    queue of notifications, and any DROP DATABASE, until it ends.
    """

    def connection_for_read(self, url: Any = None, **options: Any) -> Any:
        """Return a connection to consume from."""
        if str(self.conf.broker_url).startswith("pgmq:"):
            options["transport_options"] = {**(options.get("transport_options") or {}), "use_notify": True}
        return super().connection_for_read(url, **options)


app = HouseCelery("backoffice")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

_ID = re.compile(r"[0-9a-fA-F-]{1,36}\Z")


class NotAnId(TypeError):
    """A task was given something that may be a personal value: only ids may wait in a queue. A bug."""


class JobTask(Task):
    """A task that acts as a system user, in a run of its own.

    `@shared_task(base=JobTask, acts_as=DELIVERY)`; takes ids only (numbers, UUIDs, hex digits).
    """

    abstract = True
    acts_as: ClassVar[str]

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        from backoffice.audit.acting import acting_as, new_id
        from backoffice.staff.system import system_user

        with acting_as(system_user(self.acts_as), run_id=new_id()):
            return super().__call__(*args, **kwargs)

    def apply_async(self, args: Any = None, kwargs: Any = None, **options: Any) -> Any:
        """Queue the task. Raises NotAnId for an argument that is not an id."""
        for value in (*(args or ()), *(kwargs or {}).values()):
            if not (isinstance(value, int) or (isinstance(value, str) and _ID.match(value))):
                raise NotAnId(f"{self.name} takes ids only")
        return super().apply_async(args, kwargs, **options)


@setup_logging.connect
def _keep_our_logging(**_kwargs: Any) -> None:
    """Let Django's LOGGING stand: Celery would lay its own over it."""
