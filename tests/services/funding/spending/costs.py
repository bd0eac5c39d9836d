"""Costs, vouchers and occupied posts for tests of spending."""

from typing import Any
from uuid import uuid4

from tests.services.funding.desk import Desk, Record
from tests.services.funding.papers import award, line
from tests.services.funding.steps import active

PARTS = ("eligible", "ownShare", "ineligible", "undecided")


async def record_voucher(officer: Desk, amount: str, number: str | None = None) -> Record:
    body = {
        "number": number or f"B-{uuid4().hex[:12].upper()}",
        "voucherDate": "2022-05-31",
        "amount": amount,
    }
    return await officer.create("/v1/vouchers", body)


def cost(line: Record, voucher: Record, **more: Any) -> Record:
    """The body of a cost of events in 2022, for the whole voucher, unless said otherwise."""
    return {
        "awardLineId": line["id"],
        "costKind": "EVENTS",
        "periodFrom": "2022-06-01",
        "periodTo": "2022-06-30",
        "valueDate": "2022-06-15",
        "amount": voucher["amount"],
        "voucherId": voucher["id"],
        **more,
    }


async def spend(officer: Desk, line: Record, amount: str, **more: Any) -> Record:
    """A cost with a voucher of its own, where recording must succeed."""
    voucher = await record_voucher(officer, amount)
    return await officer.create("/v1/expenditures", cost(line, voucher, **more))


async def posts_of_line_2(
    officer: Desk, approver: Desk, fte: str, total: str, year: int = 2022, **more: Any
) -> Record:
    """An award of one line of case management in force, 55,000 for each post."""
    body = award(year, total, [line("b2", "B2_CASE_MANAGEMENT", total, fte, rate="55000.00")])
    return await active(officer, approver, body | more)


async def occupied_post(
    officer: Desk, line: Record, shares: list[str], since: str = "2022-01-01", **more: Any
) -> Record:
    """A group of posts with one seat for each share, still running."""
    post = await officer.create(
        "/v1/positions",
        {
            "postType": "CASE_MANAGEMENT",
            "approvedFte": "14.00",
            "effectiveFrom": since,
            "awardLineId": line["id"],
            **more,
        },
    )
    for seat, one in enumerate(shares, 1):
        post = await officer.create(
            f"/v1/positions/{post['id']}/occupancies",
            {"seat": seat, "share": one, "since": since},
            version=post["version"],
        )
    return post


async def pay(officer: Desk, line: Record, post: Record, amount: str, **more: Any) -> Record:
    """Personnel of a post for all of the line's year."""
    body = {
        "costKind": "PERSONNEL",
        "positionId": post["id"],
        "periodFrom": "2022-01-01",
        "periodTo": "2022-12-31",
        "valueDate": "2022-12-31",
    }
    return await spend(officer, line, amount, **(body | more))


def parts(expenditure: Record) -> tuple[str, ...]:
    """Eligible, own share, ineligible, undecided."""
    return tuple(expenditure[name] for name in PARTS)


async def balances(desk: Desk, line: Record) -> dict[str, str]:
    """What stands in the books of the line, by code; 0.00 left out, kinds of cost added up."""
    page = await desk.read("/v1/ledger/accounts", awardLineId=line["id"], first="100")
    found: dict[str, int] = {}
    for account in page["items"]:
        cents = int(account["balance"].replace(".", ""))
        found[account["code"]] = found.get(account["code"], 0) + cents
    return {code: f"{cents / 100:.2f}" for code, cents in found.items() if cents}
