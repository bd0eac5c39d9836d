"""Where deliveries never go, and what of a receiver's answer is looked at."""

import asyncio
import ipaddress
import socket
import ssl
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.test_utils import unused_port
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from shared.kernel.clock import now
from shared.webhooks.outgoing import Attempt, OutgoingHttp, TryOutcome
from shared.webhooks.targets import ReceiverAddressRefused, is_public, read_target

Answering = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Any]

PRIVATE = [
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254",  # noqa: S104 - addresses to refuse
    "100.64.0.1", "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.7", "203.0.113.9",
    "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.88.99.1", "::1", "::", "::127.0.0.1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1",
    "fec0::1", "ff02::1", "64:ff9b::7f00:1", "64:ff9b:1::1", "2001:db8::1", "2002:7f00:1::",
    "2001::1", "3fff::1", "5f00::1",
]  # fmt: skip
# Spellings that a resolver takes for a private address, and forms that are no receiver's URL.
BAD_URLS = [
    "http://example.org/", "https://127.0.0.1/", "https://127.1/", "https://2130706433/",
    "https://0x7f.0.0.1/", "https://0177.0.0.1/", "https://localhost/",
    "https://[::1]/", "https://[::ffff:127.0.0.1]/", "https://[fe80::1%25lo]/",
    "https://169.254.169.254/latest/meta-data", "https://user@example.org/",
    "https://user:word@example.org/", "https://example.org@127.0.0.1/", "https://example.org/#part",
    "https://example.org\\@127.0.0.1/", "https://example.org\r\nHost: a/", "https://exa mple.org/",
    "https://example.org:22/", "https://example.org:0/", "https://example.org:99999/",
    "https://example.org:x/", "ftp://example.org/", "file:///etc/passwd", "https://", "https:///a",
    "https://ex\u0430mple.org/", "//example.org/", "https://example.org/\u0000", "",
    "https://-example.org/", "https://example.org/" + "a" * 2000,
]  # fmt: skip


class Names(AbstractResolver):
    """Answers each question with the next of its addresses."""

    def __init__(self, *answers: str) -> None:
        self._answers = answers
        self._asked = count()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = self._answers[min(next(self._asked), len(self._answers) - 1)]
        kind = socket.AF_INET6 if ":" in found else socket.AF_INET
        return [ResolveResult(hostname=host, host=found, port=port, family=kind, proto=0, flags=0)]

    async def close(self) -> None:
        pass


@asynccontextmanager
async def answering(answer: Answering, tls: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=tls)
    async with server:
        yield server.sockets[0].getsockname()[1]


