"""One message over HTTP, and what came of it. Touches no database."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

import httpx

from backoffice.outbox.services.addresses import AddressRefused, check_address

TIMEOUT = 10.0
"""Seconds that one sending may take in all, from looking up the host to the status line."""


@dataclass(frozen=True)
class Message:
    """What is sent, and where."""

    url: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Result:
    """What came of it: a code without any word of the receiver's, empty when it was accepted.

    `hopeless`: trying again by itself makes no sense, a person must look.
    """

    problem: str = ""
    hopeless: bool = False


def send_all(messages: Sequence[Message], *, seconds: float = TIMEOUT) -> list[Result]:
    """Send all messages side by side and return their results in the same order.

    Takes about that many `seconds` at most, whatever the receivers do.
    """
    return asyncio.run(_send_all(messages, seconds=seconds))


async def _send_all(messages: Sequence[Message], *, seconds: float) -> list[Result]:
    # No proxy and no .netrc from the environment: what is sent goes to the host that was checked.
    async with httpx.AsyncClient(trust_env=False, follow_redirects=False, timeout=seconds) as client:
        return await asyncio.gather(*(_send(client, message, seconds=seconds) for message in messages))


async def _send(client: httpx.AsyncClient, message: Message, *, seconds: float) -> Result:
    try:
        check_address(message.url)
    except AddressRefused as refusal:
        return Result(refusal.code, hopeless=True)
    headers = {"content-type": "application/json", "user-agent": "WeHelpen-backoffice", **message.headers}
    try:
        # httpx counts the silence between two bytes; the whole must end as well.
        async with asyncio.timeout(seconds):
            async with client.stream("POST", message.url, content=message.body, headers=headers) as response:
                return _judge(response.status_code)  # the body is never read: the connection is closed
    except (TimeoutError, httpx.TimeoutException):
        return Result("timeout")
    except httpx.ConnectError:
        return Result("connect_error")
    except httpx.TransportError:
        return Result("protocol_error")


def _judge(status: int) -> Result:
    if HTTPStatus(200) <= status < HTTPStatus(300):
        return Result()
    if HTTPStatus(300) <= status < HTTPStatus(400):
        return Result("redirect")
    return Result(f"http_{status}", hopeless=status == HTTPStatus.GONE)
