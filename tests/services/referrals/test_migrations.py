"""The migrations build what the tables in code say, and can be taken back."""

import json
import os
import subprocess
import sys

from deploy.local.postgres import PostgresServer
from deploy.local.settings import PROJECT_DIR

NAME = "kim_referrals_migrations"
LEFTOVERS = (
    "select (select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace"
    " where n.nspname = 'public' and relname not like 'alembic%')"
    " + (select count(*) from pg_proc p join pg_namespace n on n.oid = p.pronamespace"
    " where n.nspname = 'public')"
)


def alembic(dsn: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "alembic", "-c", "services/referrals/alembic.ini", *arguments],
        env={**os.environ, "REFERRALS_MIGRATOR_DSN": dsn},
        cwd=PROJECT_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_migrations_lead_to_the_tables_and_back(postgres: PostgresServer) -> None:
    postgres.psql("postgres", statement=f"drop database if exists {NAME}")
    postgres.provision("referrals", NAME)
    dsn = postgres.dsn("kim_referrals_owner", NAME)
    before = postgres.psql(NAME, statement=LEFTOVERS)

    for arguments in (("upgrade", "head"), ("check",), ("downgrade", "base")):
        ended = alembic(dsn, *arguments)
        assert ended.returncode == 0, ended.stderr
    assert postgres.psql(NAME, statement=LEFTOVERS) == before
    ended = alembic(dsn, "upgrade", "head")
    assert ended.returncode == 0, ended.stderr


KEY = "01a2013f-1b03-7324-ad6f-0024d258d046"
NOW = "2026-03-10T09:00:00Z"
OLD_ROWS = {
    "org_unit": {
        "id": KEY, "tenant_id": "05570", "version": 1, "unit_id": "waf-abh", "type": "ABH",
        "name_de": "A", "name_en": "A", "controller_id": "waf-abh", "public_body_87": "YES",
        "body_35_sgb1": False, "supervisory_dp_authority": "LDI_NRW", "areas": [], "services": [],
        "endpoint_status": "ACTIVE", "created_at": NOW, "updated_at": NOW, "has_software": True,
        "accepted_modes": [], "area_parts": [],
    },
    "referral": {
        "id": KEY, "tenant_id": "05570", "version": 2, "state": "DELIVERED",
        "mode": "ZUSTEUERUNG_OUT", "service_code": "RESIDENCE_APPLICATION", "topic": "X",
        "purpose": "OWN_APPLICATION", "urgency": "SOON", "language": "tur",
        "interpreter_needed": False, "municipality_ags": "05570044", "age_band": "UNKNOWN",
        "sender_unit": "waf-cm", "recipient_unit": "waf-abh", "covers_feedback": False,
        "subject_digest": "\\x00", "payload_digest": "sha256:", "content_version": 1,
        "problems": [], "transfers_ownership": False, "owner_unit": "waf-cm", "created_at": NOW,
        "updated_at": NOW, "submitted_at": NOW, "is_sealed": False,
    },
    "referral_content": {
        "id": KEY, "tenant_id": "05570", "unit_id": "waf-cm", "version": 1, "content": {},
        "disputed_fields": [], "secret_categories": [],
    },
}  # fmt: skip


def test_the_migration_says_who_sent_to_an_authority_without_a_decision(
    postgres: PostgresServer,
) -> None:
    name = f"{NAME}_left_out"
    postgres.psql("postgres", statement=f"drop database if exists {name}")
    postgres.provision("referrals", name)
    dsn = postgres.dsn("kim_referrals_owner", name)
    assert alembic(dsn, "upgrade", "c5a0d27c5e15").returncode == 0
    for table, row in OLD_ROWS.items():
        postgres.psql(
            name,
            statement=f"insert into {table} select * from jsonb_populate_record("
            f"null::{table}, '{json.dumps(row)}')",
        )
    ended = alembic(dsn, "upgrade", "e501a0c7d3f8")
    assert ended.returncode == 0, ended.stderr
    said = [line for line in ended.stderr.splitlines() if "have no decision" in line]
    assert len(said) == 1, ended.stderr + ended.stdout
    assert "05570 waf-cm: 1 referrals" in said[0]
