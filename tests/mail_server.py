"""An SMTP server on loopback, as good or as bad as a test wants it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller


@dataclass
class MailServer:
    """Keeps what it took. `says` answers to addresses by their local part; `slow` holds every line."""

    port: int = 0
    taken: list[EmailMessage] = field(default_factory=list)
    says: dict[str, str] = field(default_factory=dict)
    slow: float = 0

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        refusal = self.says.get(address.split("@", maxsplit=1)[0])
        if refusal:
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if self.slow:
            time.sleep(self.slow)  # noqa: ASYNC251 - the whole server hangs, as servers do
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.taken.append(message)
        return "250 taken"


class _AnyPort(Controller):
    """aiosmtpd's, which would knock at port 0 to see whether it runs."""

    def _trigger_server(self) -> None:
        listening: Any = self.server
        self.port = listening.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """Run a mail server on a free port of loopback until the block ends."""
    server = MailServer()
    controller = _AnyPort(server, hostname="127.0.0.1", port=0)
    controller.start()
    server.port = controller.port
    try:
        yield server
    finally:
        controller.stop()
