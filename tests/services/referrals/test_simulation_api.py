"""Rules are tried on past referrals; what is kept of those leads back to nobody."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from services.referrals.operations.simulate_rules import first_of_months, forget_old_samples
from shared.database.connection import Database
from tests.rehearsing import everything
from tests.services.referrals.desk import Desk
from tests.services.referrals.domain.people_and_places import RHEINE
from tests.services.referrals.papers import TELGTE, consent, referral, steinfurt_rules

PATH = "/v1/routing-rules/simulate"
CARITAS, LERNEN = "rheine-caritas", "rheine-lernen-foerdern"
LEFT = {"lon": 7.41, "lat": 52.27}
RIGHT = {"lon": 7.47, "lat": 52.30}


def swapped() -> dict[str, Any]:
    rules = steinfurt_rules()["rules"]
    rules[0]["unitId"], rules[1]["unitId"] = rules[1]["unitId"], rules[0]["unitId"]
    return {"rules": rules}


@pytest.fixture
async def st_jobcenter(directory: None, desk_of: Callable[[str], Desk], owner: Any) -> Desk:
    await owner.execute("delete from routing_sample")
    return desk_of("st-jobcenter-system")


@pytest.fixture
def st_coordinator(directory: None, desk_of: Callable[[str], Desk]) -> Desk:
    return desk_of("rheine-coordinator")


async def send(desk: Desk, subject: str, unit_id: str, place: dict[str, Any]) -> None:
    body = referral(subject, place=place, legalGround={"consent": consent(unit_id)})
    sent = await desk.post("/v1/referrals", body)
    assert (sent.status_code, sent.json()["recipientUnit"]) == (201, unit_id), sent.text


async def send_both(desk: Desk, subject: str) -> None:
    street = {"ags": RHEINE, "street": "Musterweg", "houseNumber": "4"}
    await send(desk, f"{subject}-l", CARITAS, street | {"location": LEFT})
    await send(desk, f"{subject}-r", LERNEN, street | {"location": RIGHT})


async def test_f11_a_swap_of_the_rules_over_the_ems_changes_two_samples(
    st_jobcenter: Desk, st_coordinator: Desk, subject: str
) -> None:
    await send_both(st_jobcenter, subject)
    answer = await st_coordinator.post(PATH, swapped())
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert {key: found[key] for key in ("examined", "changed", "toManual")} == {
        "examined": 2,
        "changed": 2,
        "toManual": 0,
    }
    assert (found["nearTheLine"], found["wentElsewhere"], found["isComplete"]) == (0, 2, True)
    assert [(way["fromUnit"], way["toUnit"], way["referrals"]) for way in found["ways"]] == [
        (CARITAS, LERNEN, 1),
        (LERNEN, CARITAS, 1),
    ]
    same = (await st_coordinator.post(PATH, {"rules": steinfurt_rules()["rules"]})).json()
    assert (same["examined"], same["changed"], same["wentElsewhere"]) == (2, 0, 0)
    none = (await st_coordinator.post(PATH, {"rules": [], "months": 1})).json()
    assert (none["changed"], none["toManual"]) == (2, 2)
    assert {way["manualReason"] for way in none["ways"]} == {"NO_RULE"}


async def test_a_simulation_stores_nothing(
    st_jobcenter: Desk, st_coordinator: Desk, subject: str, owner: Any
) -> None:
    await send_both(st_jobcenter, subject)
    before = await everything(owner)
    assert (await st_coordinator.post(PATH, swapped())).status_code == 200
    assert await everything(owner) == before


async def test_a_sample_leads_back_to_nobody(st_jobcenter: Desk, subject: str, owner: Any) -> None:
    columns = await owner.fetch(
        "select column_name::text from information_schema.columns"
        " where table_name = 'routing_sample'"
    )
    assert {row[0] for row in columns} == {
        "tenant_id",
        "month",
        "service_code",
        "ags",
        "district",
        "street",
        "square",
        "unit_id",
        "manual_reason",
        "rules_version",
        "times",
    }
    street = {"ags": RHEINE, "location": LEFT, "street": "Musterweg"}
    await send(st_jobcenter, f"{subject}-4", CARITAS, street | {"houseNumber": "4"})
    await send(st_jobcenter, f"{subject}-17", CARITAS, street | {"houseNumber": "17 a"})
    [row] = await owner.fetch("select * from routing_sample")
    assert (row["street"], row["square"], row["times"]) == ("Musterweg", "7410,52270", 2)
    assert (row["month"].day, row["district"], row["manual_reason"]) == (1, "", "")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Musterweg 17 a-c", "Musterweg"),
        ("Musterweg 4, 2. OG", "Musterweg"),
        ("Musterweg4", "Musterweg"),
        ("Musterweg, bei Kowalenko", "Musterweg"),
        ("Musterweg c/o Kowalenko", "Musterweg"),
        ("Musterweg (Hinterhaus)", "Musterweg"),
        ("Straße des 17. Juni 5", "Straße des 17. Juni"),
        ("An der Alten Ems", "An der Alten Ems"),
    ],
)
async def test_of_a_street_only_its_name_is_kept(
    st_jobcenter: Desk, subject: str, owner: Any, written: str, kept: str
) -> None:
    place = {"ags": RHEINE, "location": LEFT, "street": written}
    await send(st_jobcenter, subject, CARITAS, place)
    assert await owner.fetchval("select street from routing_sample") == kept


def child_protection(subject: str) -> dict[str, Any]:
    decided = {"ground": "KKG_4_3", "decidedBy": "u-17", "decidedAt": "2026-03-10T09:00:00Z"}
    reason = "Das Kind wäre gefährdet."
    return referral(
        subject,
        mode="CHILD_PROTECTION",
        serviceCode="CHILD_PROTECTION",
        purpose="CHILD_PROTECTION",
        topic="FAMILY",
        recipientUnit="waf-jugendamt",
        secretCategories=["need"],
        legalGround={"statutory": decided},
        protectionSteps={
            "discussedWithFamily": False,
            "notDiscussedReason": reason,
            "specialistConsulted": True,
            "familyInformed": False,
            "notInformedReason": reason,
        },
    )


async def test_the_place_goes_and_its_neighbourhood_is_counted_but_never_of_child_protection(
    jobcenter: Desk, subject: str, owner: Any
) -> None:
    await owner.execute("delete from routing_sample")
    sent = await jobcenter.post("/v1/referrals", referral(subject))
    [row] = await owner.fetch("select ags, street, square, unit_id, times from routing_sample")
    assert tuple(row) == (TELGTE, "Steinstraße", "", "waf-cm", 1)
    child = await jobcenter.post("/v1/referrals", child_protection(subject))
    assert child.status_code == 201, child.text
    for answer in (sent, child):
        places = "select count(*) from referral_place where id = $1"
        assert await owner.fetchval(places, answer.json()["id"]) == 0
    assert await owner.fetchval("select sum(times) from routing_sample") == 1


async def test_samples_are_read_by_who_writes_rules_and_in_the_own_kreis_alone(
    st_jobcenter: Desk,
    st_coordinator: Desk,
    jobcenter: Desk,
    coordinator: Desk,
    case_manager: Desk,
    subject: str,
) -> None:
    await send_both(st_jobcenter, subject)
    for desk in (st_jobcenter, jobcenter, case_manager):
        assert (await desk.post(PATH, {"rules": []})).status_code == 403
    assert (await coordinator.post(PATH, {"rules": []})).json()["examined"] == 0
    assert (await st_coordinator.post(PATH, {"rules": []})).json()["examined"] == 2


async def test_rules_that_could_not_be_published_are_not_tried(st_coordinator: Desk) -> None:
    for change, code in (({"unitId": "nobody-here"}, 409), ({"serviceCode": "PALM_READING"}, 422)):
        body = swapped()
        body["rules"][0] |= change
        assert (await st_coordinator.post(PATH, body)).status_code == code
    assert (await st_coordinator.post(PATH, {"rules": [], "months": 13})).status_code == 422


@pytest.mark.parametrize(
    ("today", "months", "since"),
    [
        (date(2026, 3, 31), 1, date(2026, 3, 1)),
        (date(2026, 3, 31), 12, date(2025, 4, 1)),
        (date(2026, 12, 1), 12, date(2026, 1, 1)),
        (date(2026, 1, 15), 2, date(2025, 12, 1)),
    ],
)
def test_months_are_counted_with_the_present_one(today: date, months: int, since: date) -> None:
    assert first_of_months(today, months) == since


async def test_samples_are_forgotten_after_twelve_months(
    st_jobcenter: Desk, subject: str, owner: Any, app_database: Database
) -> None:
    await send_both(st_jobcenter, subject)
    today: date = await owner.fetchval("select max(month) from routing_sample")
    await owner.execute(
        "update routing_sample set month = month - interval '12 months' where unit_id = $1", CARITAS
    )
    assert await forget_old_samples(app_database, today) == 1
    assert await forget_old_samples(app_database, today) == 0
    rows = await owner.fetch("select unit_id from routing_sample")
    assert [row["unit_id"] for row in rows] == [LERNEN]
