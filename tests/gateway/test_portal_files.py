"""The files of the portal: what is sent, with which headers, and what is never sent."""

import gzip
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from gateway import portal_files
from tests.gateway.conftest import running, settings_for

PAGE = b'<!doctype html><script type="module" src="/portal/assets/index-AbCd1234.js"></script>'
SCRIPT = b"console.log('KIM');"


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A portal as the build leaves it, with a secret beside it that is no part of it."""
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_bytes(PAGE)
    script = folder / "assets" / "index-AbCd1234.js"
    script.write_bytes(SCRIPT)
    script.with_name(f"{script.name}.gz").write_bytes(gzip.compress(SCRIPT))
    (tmp_path / "secret.txt").write_text("hidden-words")
    monkeypatch.setattr(portal_files, "BUILT", folder)
    return folder


@pytest.fixture
async def visitor(issuer: str, built: Path) -> AsyncIterator[httpx.AsyncClient]:
    async with running(settings_for(issuer)) as client:
        yield client


async def test_the_page_needs_no_token_and_runs_no_script_of_others(
    visitor: httpx.AsyncClient, issuer: str
) -> None:
    page = await visitor.get("/")
    assert (page.status_code, page.content) == (200, PAGE)
    policy = page.headers["content-security-policy"].split("; ")
    assert policy[:2] == ["default-src 'self'", "script-src 'self'"]
    assert f"connect-src 'self' {issuer}" in policy
    assert "frame-ancestors 'none'" in policy
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["cache-control"] == "no-cache"


async def test_files_are_kept_for_ever_by_their_hash_and_sent_small(
    visitor: httpx.AsyncClient,
) -> None:
    path = "/portal/assets/index-AbCd1234.js"
    small = await visitor.get(path, headers={"Accept-Encoding": "gzip"})
    assert small.content == SCRIPT
    assert small.headers["content-encoding"] == "gzip"
    assert small.headers["content-type"] == "text/javascript; charset=utf-8"
    assert small.headers["cache-control"] == "public, max-age=31536000, immutable"
    whole = await visitor.get(path, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in whole.headers
    assert whole.headers["etag"] != small.headers["etag"]
    headers = {"Accept-Encoding": "identity", "If-None-Match": whole.headers["etag"]}
    unchanged = await visitor.get(path, headers=headers)
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    head = await visitor.head(path, headers={"Accept-Encoding": "identity"})
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(SCRIPT))


@pytest.mark.parametrize(
    "path",
    [
        "/portal/../secret.txt",
        "/portal/%2e%2e/secret.txt",
        "/portal/..%2fsecret.txt",
        "/portal/assets/%2e%2e/%2e%2e/secret.txt",
        "/portal//etc/passwd",
        "/portal/assets/index-AbCd1234.js.gz",
        "/portal/assets",
        "/portal/index.html",
        "/portal/",
    ],
)
async def test_nothing_but_built_files_is_sent(visitor: httpx.AsyncClient, path: str) -> None:
    answer = await visitor.get(httpx.URL("http://gateway", raw_path=path.encode()))
    assert answer.status_code in {401, 404}
    assert "hidden-words" not in answer.text
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/graphql", "/reports/status.pdf", "/portals", "/portal", "//"])
async def test_all_else_still_needs_a_token(visitor: httpx.AsyncClient, path: str) -> None:
    answer = await visitor.get(httpx.URL("http://gateway", raw_path=path.encode()))
    assert answer.status_code == 401


@pytest.mark.usefixtures("built")
async def test_the_portal_learns_where_to_sign_in(issuer: str) -> None:
    changes = {"portal_oidc_client_id": "portal", "introspection": False}
    async with running(settings_for(issuer, **changes)) as client:
        answer = await client.get("/portal/settings.json")
    assert answer.json() == {
        "issuer": issuer,
        "clientId": "portal",
        "isIntrospectionOpen": False,
        "isDevelopment": True,
    }
    assert answer.headers["cache-control"] == "no-store"


async def test_a_gateway_without_a_built_portal_says_how_to_build_it(
    issuer: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portal_files, "BUILT", tmp_path / "nowhere")
    async with running(settings_for(issuer)) as client:
        page = await client.get("/")
    assert page.status_code == 200
    assert "make portal" in page.text
    assert "<script" not in page.text


@pytest.mark.usefixtures("built")
async def test_the_portal_can_be_switched_off(issuer: str, door: httpx.AsyncClient) -> None:
    async with running(settings_for(issuer, portal=False)) as client:
        assert (await client.get("/")).status_code == 401
        assert (await client.get("/portal/settings.json")).status_code == 401
        client.headers["Authorization"] = door.headers["Authorization"]
        assert (await client.get("/")).status_code == 404
        assert (await client.get("/portal/settings.json")).status_code == 404
