"""The migrations build what the tables in code say, and can be taken back."""

import os
import subprocess
import sys

from deploy.local.postgres import PostgresServer
from deploy.local.settings import PROJECT_DIR

NAME = "kim_cases_migrations"


def alembic(dsn: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "alembic", "-c", "services/cases/alembic.ini", *arguments],
        env={**os.environ, "CASES_MIGRATOR_DSN": dsn},
        cwd=PROJECT_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_migrations_lead_to_the_tables_and_back(postgres: PostgresServer) -> None:
    postgres.psql("postgres", statement=f"drop database if exists {NAME}")
    postgres.provision("cases", NAME)
    dsn = postgres.dsn("kim_cases_owner", NAME)
    leftovers = (
        "select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace"
        " where n.nspname = 'public' and relname not like 'alembic%'"
    )

    for arguments in (("upgrade", "head"), ("check",), ("downgrade", "base")):
        ended = alembic(dsn, *arguments)
        assert ended.returncode == 0, ended.stderr
    assert postgres.psql(NAME, statement=leftovers) == "0"
    assert postgres.psql(NAME, statement="select to_regproc('count_families') is null") == "t"
    assert postgres.psql(NAME, statement="select to_regproc('find_persons') is null") == "t"
    assert (
        postgres.psql(NAME, statement="select to_regproc('published_case_type_stays') is null")
        == "t"
    )
    ended = alembic(dsn, "upgrade", "head")
    assert ended.returncode == 0, ended.stderr


PERSON = "01980000-0000-7000-8000-00000000000{}"
OLDER = f"""
insert into person (id, tenant_id, unit_id, family_name, given_names, name_key, birth_date,
    birth_date_precision, gender, nationalities, languages, residence_group, disputed_fields,
    match_key, is_restricted, version, created_at, updated_at)
  select id::uuid, '05570', 'waf-cm', 'Melnyk', 'Ada', 'melnyk ada', '1990-05-17', 'DAY',
         'FEMALE', '{{}}', '{{}}', 'OTHER_UNKNOWN', '{{}}', print, is_restricted, 1, now(), now()
    from (values ('{PERSON.format(1)}', 'print-1', true), ('{PERSON.format(2)}', null, true),
                 ('{PERSON.format(3)}', 'print-3', false)) v(id, print, is_restricted);
insert into person_search (id, tenant_id, unit_id, person_id, latin_key, sounds)
  select gen_random_uuid(), tenant_id, unit_id, id, name_key, '{{}}' from person;
insert into case_record (id, tenant_id, unit_id, reference, origin, state, state_since, opened_on,
    person_id, case_manager, is_area_resolved, is_processing_restricted, is_under_legal_hold,
    is_staff_related, is_child_protection, erasure_confirmed_by, version, created_at, updated_at)
  select gen_random_uuid(), tenant_id, unit_id, 'KIM-2025-00000' || right(id::text, 1), 'OUTREACH',
         'INTAKE', '2025-02-01', '2025-02-01', id, manager, false, false, false, false, false,
         '{{}}', 1, now(), now()
    from person
    join (values ('{PERSON.format(1)}'::uuid, 'kim|anna'), ('{PERSON.format(2)}', null),
                 ('{PERSON.format(3)}', 'kim|anna')) v(person_id, manager) on v.person_id = id;
"""


def test_older_persons_keep_their_fingerprint_and_their_case_manager_sees_them(
    postgres: PostgresServer,
) -> None:
    """The backfills of match_keys and of releases, with rows of the revision before."""
    name = f"{NAME}_older"
    postgres.psql("postgres", statement=f"drop database if exists {name}")
    postgres.provision("cases", name)
    dsn = postgres.dsn("kim_cases_owner", name)
    assert alembic(dsn, "upgrade", "e7c25d90af18").returncode == 0
    postgres.psql(name, statement=OLDER)
    ended = alembic(dsn, "upgrade", "head")
    assert ended.returncode == 0, ended.stderr
    keys = (
        "select right(person_id::text, 1), match_keys, keys_version from person_search order by 1"
    )
    assert postgres.psql(name, statement=keys) == "1|{print-1}|0\n2|{}|0\n3|{print-3}|0"
    released = "select right(person_id::text, 1), unit_id, actor, basis from restriction_release"
    assert postgres.psql(name, statement=released) == "1|waf-cm|kim|anna|IN_CHARGE"
    forced = "select count(*) from pg_class where relname in ('person', 'person_search',"
    forced += " 'case_record', 'family_member', 'restriction_release') and not relforcerowsecurity"
    assert postgres.psql(name, statement=forced) == "0"
    assert alembic(dsn, "downgrade", "e7c25d90af18").returncode == 0
    left = "select count(*) from person"
    assert postgres.psql(name, statement=left) == "3"


KEYED = """
insert into case_record (id, tenant_id, unit_id, reference, import_key, origin, state, state_since,
    opened_on, is_area_resolved, is_processing_restricted, is_under_legal_hold, is_staff_related,
    is_child_protection, erasure_confirmed_by, version, created_at, updated_at)
  select id::uuid, '05570', 'waf-cm', 'KIM-2024-00000' || right(id, 1), key, 'IMPORT', state,
         '2024-02-01', '2024-02-01', false, false, false, false, false, '{{}}', 1, now(), now()
    from (values ('{0}1', 'A-17', 'INTAKE'), ('{0}2', null, 'INTAKE'), ('{0}3', 'A-18', 'ERASED'))
         v(id, key, state);
insert into case_file (id, tenant_id, unit_id)
  select id, tenant_id, unit_id from case_record where state <> 'ERASED'
""".format("01980000-0000-7000-8000-00000000000")


def test_older_import_keys_become_external_ids_and_go_back(postgres: PostgresServer) -> None:
    """The backfill of external_id, with rows of the revision before; the erased have none."""
    name = f"{NAME}_keys"
    postgres.psql("postgres", statement=f"drop database if exists {name}")
    postgres.provision("cases", name)
    dsn = postgres.dsn("kim_cases_owner", name)
    assert alembic(dsn, "upgrade", "f4b9d06e3c71").returncode == 0
    postgres.psql(name, statement=KEYED)
    ended = alembic(dsn, "upgrade", "d4e8a1b6c035")
    assert ended.returncode == 0, ended.stderr
    found = (
        "select kind, system, value, right(case_id::text, 1), person_id is null from external_id"
    )
    assert postgres.psql(name, statement=found) == "CASE|import|A-17|1|t"
    assert alembic(dsn, "downgrade", "f4b9d06e3c71").returncode == 0
    keys = "select right(id::text, 1), import_key from case_record order by 1"
    assert postgres.psql(name, statement=keys) == "1|A-17\n2|\n3|"
