"""What the kit promises partners holds of the mock and of the real service alike."""

import json
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from deploy.partnerkit.checking import check
from deploy.partnerkit.checks import CHECKS, World
from deploy.partnerkit.words import choose_language

BOTH = pytest.mark.parametrize("url", ["mock_url", "service_url"], indirect=True)


@BOTH
def test_the_mock_and_the_service_pass_the_same_checks(
    url: str, world_at: Callable[[str], World], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    choose_language("en")
    code = check(world_at(url), tmp_path / "report.json")
    said = capsys.readouterr().out
    report = json.loads((tmp_path / "report.json").read_text())
    outcomes = {one["name"]: one["outcome"] for one in report["checks"]}
    assert outcomes == dict.fromkeys((one.name.replace("_", "-") for one in CHECKS), "ok"), said
    assert code == 0
    assert f"{len(CHECKS)} ok, 0 failed, 0 not asked." in said


def test_there_are_checks_of_every_area_with_a_number_of_their_own() -> None:
    assert [one.number for one in CHECKS] == list(range(1, len(CHECKS) + 1))
    assert len({one.name for one in CHECKS}) == len(CHECKS)
    areas = [one.area for one in CHECKS]
    assert areas == sorted(areas, key=list(dict.fromkeys(areas)).index)


def test_a_server_that_does_otherwise_fails_with_what_to_do(
    mock_url: str,
    world_at: Callable[[str], World],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A partner that leaves out the language: the schema and the sending say so."""
    choose_language("de")
    world = world_at(mock_url)
    del world.referral["language"]
    assert check(world, tmp_path / "report.json") == 1
    report = json.loads((tmp_path / "report.json").read_text())
    failed = {one["name"]: one for one in report["checks"] if one["outcome"] == "failed"}
    assert {"schema", "dry-run", "send"} <= failed.keys()
    assert failed["send"]["said"] == "Erwartet 201, erhalten 422 fields-refused."
    assert failed["send"]["next"].startswith("Mit dem JSON-Schema vergleichen")
    assert "FEHLER" in capsys.readouterr().out


def test_without_the_other_side_its_checks_are_not_asked_and_not_called_right(
    mock_url: str, world_at: Callable[[str], World], tmp_path: Path
) -> None:
    world = world_at(mock_url)
    world.counterpart = world.receiver = None
    assert check(world, tmp_path / "report.json") == 0
    report = json.loads((tmp_path / "report.json").read_text())
    silent = {one["area"] for one in report["checks"] if one["outcome"] == "not-asked"}
    assert silent == {"receiving", "webhooks"}
    assert all(one["outcome"] == "ok" for one in report["checks"] if one["area"] not in silent)


def test_the_mock_publishes_the_contract_of_the_service(mock_url: str) -> None:
    committed = Path("services/referrals/contracts/openapi.json").read_text()
    assert httpx.get(f"{mock_url}/openapi.json").json() == json.loads(committed)


def test_what_the_mock_cannot_do_it_says(mock_url: str, world_at: Callable[[str], World]) -> None:
    partner = world_at(mock_url).partner
    partner.sign_in()
    reply = partner.get("/v1/notices", accept_language="de")
    assert (reply.status, reply.code) == (501, "not-in-the-kit")
    assert reply.document["title"].startswith("Das kann nur der echte Dienst")
