"""Lookups of receivers' names do not wait for each other."""

import asyncio
import socket
import threading
from typing import Any

import pytest

from shared.webhooks.outgoing import OutgoingHttp, TryOutcome
from tests.shared.webhooks.test_outgoing import answering, once


async def test_a_name_server_that_hangs_delays_no_other_receiver(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A hundred deliveries to the name that hangs hold one thread; another name is resolved."""
    asked: list[str] = []
    released = threading.Event()
    ask = socket.getaddrinfo

    def answer(host: str, *rest: Any) -> Any:
        asked.append(host)
        if host == "hangs.example":
            released.wait(20)
        return ask("127.0.0.1", *rest)

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    taken: list[bytes] = []
    async with answering(once(b"HTTP/1.1 204 x\r\n\r\n", taken)) as port:
        plain = (f"hangs.example:{port}", f"works.example:{port}")
        http = OutgoingHttp(plain_hosts=plain, timeout_s=3)
        hung = [
            asyncio.create_task(http.post(f"http://hangs.example:{port}/", b"{}", {}))
            for _ in range(100)
        ]
        await asyncio.sleep(0)
        attempt = await http.post(f"http://works.example:{port}/", b"{}", {})
        outcomes = {one.outcome for one in await asyncio.gather(*hung)}
        released.set()
    assert attempt.outcome is TryOutcome.OK
    assert outcomes == {TryOutcome.TIMEOUT}
    assert asked.count("hangs.example") == 1
