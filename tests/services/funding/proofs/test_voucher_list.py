"""The list of vouchers of a proof with vouchers: the same in every form, frozen, and complete."""

import csv
import io
from collections.abc import AsyncIterator

import orjson
import pytest
from pypdf import PdfReader

from deploy.local.postgres import PostgresServer
from tests.engines import ServiceDatabase
from tests.services.funding.bookkeeping import Books, open_books
from tests.services.funding.desk import Desk, Record
from tests.services.funding.money import left_behind
from tests.services.funding.papers import WARENDORF_AWARD
from tests.services.funding.proofs.test_recipients import award, begun, due, provider, spent
from tests.services.funding.proofs.year import NARRATIVE, figures, made
from tests.services.funding.spending.costs import cost, occupied_post, pay, posts_of_line_2
from tests.services.funding.steps import active, released, share

__all__ = ["award"]
FORMS = ("json", "csv", "pdf")
MAY, JUNE = "2022-05-31", "2022-06-30"
POST = "Personalkosten"


@pytest.fixture
async def books(funding_database: ServiceDatabase) -> AsyncIterator[Books]:
    async with open_books(funding_database) as opened:
        yield opened


async def listed(desk: Desk, proof: Record, number: int = 1) -> Record:
    return await desk.read(f"/v1/proofs/{proof['id']}/versions/{number}/vouchers")


async def files(desk: Desk, proof: Record) -> list[bytes]:
    path = f"/v1/proofs/{proof['id']}/versions/1"
    return [(await desk.get(f"{path}.{form}")).content for form in FORMS]


