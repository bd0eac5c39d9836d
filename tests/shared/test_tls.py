"""TLS by setting: servers show certificates, clients verify them and may show their own."""

import asyncio
import json
import ssl
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path

import aiohttp
import asyncpg
import pytest
import uvicorn
from fastapi import FastAPI
from nats.errors import Error as NatsFault
from pydantic import ValidationError

from deploy.local.nats import nats_program
from deploy.local.ports import free_ports
from deploy.local.postgres import PostgresServer
from services.funding.settings import Settings
from shared.database.connection import open_database
from shared.kernel.caller import system_caller
from shared.messaging.broker import connect
from shared.web.server import server_config
from shared.web.tls import Tls
from tests.authority import Authority
from tests.engines import ServiceDatabase
from tests.waiting import until

LOOPBACK = "127.0.0.1"
# Of the PostgreSQL protocol: length and code.
SSL_REQUEST = bytes.fromhex("0000000804d2162f")
REFUSED = (aiohttp.ClientSSLError, aiohttp.ClientConnectionError)


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path, "inside")


@asynccontextmanager
async def served(tls: Tls) -> AsyncIterator[int]:
    """The port of a small app behind the server that every program has."""
    app = FastAPI()
    app.get("/health/live")(lambda: {"status": "ok"})
    server = uvicorn.Server(server_config(app, host=LOOPBACK, port=0, tls=tls))
    serving = asyncio.create_task(server.serve())

    async def is_up() -> bool:
        return server.started

    await until(is_up)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        await serving


async def ask(url: str, tls: Tls) -> int:
    connector = aiohttp.TCPConnector(ssl=tls.calling())
    async with aiohttp.ClientSession(connector=connector) as http, http.get(url) as answer:
        return answer.status


def tls_of(
    certificate: tuple[Path, Path], ca: Path | None = None, client: Path | None = None
) -> Tls:
    return Tls(str(certificate[0]), str(certificate[1]), str(ca or ""), str(client or ""))


async def test_a_client_believes_the_authority_of_the_inside_and_no_other(
    authority: Authority, tmp_path: Path
) -> None:
    other = Authority(tmp_path, "other")
    async with served(tls_of(authority.issue("service", LOOPBACK))) as port:
        url = f"https://{LOOPBACK}:{port}/health/live"
        assert await ask(url, Tls(ca=str(authority.ca))) == 200
        for believed in ("", str(other.ca)):
            with pytest.raises(aiohttp.ClientConnectorCertificateError):
                await ask(url, Tls(ca=believed))
        with pytest.raises(aiohttp.ClientError):
            await ask(f"http://{LOOPBACK}:{port}/health/live", Tls())
    async with served(tls_of(authority.issue("elsewhere", "127.0.0.9"))) as port:
        with pytest.raises(aiohttp.ClientConnectorCertificateError):
            await ask(f"https://{LOOPBACK}:{port}/health/live", Tls(ca=str(authority.ca)))


async def test_with_mutual_tls_nobody_comes_in_without_a_certificate(
    authority: Authority, tmp_path: Path
) -> None:
    other = Authority(tmp_path, "other")
    server = tls_of(authority.issue("service", LOOPBACK), client=authority.ca)
    async with served(server) as port:
        url = f"https://{LOOPBACK}:{port}/health/live"
        assert await ask(url, tls_of(authority.issue("gateway"), ca=authority.ca)) == 200
        strangers = (Tls(ca=str(authority.ca)), tls_of(other.issue("stranger"), ca=authority.ca))
        for stranger in strangers:
            with pytest.raises(REFUSED):
                await ask(url, stranger)


async def test_certificates_and_authorities_are_read_again_without_a_restart(
    authority: Authority, tmp_path: Path
) -> None:
    """Of the server and of a client that stays, by handshakes before and after."""
    believed, let_in = tmp_path / "believed.pem", tmp_path / "let-in.pem"
    for file in (believed, let_in):
        file.write_bytes(authority.ca.read_bytes())
    before = Tls(ca=str(authority.ca))
    serving = tls_of(authority.issue("service", LOOPBACK), client=let_in)
    calling = tls_of(authority.issue("gateway"), ca=believed)
    connector = aiohttp.TCPConnector(ssl=calling.calling(), force_close=True)
    certificate = tmp_path / "service.pem"
    async with served(serving) as port, aiohttp.ClientSession(connector=connector) as http:
        url = f"https://{LOOPBACK}:{port}/health/live"

        async def asked() -> int:
            async with http.get(url) as answer:
                return answer.status

        assert await asked() == 200
        next_one = Authority(tmp_path, "next")
        # Half of it is written: what was there serves on.
        certificate.write_text("-----BEGIN CERT")
        assert await asked() == 200
        next_one.issue("service", LOOPBACK)
        with pytest.raises(aiohttp.ClientConnectorCertificateError):
            await asked()
        believed.write_bytes(next_one.ca.read_bytes())
        assert await asked() == 200
        let_in.write_bytes(next_one.ca.read_bytes())
        with pytest.raises(REFUSED):
            await asked()
        next_one.issue("gateway")
        assert await asked() == 200
        with pytest.raises(aiohttp.ClientConnectorCertificateError):
            await ask(url, before)


