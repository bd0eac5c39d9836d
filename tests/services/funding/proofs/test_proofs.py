"""The proof of use as it is made from the books, in its three forms."""

import csv
import io
from typing import Any
from uuid import UUID

from pypdf import PdfReader

from shared.kernel.money import ZERO, Money
from tests.engines import ServiceDatabase
from tests.services.funding.bookkeeping import open_books
from tests.services.funding.desk import Desk, Record
from tests.services.funding.papers import WARENDORF_AWARD
from tests.services.funding.proofs.year import figures, made, signed, spent, warendorf
from tests.services.funding.spending.costs import occupied_post, pay
from tests.services.funding.steps import active


async def test_f1_warendorf_proof_reproduces_the_lines(
    officer: Desk, approver: Desk, funding_database: ServiceDatabase
) -> None:
    award = await warendorf(officer, approver, funding_database)

    proof = await made(officer, award)

    found = await figures(officer, proof)
    assert proof["regime"] == "HVB_CONFIRMATION"
    assert found["granted"] == "1222800.00"
    assert found["received"] == "770000.00"
    assert found["granted/b2-posts"] == "770000.00"
    assert found["used/b2-posts"] == "419100.00"
    assert found["used/b2-posts/PERSONNEL"] == "419100.00"
    assert found["own-share/b2-posts"] == "68580.00"
    assert found["repayable/b2-posts"] == "350900.00"
    assert found["repaid/b2-posts"] == "350900.00"
    assert found["unspent/b2-posts"] == "0.00"
    assert found["unspent"] == "452800.00"
    assert found["difference"] == "0.00"


async def test_every_figure_sums_its_postings(
    officer: Desk, approver: Desk, funding_database: ServiceDatabase
) -> None:
    proof = await made(officer, await warendorf(officer, approver, funding_database))
    path = f"/v1/proofs/{proof['id']}/versions/1"
    printed = await officer.read(f"{path}.json")

    for one in printed["figures"]:
        found = await officer.read(f"{path}/figures/{one['key']}/postings")
        assert found["amount"] == one["amount"], one["key"]
        if one["selector"] is not None:
            amounts = (Money.parse(item["amount"]) for item in found["items"])
            assert str(sum(amounts, ZERO)) == one["amount"], one["key"]


async def test_json_csv_and_pdf_have_the_same_figures(
    officer: Desk, approver: Desk, funding_database: ServiceDatabase
) -> None:
    proof = await made(officer, await warendorf(officer, approver, funding_database))
    path = f"/v1/proofs/{proof['id']}/versions/1"

    table = (await officer.get(f"{path}.csv")).content.decode()
    rows = {row[0]: row[2] or row[3] for row in csv.reader(io.StringIO(table), delimiter=";")}
    expected = {
        key: value.replace(".", ",") for key, value in (await figures(officer, proof)).items()
    }
    assert {key: value for key, value in rows.items() if key != "Schlüssel"} == expected
    pages = " ".join(page.extract_text() for page in await _pages(officer, proof))
    for amount in ("1.222.800,00", "770.000,00", "419.100,00", "350.900,00", "68.580,00"):
        assert amount in pages


async def _pages(desk: Desk, proof: Record) -> Any:
    content = (await desk.get(f"/v1/proofs/{proof['id']}/versions/1.pdf")).content
    return PdfReader(io.BytesIO(content)).pages


async def test_the_pdf_is_tagged_german_and_says_the_head_hash(
    officer: Desk, approver: Desk, funding_database: ServiceDatabase
) -> None:
    proof = await made(officer, await warendorf(officer, approver, funding_database))
    content = (await officer.get(f"/v1/proofs/{proof['id']}/versions/1.pdf")).content

    reader = PdfReader(io.BytesIO(content))
    root: Any = reader.trailer["/Root"]
    text = "".join(page.extract_text() for page in reader.pages).replace("\n", "")
    assert root["/Lang"].startswith("de")
    assert root["/MarkInfo"]["/Marked"].value is True
    assert proof["versions"][0]["ledgerHash"] in text.replace(" ", "")
    assert len(reader.pages) <= 3


async def test_a_proof_is_frozen_when_the_books_move_on(
    officer: Desk, approver: Desk, funding_database: ServiceDatabase
) -> None:
    award = await warendorf(officer, approver, funding_database)
    proof = await signed(funding_database, officer, await made(officer, award))
    forms = [f"/v1/proofs/{proof['id']}/versions/1.{form}" for form in ("json", "csv", "pdf")]
    before = [(await officer.get(path)).content for path in forms]
    event = next(line for line in award["lines"] if line["key"] == "b1-events")["id"]

    async with open_books(funding_database) as books:
        await books.post(spent(UUID(event), "100.00", "100.00"))

    assert [(await officer.get(path)).content for path in forms] == before
    late = f"/v1/proofs/{proof['id']}/versions/1/figures/used/b1-events/postings"
    assert (await officer.read(late))["items"] == []
    refused = await approver.try_act("proofs", proof, "submit")
    assert refused.json()["guards"] == ["figures-of-the-books"]


async def test_r_s1_1_each_post_shows_the_ceiling_that_its_cost_was_measured_by(
    officer: Desk, approver: Desk
) -> None:
    """The notice states no rate: the rate on record counts, for the months of the post's term."""
    award = await active(officer, approver, WARENDORF_AWARD)
    rate = {"fundingLine": "B2", "fiscalYear": 2022, "ceiling": "55000.00", "source": "187/2022"}
    await officer.create("/v1/rates", rate)
    line = next(one for one in award["lines"] if one["key"] == "b2-posts")
    post = await occupied_post(officer, line, ["1.00"] * 7 + ["0.62"])
    half = await occupied_post(officer, line, ["1.00"], validTo="2022-06-30")
    await pay(officer, line, post, "487680.00")
    await pay(officer, line, half, "20000.00")

    found = await figures(officer, await made(officer, award))

    shown = ("months", "actual", "ceiling", "eligible")
    assert [found[f"post/{post['id']}/{name}"] for name in shown] == [
        "91.44",
        "487680.00",
        "419100.00",
        "419100.00",
    ]
    assert [found[f"post/{half['id']}/{name}"] for name in shown] == [
        "6.00",
        "20000.00",
        "27500.00",
        "20000.00",
    ]
