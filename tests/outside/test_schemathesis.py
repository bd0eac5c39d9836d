"""schemathesis asks every operation of the services, as its OpenAPI document says and against it.

All checks: no 5xx, no status, header, media type or body that the contract does not name; what the
contract forbids is refused, what it allows is not refused for its form. `--examples 30` asks more.

Fuzzing asks every operation a little. Coverage asks everything that one part of a contract says, at
its limits and beside them, which takes a second for each operation: here for one operation of each
form, with `--examples 2` for all. The contracts have no links that states could be followed along.
"""

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI

from deploy.local.ports import free_ports
from tests.apis import TokenFor, create_app
from tests.engines import Engines
from tests.outside.node import HERE, ROOT

PROGRAM = Path(sys.executable).with_name("schemathesis")
SEED = "20221121"
# With generated parameters an operation may find no example that keeps to all of them at once.
HEALTH_CHECKS_OF_THE_GENERATOR = "all"


FORMS = {
    "cases": ("listNotes", "postConsent"),
    "funding": ("listDeadlines", "postOccupancy"),
    "referrals": ("putOrgUnit", "searchInbox"),
}


async def asked(folder: Path, service: str, url: str, token: str, *how: str) -> tuple[int, str]:
    contract = ROOT / "services" / service / "contracts" / "openapi.json"
    program = await asyncio.create_subprocess_exec(
        PROGRAM,
        *("--config-file", HERE / "schemathesis.toml"),
        *("run", contract, "--url", url, "--header", f"Authorization: Bearer {token}"),
        *("--checks", "all", *how),
        *("--seed", SEED, "--no-shrink", "--continue-on-failure", "--no-color"),
        *("--generation-database", "none", "--warnings", "off"),
        *("--suppress-health-check", HEALTH_CHECKS_OF_THE_GENERATOR),
        cwd=folder,
        env={
            "PATH": os.environ["PATH"],
            "LC_ALL": "C.UTF-8",
            "SCHEMATHESIS_HOOKS": "schemathesis_rules",
            "PYTHONPATH": str(HERE),
        },
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await program.communicate()
    return program.returncode or 0, said.decode()


@asynccontextmanager
async def served(app: FastAPI) -> AsyncIterator[str]:
    """The address at which it answers as long as the block."""
    [port] = free_ports(["port"]).values()
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_config=None, access_log=False))
    serving = asyncio.create_task(server.serve())
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await serving


@pytest.mark.parametrize(
    ("service", "persona"),
    [
        ("cases", "waf-case-manager"),
        ("funding", "waf-funding-officer"),
        ("referrals", "waf-coordinator"),
        ("referrals", "waf-jobcenter-system"),
    ],
)
async def test_j11_schemathesis_finds_nothing(
    service: str,
    persona: str,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    real_engines: Engines,
    issuer: str,
    token_for: TokenFor,
) -> None:
    examples = request.config.getoption("--examples", default=1)
    how = ("--phases", "fuzzing", "--max-examples", str(examples))
    async with served(create_app(service, real_engines.database(service, "outside"), issuer)) as at:
        status, said = await asked(tmp_path, service, at, token_for(persona), *how)
    assert status == 0, said
    generated = re.search(r"(\d+) generated", said)
    assert generated, said
    operations = re.search(r"(\d+) selected / (\d+) total", said)
    assert operations, said
    assert operations[1] == operations[2]
    assert int(generated[1]) >= int(operations[2]), said


@pytest.mark.parametrize(
    ("service", "persona"),
    [
        ("cases", "waf-case-manager"),
        ("funding", "waf-funding-officer"),
        ("referrals", "waf-coordinator"),
    ],
)
async def test_j11_what_a_contract_says_holds_at_every_limit(
    service: str,
    persona: str,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    real_engines: Engines,
    issuer: str,
    token_for: TokenFor,
) -> None:
    is_whole = request.config.getoption("--examples", default=1) > 1
    forms = () if is_whole else FORMS[service]
    how = [part for one in forms for part in ("--include-operation-id", one)]
    async with served(create_app(service, real_engines.database(service, "outside"), issuer)) as at:
        status, said = await asked(
            tmp_path, service, at, token_for(persona), "--phases", "coverage", *how
        )
    assert status == 0, said
    operations, generated = (
        re.search(r"(\d+) selected /", said),
        re.search(r"(\d+) generated", said),
    )
    assert operations, said
    assert generated, said
    assert is_whole or int(operations[1]) == len(forms), said
    assert int(generated[1]) > 20 * int(operations[1]), said
