"""Trusted documents: asked for by their SHA-256, and by setting nothing else is executed."""

import hashlib
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from pydantic import ValidationError

from gateway.main import create_app
from gateway.transport.trusted import ManifestUnreadable
from gateway.trusted import main
from tests.gateway.conftest import running, settings_for

NEW = "application/graphql-response+json"
WHO = "query Who { viewer { unitId } }\n"
FIELD = "query Kind { __typename }\n"
OPERATIONS = Path(__file__).parents[2] / "docs" / "frontend" / "operations"


def digest(document: str) -> str:
    return hashlib.sha256(document.encode()).hexdigest()


WHO_ID = f"sha256:{digest(WHO)}"


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    folder = tmp_path / "documents" / "deeper"
    folder.mkdir(parents=True)
    (folder / "who.graphql").write_text(WHO, encoding="utf-8")
    (folder.parent / "kind.gql").write_text(FIELD, encoding="utf-8")
    assert main([str(folder.parent), "--output", str(tmp_path / "trusted.json")]) == 0
    return tmp_path / "trusted.json"


@pytest.fixture(params=[False, True], ids=["open", "only-trusted"])
async def trusting(
    request: pytest.FixtureRequest, issuer: str, door: httpx.AsyncClient, manifest: Path
) -> AsyncIterator[httpx.AsyncClient]:
    changes = {"trusted_documents": manifest, "trusted_documents_only": request.param}
    async with running(settings_for(issuer, **changes)) as client:
        client.headers["Authorization"] = door.headers["Authorization"]
        yield client


@pytest.fixture
async def strict(
    issuer: str, door: httpx.AsyncClient, manifest: Path
) -> AsyncIterator[httpx.AsyncClient]:
    changes = {"trusted_documents": manifest, "trusted_documents_only": True}
    async with running(settings_for(issuer, **changes)) as client:
        client.headers["Authorization"] = door.headers["Authorization"]
        yield client


def code_of(answer: httpx.Response) -> str:
    (error,) = answer.json()["errors"]
    found: str = error["extensions"]["code"]
    return found


@pytest.mark.parametrize(
    "named",
    [
        {"documentId": WHO_ID},
        {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": digest(WHO)}}},
    ],
)
async def test_a_trusted_document_is_asked_for_by_its_digest(
    trusting: httpx.AsyncClient, named: dict[str, Any]
) -> None:
    posted = await trusting.post("/graphql", json=named)
    parameters = {key: v if isinstance(v, str) else json.dumps(v) for key, v in named.items()}
    got = await trusting.get(f"/graphql?{urlencode(parameters)}")
    for answer in (posted, got):
        assert answer.status_code == 200
        assert answer.json()["data"] == {"viewer": {"unitId": "waf-cm"}}


@pytest.mark.parametrize("unknown", ["sha256:" + "0" * 64, digest(WHO), "md5:1", ""])
async def test_an_unknown_id_is_refused_by_name(trusting: httpx.AsyncClient, unknown: str) -> None:
    for accept, status in ((NEW, 400), ("application/json", 200)):
        headers = {"Accept": accept}
        posted = await trusting.post("/graphql", json={"documentId": unknown}, headers=headers)
        got = await trusting.get(f"/graphql?{urlencode({'documentId': unknown})}", headers=headers)
        for answer in (posted, got):
            assert (answer.status_code, code_of(answer)) == (status, "DOCUMENT_UNKNOWN")
            assert "data" not in answer.json()


@pytest.mark.parametrize("query", [WHO, "{ viewer { actor } }"])
async def test_by_setting_no_other_document_is_executed(
    strict: httpx.AsyncClient, query: str
) -> None:
    offered = {"persistedQuery": {"version": 1, "sha256Hash": digest(query)}}
    for body in ({"query": query}, {"query": query, "extensions": offered}):
        for accept, status in ((NEW, 400), ("application/json", 200)):
            answer = await strict.post("/graphql", json=body, headers={"Accept": accept})
            assert (answer.status_code, code_of(answer)) == (status, "DOCUMENT_NOT_TRUSTED")
    got = await strict.get(f"/graphql?{urlencode({'query': query})}")
    assert code_of(got) == "DOCUMENT_NOT_TRUSTED"


async def test_what_a_client_offers_to_keep_is_executed_and_not_kept(
    door: httpx.AsyncClient,
) -> None:
    offered = {"persistedQuery": {"version": 1, "sha256Hash": digest(WHO)}}
    answer = await door.post("/graphql", json={"query": WHO, "extensions": offered})
    assert answer.json()["data"] == {"viewer": {"unitId": "waf-cm"}}
    again = await door.post("/graphql", json={"extensions": offered})
    assert code_of(again) == "DOCUMENT_UNKNOWN"


@pytest.mark.parametrize(
    "body",
    [
        {"documentId": WHO_ID, "query": WHO},
        {"documentId": 7},
        {"extensions": {"persistedQuery": "x"}},
        {"extensions": {"persistedQuery": {"sha256Hash": 7}}},
    ],
)
async def test_a_request_that_names_its_document_wrongly_is_none(
    trusting: httpx.AsyncClient, body: dict[str, Any]
) -> None:
    answer = await trusting.post("/graphql", json=body)
    assert (answer.status_code, code_of(answer)) == (400, "BAD_REQUEST")


def test_the_operations_of_the_frontend_starter_make_a_manifest(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([str(OPERATIONS)]) == 0
    made = json.loads(capsys.readouterr().out)
    files = [path.read_text(encoding="utf-8") for path in OPERATIONS.glob("*.graphql")]
    assert made == {digest(one): one for one in files}


def test_a_document_the_gateway_would_refuse_is_named_with_the_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "fine.graphql").write_text(WHO, encoding="utf-8")
    (tmp_path / "old.graphql").write_text("{\n  viewer { shoeSize } }", encoding="utf-8")
    (tmp_path / "torn.graphql").write_text("{ viewer", encoding="utf-8")
    deep = "query { referral(id: 1) " + "{ case { referral " * 7 + "{ id }" + "} }" * 7 + " }"
    (tmp_path / "deep.graphql").write_text(deep, encoding="utf-8")
    output = tmp_path / "trusted.json"
    assert main([str(tmp_path), "--output", str(output)]) == 1
    said = capsys.readouterr().err
    assert "old.graphql: line 2: Cannot query field 'shoeSize' on type 'Viewer'." in said
    assert "torn.graphql: line 1: Syntax Error" in said
    assert "deep.graphql: The operation is nested too deeply." in said
    assert "fine.graphql" not in said
    assert not output.exists()


def test_a_folder_without_documents_makes_no_manifest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path)]) == 1
    assert main([str(tmp_path / "nowhere")]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "no .graphql file" in captured.err


@pytest.mark.parametrize("text", ["[]", "{", '{"0": "query"}', f'{{"{digest(WHO)}": 1}}'])
def test_the_gateway_does_not_start_with_a_manifest_that_is_wrong(
    issuer: str, tmp_path: Path, text: str
) -> None:
    (tmp_path / "trusted.json").write_text(text, encoding="utf-8")
    settings = settings_for(issuer, trusted_documents=tmp_path / "trusted.json")
    with pytest.raises(ManifestUnreadable):
        create_app(settings)


def test_only_trusted_documents_without_any_is_no_setting(issuer: str) -> None:
    with pytest.raises(ValidationError):
        settings_for(issuer, trusted_documents_only=True)
