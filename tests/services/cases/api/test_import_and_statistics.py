"""Taking over running cases, and the figures that come out."""

from collections.abc import AsyncIterator, Iterator
from typing import Any
from uuid import uuid4

import httpx
import orjson
import pytest

from tests.apis import TokenFor, create_app, running
from tests.engines import Engines
from tests.services.cases.conftest import Person, SignedIn, client_named

NDJSON = "application/x-ndjson"
# As in the county's report of 21 November 2022; how they are spread is invented.
PHASES = {
    "INTAKE": 60,
    "ASSESSMENT": 85,
    "PLANNING": 70,
    "LINKING": 64,
    "MONITORING": 84,
    "EVALUATION": 16,
}
FLED_UKRAINE = 111


async def send(
    person: Person, lines: list[dict[str, Any] | str], *, dry_run: bool = False
) -> httpx.Response:
    raw = "\n".join(one if isinstance(one, str) else orjson.dumps(one).decode() for one in lines)
    return await person.client.post(
        "/v1/imports/cases",
        params={"dryRun": "true"} if dry_run else {},
        content=raw.encode(),
        headers={
            "Authorization": f"Bearer {person.token}",
            "Content-Type": NDJSON,
            "Accept-Language": "de",
        },
    )


def row(key: str, **changes: Any) -> dict[str, Any]:
    return {"key": key, "state": "MONITORING", "openedOn": "2021-05-03"} | changes


def families() -> Iterator[dict[str, Any]]:
    states = [state for state, count in PHASES.items() for _ in range(count)]
    for number, state in enumerate(states):
        has_fled = number % 3 == 0 and number // 3 < FLED_UKRAINE
        yield row(
            f"waf-family-{number:03d}",
            state=state,
            openedOn="2022-03-15" if has_fled else "2021-05-03",
            municipalityAgs="05570004" if number % 2 else "05570008",
            language="ukr",
            arrivalCohort="UKRAINE_TEMP_PROTECTION" if has_fled else None,
            members=[
                client_named("Musterfamilie", birthDate="1988", nationalities=["166"]),
                {"role": "CHILD", "person": {"familyName": "Musterfamilie", "givenNames": "Kim"}},
            ],
        )


@pytest.fixture(scope="module")
async def signed_in(
    real_engines: Engines, issuer: str, token_for: TokenFor
) -> AsyncIterator[SignedIn]:
    """Figures count everything there is, so they are asked of a database of their own."""
    app = create_app("cases", real_engines.database("cases", copy="figures"), issuer)
    async with running(app) as client:
        yield lambda persona: Person(client, token_for(persona))


@pytest.fixture(scope="module")
def anna(signed_in: SignedIn) -> Person:
    return signed_in("waf-case-manager")


@pytest.fixture(scope="module")
async def imported(anna: Person) -> dict[str, Any]:
    answer = await send(anna, list(families()))
    assert answer.status_code == 200, answer.text
    report: dict[str, Any] = answer.json()
    return report


async def test_f15_379_families_are_taken_over_in_one_request(imported: dict[str, Any]) -> None:
    counts = {key: imported[key] for key in ("isDryRun", "rows", "created", "refused")}
    assert counts == {"isDryRun": False, "rows": 379, "created": 379, "refused": 0}
    assert {line["status"] for line in imported["report"]} == {"created"}


async def test_f15_the_report_counts_379_families_of_whom_111_fled_ukraine(
    imported: dict[str, Any], signed_in: SignedIn
) -> None:
    coordinator = signed_in("waf-coordinator")
    figures = await coordinator.get("/v1/reports/case-statistics", asOf="2022-11-21")
    assert figures["asOf"] == "2022-11-21"
    assert figures["unit"] == "FAMILY"
    assert figures["families"] == {"total": 379, "thereofFledUkraine": 111, "others": 268}
    assert {line["state"]: line["families"] for line in figures["byState"]} == PHASES
    fled = sum(line["thereofFledUkraine"] for line in figures["byState"])
    assert fled == 111


async def test_f15_on_an_earlier_day_only_those_already_there_are_counted(
    imported: dict[str, Any], signed_in: SignedIn
) -> None:
    coordinator = signed_in("waf-coordinator")
    figures = await coordinator.get("/v1/reports/case-statistics", asOf="2022-03-14")
    assert figures["families"] == {"total": 268, "thereofFledUkraine": 0, "others": 268}
    nothing = await coordinator.get("/v1/reports/case-statistics", asOf="2020-12-31")
    assert nothing["families"] == {"total": 0, "thereofFledUkraine": 0, "others": 0}
    assert nothing["byState"] == []


async def test_f15_another_tenant_counts_none_of_them(
    imported: dict[str, Any], signed_in: SignedIn
) -> None:
    figures = await signed_in("ac-coordinator").get(
        "/v1/reports/case-statistics", asOf="2022-11-21"
    )
    assert figures["families"]["total"] == 0


async def test_a_file_sent_again_changes_nothing(anna: Person, imported: dict[str, Any]) -> None:
    again = (await send(anna, list(families())[:20])).json()
    assert (again["created"], again["unchanged"]) == (0, 20)
    known = {line["key"]: line["caseId"] for line in imported["report"]}
    assert {line["caseId"] for line in again["report"]} <= set(known.values())


@pytest.fixture(scope="module")
def lena(signed_in: SignedIn) -> Person:
    """A case manager in Rheine, another tenant."""
    return signed_in("rheine-caritas-case-manager")


