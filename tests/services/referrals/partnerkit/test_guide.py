"""The lines of the guide do what it says, in both languages, with the mock and the real service."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from deploy.local.settings import PROJECT_DIR
from deploy.partnerkit.checks import CHECKS
from services.referrals.api.hsds import VERSION as HSDS_VERSION
from services.referrals.api.schemas_of_types import DIALECT, schema_of
from services.referrals.domain.catalogue import CATALOGUE_VERSION
from services.referrals.domain.codes import Mode
from services.referrals.domain.events import EVENTS
from services.referrals.main import create_app
from services.referrals.settings import Settings
from shared.web.deprecation import NOTICE_DAYS

DOCS = PROJECT_DIR / "docs"
GUIDES = ("integration.md", "integration.de.md")
BLOCK = re.compile(r"<!-- run -->\n```sh\n(.*?)```", re.DOTALL)
BASH = "/bin/bash"
PAIR_OF_FIT = {
    "integration.md": "FIT-Connect's header pair",
    "integration.de.md": "Kopfpaar von FIT-Connect",
}
# Standards of others, pages and health keep the paths that they have there.
WITHOUT_VERSION = ("/hsds/", "/.well-known/", "/l/")


def guide(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", GUIDES)
@pytest.mark.parametrize("url", ["mock_url", "service_url"], indirect=True)
def test_the_lines_of_the_guide_work(name: str, url: str, issuer: str, tmp_path: Path) -> None:
    for program in ("curl", "jq"):
        if shutil.which(program) is None:
            assert not os.environ.get("CI"), f"{program} is not installed; .ci/run installs it."
            pytest.skip(f"{program} is not installed.")
    script = "set -euo pipefail\n" + "\n".join(BLOCK.findall(guide(name)))
    script = script.replace("http://127.0.0.1:8003", url).replace("http://127.0.0.1:8009", issuer)
    ended = subprocess.run(
        [BASH, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    said = ended.stdout
    assert '"service": "referrals"' in said
    assert '"isDryRun": true' in said
    sent = re.compile(r"^(?:first|again): ([0-9a-f-]{36}) SUBMITTED ?(.*)$", re.MULTILINE)
    first, again = sent.findall(said)
    assert first == (again[0], "")
    assert again[1].lower() == "idempotency-replayed: true"
    assert '"state": "DELIVERED"' in said
    assert '"familyName": "Şahin"' in said.rsplit('"state": "ACCEPTED"', 2)[1]
    assert '"code": "transition-not-allowed"' in said
    assert (tmp_path / "cursor").exists()


def test_both_languages_have_the_same_lines() -> None:
    english, german = (BLOCK.findall(guide(name)) for name in GUIDES)
    assert len(english) >= 8
    assert english == german


@pytest.mark.parametrize("name", GUIDES)
def test_the_table_of_versions_names_what_is_published(name: str) -> None:
    page, app = guide(name), create_app(Settings())
    rows = [line.split(" | ")[1] for line in page.splitlines() if line.count(" | ") == 3]
    assert [*rows[1:]] == [
        "`v1`",
        "`v1`",
        "`v1`, " + ("dialect" if name == "integration.md" else "Dialekt") + " 2020-12",
        f"`{CATALOGUE_VERSION}`",
        "Standard Webhooks `v1`; " + PAIR_OF_FIT[name],
        HSDS_VERSION,
        f"`{app.version}`",
    ]
    assert DIALECT.split("/")[-2] == "2020-12"
    assert all(schema_of(mode)["$id"] == f"urn:kim:referrals:schema:{mode.value}" for mode in Mode)
    assert all(event.event_type.endswith(".v1") for event in EVENTS)
    paths = [path for path in app.openapi()["paths"] if not path.startswith(WITHOUT_VERSION)]
    assert all(path.startswith("/v1/") for path in paths)
    assert f" {NOTICE_DAYS} " in page
    assert f" {len(CHECKS)} " in page
    assert "x-experimental" not in str(app.openapi())