def test_settings_that_would_serve_nothing_are_refused(
    authority: Authority, tmp_path: Path
) -> None:
    certificate, key = map(str, authority.issue("service", LOOPBACK))
    whole = Settings(tls_certificate_file=certificate, tls_key_file=key)
    assert set(whole.tls.serving()) == {"ssl_context_factory"}
    assert Settings().tls.serving() == {}
    for broken in (
        {"tls_certificate_file": certificate},
        {"tls_key_file": key},
        {"tls_client_ca_file": str(authority.ca)},
        {"tls_certificate_file": certificate, "tls_key_file": str(tmp_path / "none")},
    ):
        with pytest.raises(ValidationError):
            Settings(**broken)


@contextmanager
def nats_with_tls(authority: Authority, folder: Path) -> Iterator[str]:
    certificate, key = authority.issue("nats", LOOPBACK)
    port = free_ports(["nats"])["nats"]
    config = {
        "host": LOOPBACK,
        "port": port,
        "tls": {
            "cert_file": str(certificate),
            "key_file": str(key),
            "ca_file": str(authority.ca),
            "verify": True,
        },
    }
    file = folder / "nats.json"
    file.write_text(json.dumps(config))
    running = subprocess.Popen([str(nats_program(None)), "-c", str(file)])
    try:
        yield f"tls://{LOOPBACK}:{port}"
    finally:
        running.terminate()
        running.wait()


async def test_nats_is_reached_by_mutual_tls(authority: Authority, tmp_path: Path) -> None:
    client = tls_of(authority.issue("worker"), ca=authority.ca)
    with nats_with_tls(authority, tmp_path) as url:

        async def is_connected() -> bool:
            try:
                connected = await connect(url, name="test", tls=client.calling())
            except (NatsFault, OSError):
                return False
            await connected.flush()
            await connected.close()
            return True

        await until(is_connected)
        with pytest.raises((NatsFault, OSError)):
            await asyncio.wait_for(connect(url, name="stranger", tls=Tls().calling()), 10)


@asynccontextmanager
async def tls_before(postgres: PostgresServer, tls: Tls) -> AsyncIterator[int]:
    """The wheel's PostgreSQL has no TLS of its own: its side of the protocol, before the server."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(tls.certificate, tls.key)

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            while data := await reader.read(65_536):
                writer.write(data)
                await writer.drain()
        writer.close()

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            assert await reader.readexactly(8) == SSL_REQUEST
            writer.write(b"S")
            await writer.start_tls(context)
            inside, outside = await asyncio.open_connection(LOOPBACK, postgres.port)
            await asyncio.gather(pass_on(reader, outside), pass_on(inside, writer))

    server = await asyncio.start_server(accept, LOOPBACK, 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


async def test_postgresql_is_reached_with_verify_full(
    authority: Authority,
    tmp_path: Path,
    postgres: PostgresServer,
    database: Callable[[str], ServiceDatabase],
) -> None:
    """The DSN says it: name and authority are verified, and nothing is sent before."""
    plain = database("funding").app_dsn
    caller = system_caller(tenant_id="05570", unit_id="waf-ki", part="test")
    async with tls_before(postgres, tls_of(authority.issue("postgres", LOOPBACK))) as port:
        dsn = plain.replace(f":{postgres.port}/", f":{port}/")
        verified = f"{dsn}?sslmode=verify-full&sslrootcert={authority.ca}"
        opened = await open_database(verified, application="tls", connections_max=1)
        async with opened.transaction(caller) as tx:
            assert await tx.connection.fetchval("select current_user") == "kim_funding_app"
        await opened.close()
        other = Authority(tmp_path, "other")
        with pytest.raises(ssl.SSLCertVerificationError):
            await asyncpg.connect(f"{dsn}?sslmode=verify-full&sslrootcert={other.ca}", timeout=5)
    async with tls_before(postgres, tls_of(authority.issue("elsewhere", "127.0.0.9"))) as port:
        dsn = plain.replace(f":{postgres.port}/", f":{port}/")
        with pytest.raises(ssl.SSLCertVerificationError):
            await asyncpg.connect(
                f"{dsn}?sslmode=verify-full&sslrootcert={authority.ca}", timeout=5
            )
    with pytest.raises((OSError, asyncpg.PostgresError)):
        await asyncpg.connect(f"{plain}?sslmode=verify-full&sslrootcert={authority.ca}", timeout=5)
