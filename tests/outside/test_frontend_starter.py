"""The starter of docs/frontend: types from the schema, a server that needs no gateway, a client."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from graphql import build_schema, parse, validate

from deploy.local.demo.client import Client
from tests.outside.node import (
    FRONTEND,
    NODE,
    SCHEMA,
    answer_of,
    environment,
    installed,
    run,
)

OPERATIONS = sorted((FRONTEND / "operations").glob("*.graphql"))
CASE, REFERRAL = (f"0193000{kind}-0000-7000-8000-000000000000" for kind in (2, 4))
VARIABLES: dict[str, dict[str, Any]] = {
    "AllocationWithPositions": {"id": "allocation-1"},
    "BudgetOverview": {"fiscalYear": 2022},
    "CaseInFull": {"id": CASE},
    "MyCases": {"first": 2},
    "ProofOfUse": {"id": "proof-1"},
    "ReferralInFull": {"id": REFERRAL},
    "ReferralInbox": {"first": 3},
    "SearchPersons": {"input": {"name": "Haddad"}},
    "StatusReport": {"asOf": "2022-11-21"},
    "WorkList": {"name": "MINE"},
}


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy as a frontend team takes it, with its types generated."""
    folder = tmp_path_factory.mktemp("project")
    home = folder / "docs" / "frontend"
    modules = installed(FRONTEND)
    shutil.copytree(FRONTEND, home, ignore=shutil.ignore_patterns("node_modules", "generated"))
    (home / "node_modules").symlink_to(modules)
    (folder / "gateway").mkdir()
    shutil.copy(SCHEMA, folder / "gateway" / "schema.graphql")
    program = modules / "@graphql-codegen" / "cli" / "cjs" / "bin.js"
    ended = run(program, "--config", "codegen.ts", cwd=home, folder=FRONTEND)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return home


@pytest.fixture(scope="module")
def mock_url(starter: Path) -> Iterator[str]:
    server = subprocess.Popen(
        [NODE, "mock/server.ts"],
        cwd=starter,
        env=environment(PORT="0"),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout is not None
        yield server.stdout.readline().strip()
    finally:
        server.terminate()
        server.communicate()


def test_e27_the_types_of_the_operations_are_generated_and_check_strictly(starter: Path) -> None:
    compiler = installed(FRONTEND) / "typescript" / "bin" / "tsc"
    ended = run(compiler, "--noEmit", "--strict", "--project", ".", cwd=starter, folder=FRONTEND)
    assert ended.returncode == 0, ended.stdout
    generated = (starter / "generated" / "operations.ts").read_text(encoding="utf-8")
    named = set(re.findall(r"^export const (\w+)Document = ", generated, re.MULTILINE))
    assert named == VARIABLES.keys() | {"AcceptReferral"}


def test_a_wrong_use_of_an_operation_does_not_compile(starter: Path) -> None:
    source = (starter / "client" / "inbox.ts").read_text(encoding="utf-8")
    wrong = starter / "client" / "wrong.ts"
    wrong.write_text(source.replace("topic, state, sender", "topik, state, sender"))
    compiler = installed(FRONTEND) / "typescript" / "bin" / "tsc"
    ended = run(compiler, "--noEmit", "--project", ".", cwd=starter, folder=FRONTEND)
    wrong.unlink()
    assert "client/wrong.ts" in ended.stdout
    assert "'topik' does not exist" in ended.stdout


def test_the_operations_are_valid_against_the_schema() -> None:
    schema = build_schema(SCHEMA.read_text(encoding="utf-8"))
    assert {path.stem for path in OPERATIONS} == VARIABLES.keys()
    for path in OPERATIONS:
        assert validate(schema, parse(path.read_text(encoding="utf-8"))) == [], path.name


def test_e27_the_mock_server_answers_every_screen_the_same_way(mock_url: str) -> None:
    answers = [
        answer_of("ask_mock.mjs", KIM_URL=mock_url, KIM_VARIABLES=json.dumps(VARIABLES))
        for _ in range(2)
    ]
    first, again = answers
    assert first.keys() == VARIABLES.keys()
    for name, answer in first.items():
        assert "errors" not in answer, (name, answer["errors"])
    cases = first["MyCases"]["data"]["cases"]
    assert [edge["node"]["person"]["familyName"] for edge in cases["edges"]] == [
        "Haddad",
        "Kowalczyk",
    ]
    assert cases["pageInfo"]["hasNextPage"]
    assert first["CaseInFull"]["data"]["case"]["reference"] == "KIM-2022-000001"
    assert (
        first["ReferralInFull"]["data"]["referral"]["sender"]["nameDe"] == "Beratungsstelle Rheine"
    )
    assert {name: again[name] for name in ("MyCases", "ReferralInbox")} == {
        name: first[name] for name in ("MyCases", "ReferralInbox")
    }


def test_e27_the_client_reads_and_changes_at_the_mock_server(starter: Path, mock_url: str) -> None:
    said = [
        run("client/inbox.ts", cwd=starter, folder=FRONTEND, KIM_URL=mock_url, **more)
        for more in ({"KIM_ACCEPT": REFERRAL}, {})
    ]
    assert [one.returncode for one in said] == [0, 0], said[0].stderr + said[1].stderr
    first, second = (one.stdout.splitlines() for one in said)
    assert first[0] == "HOUSING | DELIVERED | Beratungsstelle Rheine | ACCEPT REJECT"
    assert first[-1] == "HOUSING: ACCEPTED"
    assert second[0] == "HOUSING | ACCEPTED | Beratungsstelle Rheine | "


async def test_e27_the_same_client_reads_and_is_refused_at_the_gateway(
    starter: Path, people: Client
) -> None:
    ended = run(
        "client/inbox.ts",
        cwd=starter,
        folder=FRONTEND,
        KIM_URL=f"{people.settings.gateway_url}/graphql",
        KIM_TOKEN=await people.token("waf-case-manager"),
        KIM_ACCEPT=str(uuid4()),
    )
    assert ended.returncode == 0, ended.stderr
    *inbox, refused = ended.stdout.splitlines()
    assert all(re.match(r"[A-Z_]+ \| [A-Z_]+ \| ", line) for line in inbox), ended.stdout
    assert refused.startswith("not-found: ")
