"""Who is paid for which share of a seat, and which products carry the post."""

import asyncio
from uuid import uuid4

import pytest

from services.funding.api.schemas.positions import PositionView
from tests.services.funding.desk import Desk, Record

CASE_MANAGEMENT = {
    "postType": "CASE_MANAGEMENT",
    "approvedFte": "2.00",
    "effectiveFrom": "2021-01-01",
    "products": ["8101", "8102"],
}


@pytest.fixture
async def post(officer: Desk) -> Record:
    return await officer.create("/v1/positions", CASE_MANAGEMENT)


async def test_one_person_on_two_posts_is_paid_at_most_once(officer: Desk, post: Record) -> None:
    other = await officer.create("/v1/positions", CASE_MANAGEMENT)
    held = {"share": "0.60", "since": "2022-01-01", "holderRef": str(uuid4())}
    first = await officer.create(
        f"/v1/positions/{post['id']}/occupancies", held, version=post["version"]
    )
    path = f"/v1/positions/{other['id']}"

    answer = await officer.send(
        "POST",
        f"{path}/occupancies",
        held | {"share": "0.50", "since": "2022-04-01", "programme": "MBE"},
        version=other["version"],
    )

    assert first["occupancies"][0]["holderRef"] == held["holderRef"]
    assert (answer.status_code, answer.json()["code"]) == (422, "post-paid-twice")
    said = answer.json()
    assert (said["day"], said["share"], said["of"]) == ("2022-04-01", "1.10", "holder")
    assert await officer.read(path) == other


async def test_one_holder_on_two_posts_at_once_gets_one_share(officer: Desk, post: Record) -> None:
    posts = [post, *[await officer.create("/v1/positions", CASE_MANAGEMENT) for _ in range(3)]]
    body = {"share": "0.60", "since": "2022-01-01", "holderRef": str(uuid4())}

    answers = await asyncio.gather(
        *(
            officer.send("POST", f"/v1/positions/{one['id']}/occupancies", body, version=1)
            for one in posts
        )
    )

    assert sorted(answer.status_code for answer in answers) == [201, 422, 422, 422]
    codes = {answer.json()["code"] for answer in answers if answer.status_code == 422}
    assert codes == {"post-paid-twice"}


async def test_overlapping_occupancies_are_refused_and_nothing_is_written(
    officer: Desk, post: Record
) -> None:
    path = f"/v1/positions/{post['id']}"
    held = await officer.create(
        f"{path}/occupancies",
        {"share": "0.50", "since": "2022-01-01", "until": "2022-06-30"},
        version=post["version"],
    )

    answer = await officer.send(
        "POST",
        f"{path}/occupancies",
        {"share": "0.50", "since": "2022-06-30"},
        version=held["version"],
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "occupancies-overlap")
    assert (answer.json()["since"], answer.json()["until"]) == ("2022-01-01", "2022-06-30")
    assert await officer.read(path) == held


@pytest.mark.parametrize(
    "body",
    [
        {"share": "0.505", "since": "2022-01-01"},
        {"share": "0,50", "since": "2022-01-01"},
        {"share": "NaN", "since": "2022-01-01"},
        {"share": "-0", "since": "2022-01-01"},
        {"share": "1e400", "since": "2022-01-01"},
        {"share": 10**18, "since": "2022-01-01"},
        {"share": 0.5, "since": "2022-01-01"},
        {"share": "0.50", "since": "2022-01-01", "holderRef": "Frau Beispiel"},
    ],
)
async def test_a_share_that_cannot_be_read_without_doubt_is_refused(
    officer: Desk, post: Record, body: Record
) -> None:
    path = f"/v1/positions/{post['id']}"

    answer = await officer.send("POST", f"{path}/occupancies", body, version=post["version"])

    assert (answer.status_code, answer.json()["code"]) == (422, "fields-refused")
    assert await officer.read(path) == post


async def test_products_change_with_the_fiscal_year_and_not_before(
    officer: Desk, post: Record
) -> None:
    path = f"/v1/positions/{post['id']}"

    answer = await officer.send(
        "PUT",
        f"{path}/products",
        {"fiscalYear": 2023, "products": ["946100"]},
        version=post["version"],
    )
    again = await officer.send(
        "PUT",
        f"{path}/products",
        {"fiscalYear": 2023, "products": ["946101"]},
        version=answer.json()["version"],
    )
    stale = await officer.send(
        "PUT", f"{path}/products", {"fiscalYear": 2023, "products": []}, version=post["version"]
    )

    PositionView.model_validate(again.json())
    assert again.json()["productsByYear"] == [
        {"fiscalYear": 2021, "products": ["8101", "8102"]},
        {"fiscalYear": 2023, "products": ["946101"]},
    ]
    for day, products in (
        ("2021-12-31", ["8101", "8102"]),
        ("2022-12-31", ["8101", "8102"]),
        ("2023-01-01", ["946101"]),
    ):
        assert (await officer.read(path, asOf=day))["products"] == products
    assert (stale.status_code, stale.json()["code"]) == (412, "stale-version")
    assert await officer.read(path) == again.json()