def text_of(pdf: bytes) -> str:
    pages = (page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return " ".join(" ".join(pages).split())


def row(number: str, day: str, amount: str, eligible: str, **more: str) -> Record:
    return {
        "number": number,
        "voucherDate": day,
        "amount": amount,
        "eligibleAmount": eligible,
        **more,
    }


async def spent_on_a_post(officer: Desk, approver: Desk) -> Record:
    """A recipient's post above its ceiling, and rent that nobody pays: one voucher has both."""
    line = (await posts_of_line_2(officer, approver, "1.00", "55000.00"))["lines"][0]
    allocation = await released(officer, approver, share(line, "1.00", "55000.00"))
    post = await occupied_post(officer, line, ["1.00"])
    first = {"number": "R-2022/17", "voucherDate": MAY, "amount": "30000.00"}
    second = {"number": "R-2022/18", "voucherDate": JUNE, "amount": "34900.50"}
    filed = [
        await officer.create("/v1/vouchers", one | {"documentRef": "DMS"})
        for one in (second, first)
    ]
    year = {"periodFrom": "2022-01-01", "periodTo": "2022-12-31"}
    personnel = {"costKind": "PERSONNEL", "positionId": post["id"], **year}
    rent = {"costKind": "RENT", "payer": "TRAEGER"}
    for voucher, amount, more in (
        (filed[1], "30000.00", personnel),
        (filed[0], "34000.00", personnel),
        (filed[0], "900.50", rent),
    ):
        body = cost(line, voucher, amount=amount, allocationId=allocation["id"], **more)
        await officer.create("/v1/expenditures", body)
    return await officer.read(f"/v1/allocations/{allocation['id']}")


async def test_every_form_lists_the_vouchers_and_sums_them_to_the_figures(
    officer: Desk, approver: Desk
) -> None:
    allocation = await spent_on_a_post(officer, approver)

    proof = await begun(officer, await due(officer, allocation))

    found, known = await listed(officer, proof), await figures(officer, proof)
    line, key = {"awardLineId": allocation["awardLineId"]}, allocation["id"]
    post = {"costKind": "PERSONNEL", **line}
    items = [
        row("R-2022/17", MAY, "30000.00", "30000.00", **post),
        row("R-2022/18", JUNE, "34000.00", "25000.00", **post),
        row("R-2022/18", JUNE, "900.50", "0.00", costKind="RENT", **line),
    ]
    assert found["items"] == items
    assert found["costsByKind"] == [
        {"costKind": "PERSONNEL", "amount": "64000.00", "eligibleAmount": "55000.00"},
        {"costKind": "RENT", "amount": "900.50", "eligibleAmount": "0.00"},
    ]
    assert (found["amount"], found["eligibleAmount"]) == ("64900.50", "55000.00")
    for one in found["costsByKind"]:
        assert known[f"actual/{key}/{one['costKind']}"] == one["amount"]
        assert known[f"eligible/{key}/{one['costKind']}"] == one["eligibleAmount"]
    assert known[f"actual/{key}"] == found["amount"]
    assert known[f"eligible/{key}"] == found["eligibleAmount"]

    printed, table, pdf = await files(officer, proof)
    assert orjson.loads(printed)["vouchers"] == items
    rows = list(csv.DictReader(io.StringIO(table.decode()), delimiter=";"))
    assert {len(one) for one in rows} == {8}
    assert [tuple(one.values()) for one in rows if one["Belegnummer"]] == [
        ("voucher/1", "Beleg", "30000,00", "", "R-2022/17", "31.05.2022", POST, "30000,00"),
        ("voucher/2", "Beleg", "34000,00", "", "R-2022/18", "30.06.2022", POST, "25000,00"),
        ("voucher/3", "Beleg", "900,50", "", "R-2022/18", "30.06.2022", "Miete", "0,00"),
    ]
    page = text_of(pdf)
    for text in (
        f"{POST} 64.000,00 55.000,00 Miete 900,50 0,00 Summe 64.900,50 55.000,00",
        f"R-2022/17 31.05.2022 {POST} 30.000,00 30.000,00",
        f"R-2022/18 30.06.2022 {POST} 34.000,00 25.000,00",
        "R-2022/18 30.06.2022 Miete 900,50 0,00 Summe 64.900,50 55.000,00",
    ):
        assert text in page, page


async def test_a_voucher_that_comes_later_is_in_no_frozen_list_and_holds_up_its_submission(
    officer: Desk,
    approver: Desk,
    award: Record,
    postgres: PostgresServer,
    funding_database: ServiceDatabase,
) -> None:
    allocation = await provider(officer, approver, award)
    await spent(officer, allocation, "40000.00", documentRef="DMS-1")
    proof = await begun(officer, await due(officer, allocation))
    before, frozen = await files(officer, proof), await listed(officer, proof)

    await spent(officer, allocation, "8000.00", documentRef="DMS-2")

    assert await files(officer, proof) == before
    assert await listed(officer, proof) == frozen
    assert [one["number"] for one in frozen["items"]] == ["V-40000.00"]
    left = left_behind(postgres, funding_database)
    refused = await approver.try_act("proofs", proof, "submit")
    assert (refused.status_code, refused.json()["guards"]) == (
        422,
        ["figures-of-the-books", "vouchers-listed"],
    )
    assert left_behind(postgres, funding_database) == left
    path = f"/v1/proofs/{proof['id']}/versions"
    proof = await officer.create(path, NARRATIVE, version=proof["version"])
    assert (await listed(officer, proof, 2))["amount"] == "48000.00"
    assert (await approver.act("proofs", proof, "submit"))["state"] == "SUBMITTED"


async def test_a_version_without_its_list_is_refused(
    officer: Desk,
    approver: Desk,
    award: Record,
    postgres: PostgresServer,
    funding_database: ServiceDatabase,
) -> None:
    """As a version of before the list was kept: the figures are right, the list is not there."""
    allocation = await provider(officer, approver, award)
    await spent(officer, allocation, "40000.00", documentRef="DMS-1")
    proof = await begun(officer, await due(officer, allocation))
    postgres.psql(
        funding_database.name,
        statement="update proof_version set json_file = convert_to("
        "(convert_from(json_file, 'UTF8')::jsonb - 'vouchers')::text, 'UTF8')"
        f" where proof_id = '{proof['id']}'",
    )
    left = left_behind(postgres, funding_database)

    refused = await approver.try_act("proofs", proof, "submit")

    assert (refused.status_code, refused.json()["guards"]) == (422, ["vouchers-listed"])
    assert left_behind(postgres, funding_database) == left
    assert await officer.read(f"/v1/proofs/{proof['id']}") == proof
    gone = await officer.get(f"/v1/proofs/{proof['id']}/versions/1/vouchers")
    assert gone.status_code == 404


async def test_a_proof_of_another_regime_lists_no_vouchers(officer: Desk, approver: Desk) -> None:
    proof = await made(officer, await active(officer, approver, WARENDORF_AWARD))

    none = await officer.get(f"/v1/proofs/{proof['id']}/versions/1/vouchers")

    assert (proof["regime"], none.status_code) == ("HVB_CONFIRMATION", 404)
    printed, table, pdf = await files(officer, proof)
    assert "vouchers" not in orjson.loads(printed)
    assert table.decode().splitlines()[0] == "Schlüssel;Bezeichnung;Betrag;Monate"
    assert "Belegliste" not in text_of(pdf)


async def test_an_award_proved_with_vouchers_lists_only_its_own_cost(
    officer: Desk, approver: Desk
) -> None:
    award = await active(officer, approver, WARENDORF_AWARD)
    rate = {"fundingLine": "B2", "fiscalYear": 2022, "ceiling": "55000.00", "source": "187/2022"}
    await officer.create("/v1/rates", rate)
    line = next(one for one in award["lines"] if one["key"] == "b2-posts")
    post = await occupied_post(officer, line, ["1.00"] * 7 + ["0.62"])
    await pay(officer, line, post, "487680.00")
    body = {"awardId": award["id"], "regime": "QUALIFIED"}
    proof = await officer.act("proofs", await officer.create("/v1/proofs", body), "open")
    path = f"/v1/proofs/{proof['id']}/versions"
    proof = await officer.create(path, NARRATIVE, version=proof["version"])

    found, known = await listed(officer, proof), await figures(officer, proof)

    assert (found["amount"], found["eligibleAmount"]) == ("487680.00", "419100.00")
    assert known["used/b2-posts/PERSONNEL"] == found["eligibleAmount"]
    assert known["own-share/b2-posts"] == "68580.00"
    assert "487.680,00 419.100,00 Summe 487.680,00 419.100,00" in text_of(
        (await files(officer, proof))[2]
    )
    refused = await approver.try_act("proofs", proof, "submit")
    assert refused.json()["guards"] == ["vouchers-complete"]
