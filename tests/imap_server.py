"""An IMAP server on loopback: one mailbox, as much of RFC 9051 as a client that empties it asks for."""

import asyncio
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

USER, PASSWORD = "servicedesk", "geheim woord"


@dataclass
class ImapServer:
    """Its mail by number, with flags. `cut_after` hangs up after so many mails were sent, once."""

    port: int = 0
    mail: dict[int, bytes] = field(default_factory=dict)
    flags: dict[int, set[str]] = field(default_factory=dict)
    cut_after: int | None = None
    sent: int = 0
    _next: int = 1

    def put(self, *raws: bytes) -> None:
        for raw in raws:
            self.mail[self._next] = raw
            self.flags[self._next] = set()
            self._next += 1

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"* OK ready\r\n")
        try:
            while line := await reader.readline():
                tag, _, command = line.decode().strip().partition(" ")
                if not await self.answer(tag, command, writer):
                    break
                await writer.drain()
        except ConnectionError:
            pass
        finally:
            writer.close()

    async def answer(self, tag: str, command: str, writer: asyncio.StreamWriter) -> bool:
        verb, _, rest = command.partition(" ")
        verb = verb.upper()
        good = f"{tag} OK done\r\n".encode()
        match verb:
            case "CAPABILITY":
                writer.write(b"* CAPABILITY IMAP4rev1 UIDPLUS\r\n" + good)
            case "LOGIN":
                known = rest.replace('"', "") == f"{USER} {PASSWORD}"
                writer.write(good if known else f"{tag} NO who are you\r\n".encode())
            case "SELECT":
                inbox = rest.strip('"') == "INBOX"
                writer.write(
                    f"* {len(self.mail)} EXISTS\r\n".encode() + good if inbox else f"{tag} NO\r\n".encode()
                )
            case "UID":
                return self.uid(tag, rest, writer)
            case "EXPUNGE":
                for uid in [uid for uid, flags in self.flags.items() if "\\Deleted" in flags]:
                    del self.mail[uid], self.flags[uid]
                writer.write(good)
            case "LOGOUT":
                writer.write(b"* BYE\r\n" + good)
                return False
            case _:
                writer.write(f"{tag} BAD {verb}\r\n".encode())
        return True

    def uid(self, tag: str, rest: str, writer: asyncio.StreamWriter) -> bool:
        verb, _, asked = rest.partition(" ")
        good = f"{tag} OK done\r\n".encode()
        if verb.upper() == "SEARCH":
            found = [str(uid) for uid in self.mail if not self.flags[uid] & {"\\Deleted", "\\Flagged"}]
            writer.write(f"* SEARCH {' '.join(found)}\r\n".encode() + good)
            return True
        numbers, _, what = asked.partition(" ")
        for uid in [int(number) for number in numbers.split(",")]:
            if uid not in self.mail:
                continue
            if verb.upper() == "STORE":
                self.flags[uid] |= set(re.findall(r"\\\w+", what))
                writer.write(f"* {uid} FETCH (UID {uid})\r\n".encode())
            elif "SIZE" in what:
                size = len(self.mail[uid])
                writer.write(f"* {uid} FETCH (UID {uid} RFC822.SIZE {size})\r\n".encode())
            else:
                if self.cut_after is not None and self.sent >= self.cut_after:
                    self.cut_after = None
                    return False
                self.sent += 1
                head, _, _body = self.mail[uid].partition(b"\r\n\r\n")
                raw = head + b"\r\n\r\n" if "HEADER" in what else self.mail[uid]
                name = "BODY[HEADER]" if "HEADER" in what else "BODY[]"
                writer.write(f"* {uid} FETCH (UID {uid} {name} {{{len(raw)}}}\r\n".encode() + raw + b")\r\n")
        writer.write(good)
        return True


@contextmanager
def imap_server() -> Iterator[ImapServer]:
    """Run one on a free port of loopback until the block ends."""
    server = ImapServer()
    loop = asyncio.new_event_loop()

    async def start() -> asyncio.Server:
        return await asyncio.start_server(server.serve, "127.0.0.1", 0)

    listening = loop.run_until_complete(start())
    server.port = listening.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    async def stop() -> None:
        listening.close()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    try:
        yield server
    finally:
        asyncio.run_coroutine_threadsafe(stop(), loop).result(timeout=10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
