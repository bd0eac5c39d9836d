"""Nationalities: Destatis keys with ISO codes and names, from a code list (H15)."""

from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from deploy.local.postgres import PostgresServer
from services.cases.api.schemas.people import PersonView
from tests.engines import ServiceDatabase
from tests.services.cases.api.test_import_and_statistics import row, send
from tests.services.cases.api.test_persons_in_full import invented, record
from tests.services.cases.conftest import Person, client_named
from tests.services.cases.proofs.stored import COUNTED


@pytest.fixture
async def admin(
    postgres: PostgresServer, cases_database: ServiceDatabase
) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    """The administrator of the database, whom no policy stops."""
    connection = await asyncpg.connect(postgres.dsn("postgres", cases_database.name))
    yield connection
    await connection.close()


async def test_keys_and_iso_codes_are_taken_and_kept_as_keys_with_names(anna: Person) -> None:
    person = await record(anna, nationalities=["SYR", "000", "997", "159", "150"])
    PersonView.model_validate(person)
    assert person["nationalities"] == ["475", "000", "997", "159", "150"]
    details = person["nationalityDetails"]
    assert [(one["key"], one["iso"]) for one in details] == [
        ("475", "SYR"), ("000", "DEU"), ("997", None), ("159", "SUN"), ("150", None),
    ]  # fmt: skip
    assert (details[0]["labelDe"], details[0]["labelEn"]) == ("Syrien", "Syria")
    assert (details[2]["labelDe"], details[2]["labelEn"]) == ("staatenlos", "stateless")
    assert [one["validTo"] for one in details] == [None, None, None, "1991-12-25", None]
    listed = (await anna.get("/v1/persons", ids=person["id"]))["items"]
    assert listed == [person]
    assert (await record(anna))["nationalityDetails"] == []


@pytest.mark.parametrize("unknown", ["001", "910", "XXX", "YUG", "syr"])
async def test_what_the_code_list_does_not_know_is_refused_by_place(
    anna: Person, admin: "asyncpg.Connection[asyncpg.Record]", unknown: str
) -> None:
    names = {"familyName": invented("Neu"), "givenNames": "Ada"}
    child = {"role": "CHILD", "person": names | {"nationalities": ["163", unknown]}}
    family = [client_named(invented("Neu")), child]
    counted = f"select 'person', to_jsonb(count(*))::text from person union all {COUNTED}"
    before = await admin.fetch(counted)
    for path, body, pointer in (
        ("/v1/persons", child["person"], "/nationalities/1"),
        ("/v1/cases", {"origin": "OUTREACH", "members": family},
         "/members/1/person/nationalities/1"),
    ):  # fmt: skip
        problem = await anna.post(path, body, status=422)
        assert problem["code"] == "fields-refused"
        assert [fault["pointer"] for fault in problem["errors"]] == [pointer]
    assert await admin.fetch(counted) == before


async def test_one_nationality_in_two_spellings_is_named_twice(anna: Person) -> None:
    names = {"familyName": invented("Neu"), "givenNames": "Ada"}
    twice = names | {"nationalities": ["163", "TUR"]}
    refused = await anna.post("/v1/persons", twice, status=422)
    assert refused["code"] == "nationality-unacceptable"


async def test_an_import_refuses_the_line_with_an_unknown_nationality(anna: Person) -> None:
    key = invented("nat")
    lines = [
        row(f"{key}-1", members=[client_named(invented("Neu"), nationalities=["IRQ"])]),
        row(f"{key}-2", members=[client_named(invented("Neu"), nationalities=["001"])]),
    ]
    report = (await send(anna, lines)).json()
    assert (report["created"], report["refused"]) == (1, 1)


async def test_the_code_list_is_published_with_source_and_iso(anna: Person) -> None:
    listed: dict[str, Any] = await anna.get("/v1/code-lists/nationality")
    assert listed["version"] == "2021-02-19"
    by_code = {one["code"]: one for one in listed["codes"]}
    assert len(by_code) == 210
    assert by_code["163"]["iso"] == "TUR"
    assert by_code["162"]["validTo"] == "1992-12-31"
    assert {by_code[key]["label"]["de"] for key in ("997", "998", "999")} == {
        "staatenlos", "ungeklärt", "ohne Angabe",
    }  # fmt: skip


async def test_a_key_from_before_the_list_stays_visible(
    anna: Person, admin: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    person = await record(anna)
    await admin.execute(
        "update person set nationalities = array['001'] where id = $1", person["id"]
    )
    seen = await anna.get(f"/v1/persons/{person['id']}")
    assert seen["nationalityDetails"] == [
        {"key": "001", "iso": None, "labelDe": None, "labelEn": None, "validTo": None}
    ]
