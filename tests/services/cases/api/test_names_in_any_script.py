"""Persons are found by any spelling of a name in any script, and counted as one where merged."""

from collections.abc import Callable

import asyncpg
import pytest

from services.cases.operations.keep_search_keys import keep_search_keys
from shared.database.connection import open_database
from tests.engines import ServiceDatabase
from tests.services.cases.api.test_merged_persons import merge, unmerge
from tests.services.cases.api.test_persons_in_full import find, invented, record
from tests.services.cases.conftest import Person


@pytest.mark.parametrize(
    ("original", "asked"),
    [
        ("محمود الخطيب", "Mahmud Khatib"),
        ("شهرزاد قنبرپور", "Scheherazad Ghanbarpur"),
        ("שרה לוינסון", "Sara Levinson"),
        ("Παπαδιαμαντόπουλος", "Papadiamantopoulos"),
        ("შოთა ყვარელაშვილი", "Shota Qvarelashvili"),
        ("Մկրտիչ Խաչատրյան", "Mkrtich Khachatryan"),
        ("רבקה שטרנברג", "Rivka Sternberg"),
        ("רבקה שטרנברג", "Rebekka Sternberg"),
        ("ገብረ መድኅን ተክለ", "Gebremedhin Tekle"),
        ("ገብረመድኅን ተክለ", "Gebre-Medhin Tekle"),
        ("诸葛孔明", "Zhuge Kongming"),
        ("ተስፋይ ገብረመስቀል", "Tesfay Gebremeskel"),
        ("विश्वनाथन सुब्रमण्यम", "Vishvanathan Subramanyam"),
        ("王小明", "Wang Xiaoming"),
        ("Ковалюкенко Ярослава", "Kowaljukenko Jaroslawa"),
    ],
)
async def test_f25_an_original_name_is_found_by_its_usual_spelling_and_back(
    anna: Person, original: str, asked: str
) -> None:
    unreadable = await record(anna, familyName=invented("Qx"), originalName=original)
    assert unreadable["originalName"] == original
    assert unreadable["id"] in await find(anna, asked, first=50)
    assert unreadable["id"] in await find(anna, original, first=50)
    family, given = asked.split() if " " in asked else (asked, "Eleni")
    spelled = await record(anna, familyName=family, givenNames=given)
    assert spelled["id"] in await find(anna, original, first=50)


async def test_a_merged_name_finds_the_record_that_goes_on(anna: Person) -> None:
    one, other = await record(anna), await record(anna, familyName=invented("Zwerenz"))
    assert await find(anna, other["familyName"]) == [other["id"]]
    await merge(anna, one, other)
    assert await find(anna, other["familyName"]) == [one["id"]]
    await unmerge(anna, one, other)
    assert await find(anna, other["familyName"]) == [other["id"]]


async def test_keys_of_older_rules_are_computed_anew(
    anna: Person, cases_database: ServiceDatabase, database: Callable[[str], ServiceDatabase]
) -> None:
    person = await record(anna, familyName=invented("Qx"), originalName="محمود الخطيب")
    owner = await asyncpg.connect(database("cases").owner_dsn)
    async with owner.transaction():
        await owner.execute("alter table person_search no force row level security")
        await owner.execute(
            "update person_search set skeletons = '{}', sounds = '{}', spelled_key = null,"
            " keys_version = 0 where person_id = $1",
            person["id"],
        )
        await owner.execute("alter table person_search force row level security")
    await owner.close()
    assert person["id"] not in await find(anna, "Mahmud Khatib", first=50)
    as_worker = await open_database(cases_database.app_dsn, application="timer", connections_max=2)
    assert await keep_search_keys(as_worker) >= 1
    assert await keep_search_keys(as_worker) == 0
    await as_worker.close()
    assert person["id"] in await find(anna, "Mahmud Khatib", first=50)
    assert (await anna.get(f"/v1/persons/{person['id']}")) == person