def self_signed(folder: Path, address: str) -> ssl.SSLContext:
    """A server's TLS with a certificate of its own, left as `cert.pem` in the folder."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "receiver")])
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now() - timedelta(days=1))
        .not_valid_after(now() + timedelta(days=1))
        .add_extension(names, critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "key.pem").write_bytes(pem)
    (folder / "cert.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return tls


async def post(port: int, timeout_s: float = 5.0) -> Attempt:
    http = OutgoingHttp(plain_hosts=(f"127.0.0.1:{port}",), timeout_s=timeout_s)
    return await http.post(f"http://127.0.0.1:{port}/hook", b"{}", {"webhook-id": "a"})


def once(raw: bytes, asked: list[bytes]) -> Answering:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(raw)
        await writer.drain()
        writer.close()

    return answer


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_of_our_own_or_of_nobody_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "193.99.144.80", "2606:4700::1", "2a02:2e0::1"])
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("url", BAD_URLS)
async def test_private_and_link_local_targets_are_refused_at_subscription_and_at_delivery(
    url: str,
) -> None:
    http = OutgoingHttp(timeout_s=3)
    with pytest.raises(ReceiverAddressRefused):
        await http.check(url)
    attempt = await http.post(url, b"{}", {})
    assert attempt.outcome is TryOutcome.REFUSED_ADDRESS
    assert attempt.status is None


@pytest.mark.parametrize("address", PRIVATE)
async def test_a_name_that_leads_to_a_private_address_is_refused_both_times(address: str) -> None:
    address = address.partition("%")[0]
    http = OutgoingHttp(resolver=Names(address), timeout_s=3)
    with pytest.raises(ReceiverAddressRefused):
        await http.check("https://partner.example/hook")
    attempt = await http.post("https://partner.example/hook", b"{}", {})
    assert attempt.outcome is TryOutcome.REFUSED_ADDRESS


async def test_a_name_that_changes_its_answer_gains_nothing() -> None:
    asked: list[bytes] = []
    async with answering(once(b"HTTP/1.1 204 x\r\n\r\n", asked)) as port:
        http = OutgoingHttp(resolver=Names("193.99.144.80", "127.0.0.1"), timeout_s=3)
        url = f"https://partner.example:{port}/hook"
        await http.check(url)
        attempt = await http.post(url, b"{}", {})
    assert attempt.outcome is TryOutcome.REFUSED_ADDRESS
    assert asked == []


async def test_a_name_nobody_knows_is_refused_at_subscription() -> None:
    with pytest.raises(ReceiverAddressRefused) as refused:
        await OutgoingHttp().check("https://no-such-partner.invalid/hook")
    assert refused.value.facts == {"reason": "unknown-host"}


async def test_only_the_very_host_and_port_that_the_operator_named_is_exempt() -> None:
    plain = ("127.0.0.1:8099", "relay.local:80")
    assert read_target("http://127.0.0.1:8099/a", plain).is_exempt
    assert read_target("http://relay.local/a", plain).is_exempt
    for url in ("http://127.0.0.1:8098/a", "http://localhost:8099/a", "http://relay.local:81/"):
        with pytest.raises(ReceiverAddressRefused):
            read_target(url, plain)


async def test_no_redirect_is_followed() -> None:
    asked: list[bytes] = []
    raw = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:%d/\r\nContent-Length: 0\r\n\r\n"
    elsewhere: list[bytes] = []
    async with (
        answering(once(b"HTTP/1.1 204 x\r\n\r\n", elsewhere)) as second,
        answering(once(raw % second, asked)) as first,
    ):
        attempt = await post(first)
    assert (attempt.outcome, attempt.status) == (TryOutcome.HTTP, 302)
    assert len(asked) == 1
    assert elsewhere == []


async def test_no_redirect_is_followed_and_no_body_read() -> None:
    """A body of a gigabyte: we look at the status and hang up."""
    sent = 0

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n")
        try:
            for _ in range(1000):
                writer.write(b"x" * 1_000_000)
                await writer.drain()
                sent += 1_000_000
        except ConnectionError:
            pass

    async with answering(answer) as port:
        attempt = await post(port)
    assert (attempt.outcome, attempt.status) == (TryOutcome.OK, 200)
    assert sent < 20_000_000


async def test_a_receiver_that_drips_a_header_a_second_is_cut_off() -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\n")
        try:
            while True:
                writer.write(b"X-Drip: 1\r\n")
                await writer.drain()
                await asyncio.sleep(0.2)
        except ConnectionError:
            pass

    begun = time.monotonic()
    async with answering(answer) as port:
        attempt = await post(port, timeout_s=1.0)
    assert attempt.outcome is TryOutcome.TIMEOUT
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    "raw",
    [
        b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 20_000 + b"\r\n\r\n",
        b"HTTP/1.1 " + b"2" * 20_000 + b"\r\n\r\n",
        b"not http at all\r\n\r\n",
        b"",
    ],
    ids=["long header", "long status line", "another protocol", "nothing"],
)
async def test_an_answer_that_is_none_is_a_failure(raw: bytes) -> None:
    async with answering(once(raw, [])) as port:
        attempt = await post(port)
    assert attempt.outcome is TryOutcome.CONNECTION
    assert attempt.status is None


async def test_a_receiver_that_is_not_there_is_a_failed_connection() -> None:
    assert (await post(unused_port())).outcome is TryOutcome.CONNECTION


async def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    """Nor one that names another host; with the operator's own authority it is taken."""
    asked: list[bytes] = []
    authority = self_signed(tmp_path, "127.0.0.1")
    answer = once(b"HTTP/1.1 204 x\r\n\r\n", asked)
    async with answering(answer, authority) as port:
        plain = (f"127.0.0.1:{port}", f"localhost:{port}")
        url = f"https://127.0.0.1:{port}/"
        refused = await OutgoingHttp(plain_hosts=plain).post(url, b"{}", {})
        known = OutgoingHttp(plain_hosts=plain, ca_file=str(tmp_path / "cert.pem"))
        other_name = await known.post(f"https://localhost:{port}/", b"{}", {})
        assert asked == []
        taken = await known.post(url, b"{}", {})
    assert refused.outcome is TryOutcome.TLS
    assert other_name.outcome is TryOutcome.TLS
    assert taken.outcome is TryOutcome.OK


async def test_no_cookie_and_no_proxy_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    asked: list[bytes] = []
    raw = b"HTTP/1.1 204 x\r\nSet-Cookie: a=b\r\n\r\n"
    async with answering(once(raw, asked)) as port:
        http = OutgoingHttp(plain_hosts=(f"127.0.0.1:{port}",))
        for _ in range(2):
            assert (await http.post(f"http://127.0.0.1:{port}/", b"{}", {})).status == 204
    assert all(b"cookie" not in request.lower() for request in asked)
    assert all(b"user-agent: kim-webhooks/1" in request.lower() for request in asked)
