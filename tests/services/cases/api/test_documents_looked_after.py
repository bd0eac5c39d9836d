"""What the worker does for documents, with the real store: scan later, sweep what nobody owns."""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from services.cases.operations.look_after_documents import rescan_documents, sweep_objects
from shared.database.connection import Database
from shared.objects.intake import Archive
from shared.objects.scanner import Scanner
from shared.objects.store import Objects
from tests.services.cases.api.test_documents import PDF, announced, download, kept, upload
from tests.services.cases.conftest import Person

AWAY = Scanner("127.0.0.1:1")
GRACE_S = 3600.0


@asynccontextmanager
async def clamd(verdict: bytes) -> AsyncIterator[Scanner]:
    """A scanner that answers PING and INSTREAM as clamd does."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if await reader.readuntil(b"\0") == b"zPING\0":
            writer.write(b"PONG\0")
        else:
            while size := int.from_bytes(await reader.readexactly(4), "big"):
                await reader.readexactly(size)
            writer.write(verdict)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield Scanner(f"127.0.0.1:{server.sockets[0].getsockname()[1]}")


@pytest.fixture
def objects(documents_folder: Path) -> Objects:
    return Objects(str(documents_folder))


@pytest.fixture
async def pending(
    anna: Person, case: dict[str, Any], use_scanner: Callable[[Scanner], None]
) -> dict[str, Any]:
    """A document that came while the scanner was away."""
    use_scanner(AWAY)
    document = await announced(anna, case["id"])
    stored: dict[str, Any] = (await upload(anna, document["id"], PDF)).json()
    assert stored["scanState"] == "PENDING"
    return stored


@pytest.mark.parametrize(
    ("verdict", "state", "status"),
    [(b"stream: OK\0", "CLEAN", 200), (b"stream: Eicar FOUND\0", "INFECTED", 409)],
)
async def test_what_waits_is_scanned_when_the_scanner_is_back(
    anna: Person,
    pending: dict[str, Any],
    objects: Objects,
    pool: Database,
    verdict: bytes,
    state: str,
    status: int,
) -> None:
    path = f"/v1/documents/{pending['id']}"
    await rescan_documents(pool, Archive(objects=objects, scanner=AWAY))
    assert await anna.get(path) == pending
    async with clamd(verdict) as scanner:
        await rescan_documents(pool, Archive(objects=objects, scanner=scanner))
        scanned = await anna.get(path)
        await rescan_documents(pool, Archive(objects=objects, scanner=scanner))
    assert scanned["scanState"] == state
    assert await anna.get(path) == scanned
    assert (await download(anna, pending["id"])).status_code == status


async def test_a_document_whose_bytes_are_gone_holds_up_no_other(
    anna: Person,
    pending: dict[str, Any],
    case: dict[str, Any],
    objects: Objects,
    documents_folder: Path,
    pool: Database,
) -> None:
    other = await announced(anna, case["id"])
    await upload(anna, other["id"], PDF)
    for lost in kept(documents_folder, pending["id"]):
        lost.unlink()
    async with clamd(b"stream: OK\0") as scanner:
        await rescan_documents(pool, Archive(objects=objects, scanner=scanner))
    assert (await anna.get(f"/v1/documents/{pending['id']}"))["scanState"] == "PENDING"
    assert (await anna.get(f"/v1/documents/{other['id']}"))["scanState"] == "CLEAN"


def aged(file: Path) -> Path:
    long_ago = time.time() - 2 * GRACE_S
    os.utime(file, (long_ago, long_ago))
    return file


async def chunks() -> AsyncIterator[bytes]:
    yield PDF


async def test_what_a_killed_process_left_is_swept_after_the_grace_period(
    anna: Person,
    case: dict[str, Any],
    objects: Objects,
    documents_folder: Path,
    pool: Database,
) -> None:
    document = await announced(anna, case["id"])
    await objects.put(f"05570/waf-cm/{document['id']}/{uuid4()}", chunks())
    (orphan,) = kept(documents_folder, document["id"])
    await upload(anna, document["id"], PDF)
    (mine,) = set(kept(documents_folder, document["id"])) - {orphan}

    await sweep_objects(pool, objects, GRACE_S)
    assert set(kept(documents_folder, document["id"])) == {orphan, mine}
    aged(orphan)
    aged(mine)
    await sweep_objects(pool, objects, GRACE_S)
    assert kept(documents_folder, document["id"]) == [mine]
    assert (await download(anna, document["id"])).content == PDF


async def test_what_is_not_named_as_ours_is_left_alone(
    objects: Objects, documents_folder: Path, pool: Database
) -> None:
    folder = documents_folder / "05570" / "waf-cm" / "handmade"
    folder.mkdir(parents=True)
    strange = aged_file(folder / "readme.txt")
    orphan = aged_file(documents_folder / "05570" / "waf-cm" / str(uuid4()) / str(uuid4()))
    await sweep_objects(pool, objects, GRACE_S)
    assert (strange.exists(), orphan.exists()) == (True, False)


def aged_file(file: Path) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(PDF)
    return aged(file)
