"""A restored backup brings back what was erased since; the list of erasures takes it out again."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from deploy.local.postgres import ADMIN, PostgresServer
from deploy.local.settings import HOST, PROJECT_DIR
from services.cases.domain.practice import Practice
from services.cases.operations.keep_retention import keep_retention
from shared.database.connection import Database
from shared.kernel.clock import berlin_date, now
from shared.messaging.consumer import Consumer
from tests.engines import ServiceDatabase
from tests.services.cases.api.test_documents import PDF, announced, upload
from tests.services.cases.api.test_retention_by_kind import records, rule
from tests.services.cases.conftest import Person, SignedIn, client_named, today
from tests.services.cases.erasing import answer_archive, as_owner, erase, long_ended

PARTS = ("note", "contact_attempt", "document")


def program(postgres: PostgresServer, name: str, *arguments: str) -> None:
    login = ("--host", HOST, "--port", str(postgres.port), "--username", ADMIN)
    ended = subprocess.run(
        [str(postgres.bin_dir / name), *login, *arguments],
        env={**os.environ, "PGPASSWORD": postgres.credentials[ADMIN]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr


def erasures(database: ServiceDatabase, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "services.cases.erasures", *arguments],
        env={**os.environ, "CASES_DATABASE_DSN": database.app_dsn},
        cwd=PROJECT_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def restore(
    postgres: PostgresServer, cases_database: ServiceDatabase, tmp_path: Path
) -> Callable[[], ServiceDatabase]:
    """Take a backup now; called, it is restored into a database of its own."""
    backup = str(tmp_path / "backup.dump")
    name = f"{cases_database.name}_restored"
    program(postgres, "pg_dump", "--format=custom", f"--file={backup}", cases_database.name)

    def restored() -> ServiceDatabase:
        postgres.psql("postgres", statement=f"drop database if exists {name}")
        postgres.provision("cases", name)
        program(postgres, "pg_restore", f"--dbname={name}", "--clean", "--if-exists", backup)
        return ServiceDatabase(
            name=name,
            app_dsn=postgres.dsn("kim_cases_app", name),
            relay_dsn=postgres.dsn("kim_cases_relay", name),
            owner_dsn=postgres.dsn("kim_cases_owner", name),
        )

    return restored


@pytest.fixture
async def ended(anna: Person, bernd: Person, cases_database: ServiceDatabase) -> list[str]:
    """Three requests declined long ago, with content; on the third lies a legal hold."""
    found = []
    for name in ("Rückkehr", "Teilweise", "Gesperrt"):
        opening = {"origin": "OUTREACH", "members": [client_named(name)]}
        case = await anna.post("/v1/cases", opening)
        path = f"/v1/cases/{case['id']}"
        entrusted = {"kind": "CONVERSATION", "text": "Anvertraut.", "heldOn": today()}
        await bernd.post(f"{path}/notes", entrusted)
        attempt = {"channel": "PHONE", "attemptedOn": today(), "wasReached": False}
        await anna.post(f"{path}/contact-attempts", attempt)
        document = await announced(anna, case["id"])
        await upload(anna, document["id"], PDF)
        await anna.act(case["id"], "decline", declineReason="WITHDRAWN")
        await long_ended(cases_database, case["id"])
        found.append(case["id"])
    await anna.act(found[2], "place-legal-hold")
    return found


async def state(database: ServiceDatabase, case_id: str) -> Any:
    sql = "select state from case_record where id = $1"
    return await as_owner(database, "case_record", sql, case_id)


async def test_hazard_13_a_restored_backup_is_made_to_forget_again(
    anna: Person,
    signed_in: SignedIn,
    consumer: Consumer,
    pool: Database,
    cases_database: ServiceDatabase,
    ended: list[str],
    restore: Callable[[], ServiceDatabase],
    tmp_path: Path,
) -> None:
    whole, part, held = ended
    began, yesterday = now(), (berlin_date(now()) - timedelta(days=1)).isoformat()
    of_notes = rule("NOTE", "DECLINED", validFrom=yesterday)
    await signed_in("waf-team-lead").post("/v1/deletion-rules", of_notes)
    await answer_archive(anna, part)
    await keep_retention(pool, Practice())
    await anna.act(held, "lift-legal-hold")
    for case_id in (whole, held):
        await erase(anna, consumer, cases_database, case_id)

    tombstones = tmp_path / "erasures.ndjson"
    written = erasures(
        cases_database, "export", "--since", began.isoformat(), "--file", str(tombstones)
    )
    assert written.returncode == 0, written.stderr
    lines = [json.loads(line) for line in tombstones.read_text().splitlines()]
    mine = {(line["caseId"], line["dataKind"]) for line in lines if line["caseId"] in ended}
    assert mine == {(whole, "CASE_FILE"), (part, "NOTE"), (held, "CASE_FILE")}
    assert {key for line in lines for key in line} == {
        "tenantId", "unitId", "caseId", "dataKind", "erasedAt"
    }  # fmt: skip
    listed = await anna.get("/v1/erasures", caseId=part)
    assert [(one["caseId"], one["dataKind"]) for one in listed["items"]] == [(part, "NOTE")]

    backup = restore()
    assert await records(backup, whole, *PARTS) == [1, 1, 1]
    assert await records(backup, part, *PARTS) == [1, 1, 1]
    first = erasures(backup, "replay", "--file", str(tombstones))
    assert (first.returncode, held in first.stderr) == (1, True), first.stderr
    assert await state(backup, whole) == "ERASED"
    assert await records(backup, whole, *PARTS) == [0, 0, 0]
    assert await records(backup, part, *PARTS) == [0, 1, 1]
    assert await records(backup, held, *PARTS) == [1, 1, 1]
    names = "select count(*) from person where family_name = $1"
    assert await as_owner(backup, "person", names, "Rückkehr") == 0
    asked = (
        "select count(*) from outbox_message where aggregate_id = $1"
        " and subject = 'kim.cases.case-erasure-requested.v1'"
    )
    assert await as_owner(backup, "outbox_message", asked, whole) == 1

    lifted = "update case_record set is_under_legal_hold = false where id = $1"
    await as_owner(backup, "case_record", lifted, held)
    again = erasures(backup, "replay", "--file", str(tombstones))
    assert again.returncode == 0, again.stderr
    assert await state(backup, held) == "ERASED"
    assert "HELD: 0" in again.stdout
    third = erasures(backup, "replay", "--file", str(tombstones))
    assert "\nERASED: 0" in f"\n{third.stdout}"


def test_a_list_that_cannot_be_read_erases_nothing(
    cases_database: ServiceDatabase, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.ndjson"
    broken.write_text('{"caseId": "x"}\n')
    ended = erasures(cases_database, "replay", "--file", str(broken))
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "broken.ndjson:1:" in ended.stderr


def test_the_command_explains_itself(cases_database: ServiceDatabase) -> None:
    shown = erasures(cases_database, "--help")
    assert shown.returncode == 0
    assert "after every restore" in " ".join(shown.stdout.split())