async def test_each_line_is_accepted_or_refused_by_itself(lena: Person) -> None:
    key = uuid4().hex
    answer = await send(
        lena,
        [
            row(f"{key}-1"),
            "{not json",
            row(f"{key}-1"),
            row(f"{key}-2", state="CLOSED"),
            row(f"{key}-3", state="CLOSED", closedOn="2022-01-31", closingReason="GOALS_REACHED"),
            row(f"{key}-4", members=[client_named("R2D2")]),
            row(f"{key}-5", azrNumber="1"),
            row(f"{key}-6", openedOn="2199-01-01"),
            row(f"{key}-7", municipalityAgs="5566076"),
            row(f"{key}-8", state="ERASED"),
        ],
    )
    report = answer.json()
    assert [(line["line"], line["status"]) for line in report["report"]] == [
        (1, "created"),
        (2, "refused"),
        (3, "refused"),
        (4, "refused"),
        (5, "created"),
        (6, "refused"),
        (7, "refused"),
        (8, "refused"),
        (9, "refused"),
        (10, "refused"),
    ]
    codes = [line["errors"][0]["code"] for line in report["report"] if line["errors"]]
    assert codes == [
        "json-invalid",
        "import-key-twice",
        "imported-state-unclear",
        "name-unacceptable",
        "extra-forbidden",
        "imported-state-unclear",
        "string-pattern-mismatch",
        "imported-state-unclear",
    ]
    assert report["report"][5]["errors"][0]["message"].startswith("Der Name enthält Zeichen")
    closed = await lena.get(f"/v1/cases/{report['report'][4]['caseId']}")
    assert (closed["state"], closed["closedOn"]) == ("CLOSED", "2022-01-31")
    assert [phase["rule"] for phase in closed["phases"]] == ["C1", "IMPORT"]


async def test_a_dry_run_reports_and_stores_nothing(lena: Person) -> None:
    key = uuid4().hex
    dry = (await send(lena, [row(key), row(f"{key}-x", state="ERASED")], dry_run=True)).json()
    assert (dry["isDryRun"], dry["created"], dry["refused"]) == (True, 1, 1)
    assert dry["report"][0]["caseId"] is None
    real = (await send(lena, [row(key)])).json()
    assert (real["created"], real["unchanged"]) == (1, 0)


async def test_an_import_leaves_one_audit_entry_that_names_every_case(
    lena: Person, signed_in: SignedIn
) -> None:
    key = uuid4().hex
    report = (await send(lena, [row(f"{key}-{n}") for n in range(3)])).json()
    log = await signed_in("st-dpo").get("/v1/audit-entries", action="import-cases", first="1")
    created = sorted(line["caseId"] for line in report["report"])
    assert sorted(log["items"][0]["recordIds"]) == created


async def test_hazard_12_small_figures_stay_hidden(lena: Person, signed_in: SignedIn) -> None:
    """Two families in a place: nobody may find out which."""
    key = uuid4().hex
    member = [client_named("Einzeln")]
    rows = [
        row(f"{key}-{n}", openedOn="2019-02-01", municipalityAgs=ags, members=member)
        for n, ags in enumerate(["05566076"] * 7 + ["05566008"] * 2 + ["05566012"] * 5)
    ]
    assert (await send(lena, rows)).json()["created"] == 14
    figures = await signed_in("rheine-coordinator").get(
        "/v1/reports/case-statistics", asOf="2019-12-31"
    )
    by_place = {line["municipalityAgs"]: line["families"] for line in figures["byMunicipality"]}
    assert by_place == {"05566008": None, "05566012": None, "05566076": 7}
    assert figures["families"]["total"] == 14


async def test_f23_the_difference_of_two_days_tells_nobody(
    lena: Person, signed_in: SignedIn
) -> None:
    """R-ST3: a family comes on 15 August; every figure stays that of the last reporting day."""
    new = row(uuid4().hex, openedOn="2020-08-15", municipalityAgs="05566076")
    assert (await send(lena, [new])).json()["created"] == 1
    coordinator = signed_in("rheine-coordinator")
    before, after = [
        await coordinator.get("/v1/reports/case-statistics", asOf=day)
        for day in ("2020-08-14", "2020-08-15")
    ]
    assert before["countedOn"] == after["countedOn"] == "2020-06-30"
    assert before["municipalitiesAsOf"] == "2020-06-30"
    assert {**before, "asOf": None} == {**after, "asOf": None}


async def test_f23_a_reporting_day_is_told_once_and_for_all(
    lena: Person, signed_in: SignedIn
) -> None:
    """A family recorded afterwards, with a day before, is not the difference of two questions."""
    key, coordinator = uuid4().hex, signed_in("rheine-coordinator")
    asked = await coordinator.get("/v1/reports/case-statistics", asOf="2020-12-31")
    late = [row(f"{key}-{n}", openedOn="2020-11-02", members=[client_named("S")]) for n in (1, 2)]
    assert (await send(lena, late)).json()["created"] == 2
    again = await coordinator.get("/v1/reports/case-statistics", asOf="2020-12-31")
    assert again == asked
    assert asked["smallCellMin"] == 5


async def test_no_day_after_today_is_told(signed_in: SignedIn) -> None:
    """Else the first to ask would settle the figures of a day before it has come."""
    coordinator = signed_in("waf-coordinator")
    today = await coordinator.get("/v1/reports/case-statistics")
    future = await coordinator.get("/v1/reports/case-statistics", asOf="2150-12-31")
    assert future["countedOn"] == today["countedOn"] < today["asOf"]


async def test_extracts_for_the_supervision_point_to_nobody(
    imported: dict[str, Any], signed_in: SignedIn
) -> None:
    """H6: figures and anonymised extracts, no file."""
    extracts = (await signed_in("waf-team-lead").get("/v1/reports/case-extracts"))["items"]
    assert len(extracts) == 200
    assert {key for one in extracts for key in one} == {
        "state",
        "openedYear",
        "closingReason",
        "fieldsOfAction",
    }
