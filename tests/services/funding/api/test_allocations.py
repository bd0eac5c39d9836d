"""Allocations through the service: the tree, its limits, its versions and its steps."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from services.funding.api.schemas.allocation_views import (
    AllocationPage,
    AllocationTree,
    AllocationVersionPage,
    AllocationView,
)
from tests.apis import TokenFor, bearer, create_app
from tests.engines import ServiceDatabase
from tests.services.funding.desk import Desk, Record
from tests.services.funding.papers import award, case_management, line
from tests.services.funding.proofs.year import accepted
from tests.services.funding.steps import TERMS, active, contracted, released, share
from tests.waiting import until


@pytest.fixture
async def aachen(officer: Desk, approver: Desk) -> Record:
    """Six posts of 55,000 each, all of them free."""
    return await active(officer, approver, case_management("6.00", "330000.00"))


async def test_f4_aachen_forwards_five_of_six_posts_and_keeps_one(
    officer: Desk, approver: Desk, aachen: Record
) -> None:
    (b2,) = aachen["lines"]
    own_use = await officer.send(
        "PUT",
        f"/v1/awards/{aachen['id']}/lines/{b2['id']}/own-use",
        {"fte": "1.00", "amount": "55000.00"},
        version=aachen["version"],
    )
    assert own_use.status_code == 200, own_use.text

    allocation = await released(officer, approver, share(b2, "5.00", "275000.00"))

    AllocationView.model_validate(allocation)
    assert (allocation["state"], allocation["fundingLine"]) == ("ACTIVE", "B2_CASE_MANAGEMENT")
    (b2,) = (await officer.read(f"/v1/awards/{aachen['id']}"))["lines"]
    assert (b2["allocatedFte"], b2["allocatedAmount"]) == ("5.00", "275000.00")
    assert (b2["ownUseFte"], b2["freeFte"], b2["freeAmount"]) == ("1.00", "0.00", "0.00")


async def test_f4_aachen_cannot_forward_more_than_it_was_awarded(
    officer: Desk, aachen: Record
) -> None:
    (b2,) = aachen["lines"]

    answer = await officer.send("POST", "/v1/allocations", share(b2, "6.01", "330000.00"))

    assert (answer.status_code, answer.json()["code"]) == (422, "more-than-the-parent-has")
    assert answer.json()["wholeFte"] == "6.00"
    assert (await officer.read("/v1/allocations"))["items"] == []


@pytest.mark.parametrize(("fte", "amount"), [("1.01", "1.00"), ("1.00", "55000.01")])
async def test_what_others_hold_is_refused_with_what_is_free(
    officer: Desk, aachen: Record, fte: str, amount: str
) -> None:
    (b2,) = aachen["lines"]
    await officer.create("/v1/allocations", share(b2, "5.00", "275000.00"))

    answer = await officer.send("POST", "/v1/allocations", share(b2, fte, amount))

    assert (answer.status_code, answer.json()["code"]) == (409, "not-enough-free")
    assert (answer.json()["freeFte"], answer.json()["freeAmount"]) == ("1.00", "55000.00")
    assert len((await officer.read("/v1/allocations"))["items"]) == 1


async def is_started(server: uvicorn.Server) -> bool:
    return server.started


@asynccontextmanager
async def serving(app: FastAPI) -> AsyncIterator[str]:
    """The app behind a real socket."""
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None, access_log=False)
    server = uvicorn.Server(config)
    serving_task = asyncio.create_task(server.serve())
    await until(lambda: is_started(server))
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await serving_task


async def test_fifty_at_once_never_get_more_than_there_is(
    officer: Desk,
    approver: Desk,
    funding_database: ServiceDatabase,
    issuer: str,
    token_for: TokenFor,
) -> None:
    award_ = await active(officer, approver, case_management("7.00", "385000.00"))
    (b2,) = award_["lines"]
    first = await released(officer, approver, share(b2, "2.00", "110000.00"))
    below = {**share(b2, "1.00", "55000.00"), "parentAllocationId": first["id"]}
    del below["awardLineId"]
    bodies = [share(b2, "1.00", "55000.00")] * 35 + [below] * 15
    app = create_app("funding", funding_database, issuer)
    headers = bearer(token_for("waf-funding-officer"))

    async with (
        serving(app) as address,
        httpx.AsyncClient(base_url=address, headers=headers, timeout=30) as http,
    ):
        answers = await asyncio.gather(
            *(http.post("/v1/allocations", json=body) for body in bodies)
        )

    top, lower = answers[:35], answers[35:]
    assert sorted(answer.status_code for answer in top) == [201] * 5 + [409] * 30
    assert sorted(answer.status_code for answer in lower) == [201] * 2 + [409] * 13
    refused = [answer.json() for answer in answers if answer.status_code == 409]
    assert {one["code"] for one in refused} == {"not-enough-free"}
    assert all(one["freeFte"] == "0.00" for one in refused)
    tree = await officer.read(f"/v1/awards/{award_['id']}/allocation-tree")
    assert [(one["depth"], one["freeFte"], one["freeAmount"]) for one in tree["nodes"][:1]] == [
        (0, "0.00", "0.00")
    ]
    assert tree["findings"] == []
    assert len(tree["nodes"]) == 1 + 1 + 5 + 2


async def test_f13_unna_tree_is_checked_on_every_level(officer: Desk, approver: Desk) -> None:
    unna = await active(
        officer,
        approver,
        award(
            2022,
            "1026000.00",
            [
                line(
                    "b2",
                    "B2_CASE_MANAGEMENT",
                    "1026000.00",
                    "18.00",
                    rate="57000.00",
                    ownUseFte="6.00",
                    ownUseAmount="342000.00",
                )
            ],
        ),
    )
    (b2,) = unna["lines"]
    bergkamen = await released(
        officer,
        approver,
        share(b2, "5.00", "285000.00", ownUseFte="2.00", ownUseAmount="114000.00"),
        "bergkamen",
    )

    def below(fte: str, amount: str) -> Record:
        body = share(b2, fte, amount, parentAllocationId=bergkamen["id"])
        del body["awardLineId"]
        return body

    kamen = await officer.create("/v1/allocations", below("1.50", "85500.00"))
    boenen = await officer.create("/v1/allocations", below("1.50", "85500.00"))
    too_much = await officer.send("POST", "/v1/allocations", below("0.01", "570.00"))
    more_than_whole = await officer.send("POST", "/v1/allocations", below("3.01", "171000.00"))

    assert (too_much.status_code, too_much.json()["freeFte"]) == (409, "0.00")
    assert (more_than_whole.status_code, more_than_whole.json()["wholeFte"]) == (422, "3.00")
    tree = await officer.read(f"/v1/awards/{unna['id']}/allocation-tree")
    AllocationTree.model_validate(tree)
    assert [
        (one["id"], one["parentId"], one["depth"], one["freeFte"]) for one in tree["nodes"]
    ] == [
        (b2["id"], None, 0, "7.00"),
        (bergkamen["id"], b2["id"], 1, "0.00"),
        (kamen["id"], bergkamen["id"], 2, "1.50"),
        (boenen["id"], bergkamen["id"], 2, "1.50"),
    ]
    page = await officer.read("/v1/allocations", parentAllocationId=bergkamen["id"])
    AllocationPage.model_validate(page)
    assert [one["id"] for one in page["items"]] == [kamen["id"], boenen["id"]]


async def test_a_cancelled_allocation_gives_its_share_back(officer: Desk, aachen: Record) -> None:
    (b2,) = aachen["lines"]
    allocation = await officer.create("/v1/allocations", share(b2, "6.00", "330000.00"))

    cancelled = await officer.act("allocations", allocation, "cancel")

    assert cancelled["state"] == "CANCELLED"
    await officer.create("/v1/allocations", share(b2, "6.00", "330000.00"))


async def test_an_allocation_walks_from_plan_to_settlement(
    officer: Desk, approver: Desk, aachen: Record
) -> None:
    (b2,) = aachen["lines"]
    allocation = await officer.create("/v1/allocations", share(b2, "5.00", "275000.00"))
    allocation = await officer.act("allocations", allocation, "open-call")
    allocation = await officer.act(
        "allocations", allocation, "select", {"recipientUnit": "waf-caritas"}
    )
    allocation = await officer.act("allocations", allocation, "contract", TERMS)
    allocation = await approver.act("allocations", allocation, "activate")
    allocation = await officer.act("allocations", allocation, "suspend", {"reason": "Nachweis"})
    allocation = await officer.act("allocations", allocation, "resume", {"reason": "liegt vor"})
    allocation = await officer.act("allocations", allocation, "end")
    allocation = await officer.act("allocations", allocation, "demand-proof")
    early = await officer.try_act("allocations", allocation, "settle")
    allocation = await approver.act(
        "allocations", allocation, "waive-proof", {"reason": "Nichts gezahlt"}
    )
    allocation = await officer.act("allocations", allocation, "settle")

    AllocationView.model_validate(allocation)
    assert early.json()["code"] == "transition-not-allowed"
    assert early.json()["allowedActions"] == ["check-proof", "waive-proof"]
    assert (allocation["state"], allocation["eligibleAmount"]) == ("SETTLED", "0.00")


@pytest.mark.parametrize(
    ("change", "guard"),
    [
        ({"authorityConsentRef": None}, "consent-given"),
        ({"doubleFundingCheckedOn": None}, "double-funding-checked"),
    ],
)
async def test_an_allocation_is_not_released_without_what_the_law_asks_for(
    officer: Desk, approver: Desk, aachen: Record, change: Record, guard: str
) -> None:
    (b2,) = aachen["lines"]
    allocation = await officer.create("/v1/allocations", share(b2, "5.00", "275000.00"))
    selection = {"recipientUnit": "waf-caritas", "selectionReason": "einziger Träger"}
    allocation = await officer.act("allocations", allocation, "select-directly", selection)
    allocation = await officer.act("allocations", allocation, "contract", TERMS | change)

    answer = await approver.try_act("allocations", allocation, "activate")

    assert (answer.status_code, answer.json()["guards"]) == (422, [guard])
    assert await officer.read(f"/v1/allocations/{allocation['id']}") == allocation


async def test_two_recipients_do_not_serve_one_area(
    officer: Desk, approver: Desk, aachen: Record
) -> None:
    (b2,) = aachen["lines"]

    def bank(side: str) -> Record:
        areas = [{"key": "05570004", "part": side}]
        return share(b2, "1.00", "55000.00", territory={"included": areas})

    await released(officer, approver, bank("rechts"), "waf-lernen")
    await released(officer, approver, bank("links"), "waf-caritas")
    third = await contracted(officer, bank("links"), "waf-awo")

    answer = await approver.try_act("allocations", third, "activate")

    assert answer.json()["guards"] == ["area-disjoint"]


async def test_an_allocation_waits_until_its_award_is_final(officer: Desk, approver: Desk) -> None:
    award_ = await officer.create("/v1/awards", case_management("6.00", "330000.00"))
    third = await contracted(officer, share(award_["lines"][0], "1.00", "55000.00"))

    answer = await approver.try_act("allocations", third, "activate")

    assert answer.json()["guards"] == ["parent-forwards"]


async def test_whoever_plans_an_allocation_does_not_release_it(
    officer: Desk, aachen: Record
) -> None:
    allocation = await contracted(officer, share(aachen["lines"][0], "1.00", "55000.00"))

    assert (await officer.try_act("allocations", allocation, "activate")).status_code == 403


async def test_an_amended_contract_holds_its_new_share_from_its_release_on(
    officer: Desk, approver: Desk, aachen: Record
) -> None:
    (b2,) = aachen["lines"]
    allocation = await released(officer, approver, share(b2, "1.90", "104500.00"))
    path = f"/v1/allocations/{allocation['id']}"
    body = {
        "effectiveFrom": "2022-07-01",
        "validFrom": "2022-01-01",
        "validTo": "2022-12-31",
        "fte": "3.50",
        "amount": "192500.00",
    }

    waiting = await officer.create(f"{path}/versions", body, version=allocation["version"])
    assert waiting["fte"] == "1.90"
    amended = await approver.send(
        "POST", f"{path}/versions/2/actions/approve", version=waiting["version"]
    )

    assert amended.status_code == 200, amended.text
    assert (amended.json()["fte"], amended.json()["versionNumber"]) == ("3.50", 2)
    assert (await officer.read(path, asOf="2022-06-30"))["fte"] == "1.90"
    assert (await officer.read(path, asOf="2022-12-31"))["fte"] == "3.50"
    (b2,) = (await officer.read(f"/v1/awards/{aachen['id']}"))["lines"]
    assert (b2["allocatedFte"], b2["freeAmount"]) == ("3.50", "137500.00")
    versions = await officer.read(f"{path}/versions")
    AllocationVersionPage.model_validate(versions)
    assert [one["fte"] for one in versions["items"]] == ["1.90", "3.50"]


async def test_an_amendment_beyond_what_is_free_is_refused_and_changes_nothing(
    officer: Desk, approver: Desk, aachen: Record
) -> None:
    (b2,) = aachen["lines"]
    await released(
        officer, approver, share(b2, "4.00", "220000.00", targetGroup="YOUTH"), "waf-awo"
    )
    allocation = await released(officer, approver, share(b2, "1.00", "55000.00"))
    path = f"/v1/allocations/{allocation['id']}"
    body = share(b2, "2.01", "110000.00", effectiveFrom="2022-07-01")
    del body["awardLineId"]
    waiting = await officer.create(f"{path}/versions", body, version=allocation["version"])

    answer = await approver.send(
        "POST", f"{path}/versions/2/actions/approve", version=waiting["version"]
    )

    assert (answer.status_code, answer.json()["code"]) == (409, "not-enough-free")
    assert answer.json()["freeFte"] == "2.00"
    assert await officer.read(path) == waiting


async def test_an_award_that_shrinks_below_what_is_passed_on_is_reported_until_repaired(
    officer: Desk, approver: Desk, aachen: Record
) -> None:
    (b2,) = aachen["lines"]
    kept = await officer.create("/v1/allocations", share(b2, "3.00", "165000.00"))
    given_up = await officer.create("/v1/allocations", share(b2, "2.00", "110000.00"))
    path = f"/v1/awards/{aachen['id']}/versions"
    figures = case_management("4.00", "220000.00")
    body = {name: figures[name] for name in ("validFrom", "validTo", "total", "lines")}
    waiting = await officer.create(
        path, body | {"effectiveFrom": "2022-07-01"}, version=aachen["version"]
    )
    shrunk = await approver.send("POST", f"{path}/2/actions/approve", version=waiting["version"])
    assert shrunk.status_code == 200, shrunk.text
    assert shrunk.json()["lines"][0]["freeFte"] == "-1.00"

    tree = await officer.read(f"/v1/awards/{aachen['id']}/allocation-tree")
    findings = await officer.read("/v1/findings", asOf="2022-12-31")
    refused = await officer.send("POST", "/v1/allocations", share(b2, "0.01", "1.00"))
    await officer.act("allocations", given_up, "cancel")
    repaired = await officer.read("/v1/findings", asOf="2022-12-31")

    assert [(one["code"], one["facts"]["freeFte"]) for one in tree["findings"]] == [
        ("OVER_ALLOCATION", "-1.00")
    ]
    assert [one["code"] for one in findings["items"]] == ["OVER_ALLOCATION"]
    assert (refused.status_code, refused.json()["freeFte"]) == (409, "-1.00")
    assert repaired["items"] == []
    assert (await officer.read(f"/v1/allocations/{kept['id']}"))["fte"] == "3.00"


async def test_f14_heinsberg_own_money_stands_apart_from_the_share_of_the_land(
    officer: Desk, aachen: Record
) -> None:
    (b2,) = aachen["lines"]

    allocation = await officer.create(
        "/v1/allocations", share(b2, "1.00", "55000.00", ownMoney="5000.00")
    )

    assert (allocation["amount"], allocation["ownMoney"]) == ("55000.00", "5000.00")
    (b2,) = (await officer.read(f"/v1/awards/{aachen['id']}"))["lines"]
    assert b2["allocatedAmount"] == "55000.00"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"fte": "0.00", "amount": "0.00"}, "nothing-allocated"),
        ({"ownUseFte": "1.01"}, "own-use-exceeds-share"),
        ({"validTo": "2023-01-31"}, "period-exceeds-parent"),
        ({"awardLineId": "01890000-0000-7000-8000-000000000000"}, "parent-unknown"),
        ({"awardLineId": None}, "fields-refused"),
        ({"fte": 1.0}, "fields-refused"),
        ({"fte": "1"}, "fields-refused"),
    ],
)
async def test_an_allocation_that_makes_no_sense_is_refused(
    officer: Desk, aachen: Record, change: Record, code: str
) -> None:
    body = share(aachen["lines"][0], "1.00", "55000.00") | change

    answer = await officer.send("POST", "/v1/allocations", body)

    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert (await officer.read("/v1/allocations"))["items"] == []


async def test_a_recipient_with_a_terminated_contract_gets_no_new_one(
    officer: Desk, approver: Desk, aachen: Record
) -> None:
    (b2,) = aachen["lines"]
    allocation = await released(officer, approver, share(b2, "1.00", "55000.00"))
    await officer.act("allocations", allocation, "terminate", {"reason": "Zweckwidrig verwendet"})

    answer = await officer.send(
        "POST", "/v1/allocations", share(b2, "1.00", "55000.00", recipientUnit="waf-caritas")
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "recipient-flagged")


async def test_an_award_is_not_settled_before_the_proofs_below_it_are_checked(
    officer: Desk, approver: Desk, funding_database: ServiceDatabase, aachen: Record
) -> None:
    allocation = await released(officer, approver, share(aachen["lines"][0], "1.00", "55000.00"))
    award_ = await officer.act("awards", aachen, "expire")
    award_ = await officer.act("awards", award_, "demand-proof")

    blocked = await officer.try_act("awards", award_, "settle")
    allocation = await officer.act("allocations", allocation, "end")
    allocation = await officer.act("allocations", allocation, "demand-proof")
    await approver.act("allocations", allocation, "waive-proof", {"reason": "Nichts gezahlt"})
    await accepted(funding_database, officer, approver, award_)

    assert blocked.json()["guards"] == ["proof-accepted", "child-proofs-checked"]
    assert (await officer.act("awards", award_, "settle"))["state"] == "SETTLED"


async def test_the_options_of_an_allocation_name_what_blocks_it(
    officer: Desk, desk_of: Callable[[str], Desk], aachen: Record
) -> None:
    allocation = await officer.create(
        "/v1/allocations", share(aachen["lines"][0], "1.00", "55000.00")
    )
    auditor = desk_of("waf-auditor")

    options = await auditor.read(f"/v1/allocations/{allocation['id']}/actions")

    assert [
        (one["action"], one["isPermitted"], [guard["guard"] for guard in one["obstacles"]])
        for one in options["items"]
    ] == [
        ("open-call", False, []),
        ("select-directly", False, ["recipient-named", "selection-reasoned"]),
        ("cancel", False, []),
    ]
