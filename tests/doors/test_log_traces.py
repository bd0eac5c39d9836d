"""The look through all logs at the end of a run finds what it should, and fails the run."""

import secrets
from pathlib import Path

import pytest

from tests import conftest
from tests.canaries import Canaries
from tests.log_traces import traces_in

TOKEN = ".".join(f"eyJ{part * 5}" for part in ("header", "claims", "signed"))
PLANTED = {
    "a word about a person": Canaries().word("name"),
    "a token": TOKEN,
    "a secret of a system": "development-only-waf-abh",
    "a secret of a webhook": "whsec_" + "A" * 32,
    "a private key": "-----BEGIN EC PRIVATE KEY-----",
    "a password in an address": "postgresql://kim_app:" + secrets.token_hex(8) + "@db/kim",
}


@pytest.mark.parametrize("what", PLANTED)
@pytest.mark.parametrize("file", ["system/logs/cases.log", "system.out"])
def test_a_planted_trace_is_found_and_not_repeated(tmp_path: Path, what: str, file: str) -> None:
    log = tmp_path / file
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_text('{"event": "request", "status": 200}\n')
    assert traces_in(tmp_path) == []
    with log.open("a") as more:
        more.write(f'{{"event": "oops", "said": "{PLANTED[what]}"}}\n')
    assert traces_in(tmp_path) == [f"{file}: {what}, 1 times"]


def test_a_run_with_a_trace_in_a_log_fails(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "system.out").write_text(PLANTED["a token"])

    class Session:
        config = type("Config", (), {"stash": pytest.Stash()})()
        exitstatus: int = 0

    session = Session()
    session.config.stash[conftest.RUN_DIR] = tmp_path
    conftest.pytest_sessionfinish(session)  # type: ignore[arg-type] # what the hook reads of it
    assert session.exitstatus == pytest.ExitCode.TESTS_FAILED
    assert session.config.stash[conftest.TRACES_FOUND] == ["system.out: a token, 1 times"]
