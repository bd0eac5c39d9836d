"""Kreis Warendorf 2022 in the practice book: from the notice to the last repayment."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from deploy.local.demo.books.desk import (
    PRACTICE,
    BookDesk,
    chapter,
    euros,
    german,
    german_day,
    say,
)
from deploy.local.demo.funding import award_form, camel, days, line_form
from deploy.local.demo.papers import paper

MONTHS = 12
FIRST, LAST = date(2022, 1, 1), date(2022, 12, 31)


@dataclass(slots=True)
class Year:
    """The notice and its posts as they are on record."""

    desk: BookDesk
    award: Any
    posts: dict[str, Any]
    vouchers: int = 0

    def line(self, key: str) -> Any:
        return next(line for line in self.award["lines"] if line["key"] == key)

    async def spend(self, cost: dict[str, Any]) -> Any:
        self.vouchers += 1
        return await self.desk.spend(cost, f"B-{self.vouchers:03d}")

    def personnel(self, key: str, post: str, amount: str, first: date, last: date) -> Any:
        """A cost of a post for some days, paid on the last of them."""
        return {
            "awardLineId": self.line(key)["id"],
            "positionId": self.posts[post]["id"],
            "costKind": "PERSONNEL",
            "periodFrom": first.isoformat(),
            "periodTo": last.isoformat(),
            "valueDate": last.isoformat(),
            "amount": amount,
        }


async def play_warendorf(desk: BookDesk) -> Year:
    """Everything but the proof of use. Raises NotAnswered."""
    chapter("Kreis Warendorf 2022 (Übungsbuch)")
    said = paper("year_warendorf")
    year = await _grant(desk, said)
    await _occupy(year, said["occupied"])
    await _call_lump_sums(year, said)
    await _coordinate(year, said["two_months"])
    await _call_for_purposes(year, said["drawdowns"])
    await _spend(year, said)
    await _forward(year, said["forwarded"])
    await _refuse(year, said["refused_costs"])
    await _repay(year, said["repaid"])
    return year


async def _grant(desk: BookDesk, said: dict[str, Any]) -> Year:
    printed = paper("warendorf")
    award, dates = printed["award"], printed["award"]["assumptions"]
    kinds = printed["positions"]["kinds"]
    lines = [
        line_form(line) | {"positions": _posts(line, kinds)} | _rate(line, said)
        for line in award["lines"]
    ]
    extra = printed["translation"]
    lines.append(line_form(extra) | days(extra, "valid_from", "valid_to") | {"isAdditional": True})
    body = award_form(dates, award["funding_volume"], award["fiscal_year"], lines, award["source"])
    body |= {"reference": f"{said['reference']}-{desk.run}", "book": PRACTICE}
    conditions = [{camel(name): value for name, value in one.items()} for one in said["conditions"]]
    granted = await desk.award(
        body | {"permitsForwarding": True, "proofDueOn": "2023-03-31"}, conditions, dates
    )
    say(
        f"Bescheid {granted['reference']} vom {german_day(granted['awardedOn'])}: "
        f"{euros(granted['total'])}, {len(granted['lines'])} Zeilen, "
        f"{len(granted['conditions'])} Nebenbestimmungen"
    )
    posts = await desk.client.items(
        desk.officer, "funding", "/v1/positions", awardId=granted["id"], first="100"
    )
    return Year(desk, granted, {post["postType"]: post for post in posts})


def _posts(line: dict[str, Any], kinds: dict[str, Any]) -> list[dict[str, str]]:
    return [
        {
            "postType": kind,
            "approvedFte": fte,
            "label": f"Übung {kinds[kind]['name_de']}",
            "unitId": kinds[kind]["unit"],
            "validTo": LAST.isoformat(),
        }
        for kind, fte in line.get("posts", {}).items()
    ]


def _rate(line: dict[str, Any], said: dict[str, Any]) -> dict[str, str]:
    rate = said["assumed_rates"].get(line["key"])
    return {"rate": rate} if rate else {}


async def _occupy(year: Year, occupied: dict[str, list[str]]) -> None:
    for kind, shares in occupied.items():
        post = year.posts[kind]
        path = f"/v1/positions/{post['id']}"
        for seat, share in enumerate(shares, 1):
            body = {
                "seat": seat,
                "share": share,
                "since": FIRST.isoformat(),
                "until": LAST.isoformat(),
            }
            post = await year.desk.create(f"{path}/occupancies", body, on=post)
        seen = await year.desk.get(path, asOf=LAST.isoformat())
        say(
            f"{seen['label']}: {german(seen['occupiedFte'])} von "
            f"{german(seen['approvedFte'])} Stellen besetzt"
        )


async def _call_lump_sums(year: Year, said: dict[str, Any]) -> None:
    for paid in await year.desk.lump_sums(year.award, said["lump_sums_paid_on"]):
        say(
            f"Fachbezogene Pauschale {paid['fundingLine'][:2]}: {euros(paid['paidAmount'])} "
            f"eingegangen am {german_day(paid['valueDate'])}"
        )


async def _coordinate(year: Year, said: dict[str, Any]) -> None:
    """Line 1: called for two months, spent in them, called again (VV 7.2, 7.3 zu § 44 LHO)."""
    line = year.line(said["line"])
    for month in range(1, MONTHS, 2):
        first, last = _months(month, 2)
        needs = [
            {"dueOn": last.isoformat(), "amount": amount, "costKind": "PERSONNEL"}
            for amount in said["costs"].values()
        ]
        called = await year.desk.drawdown(line["id"], needs, first)
        for post, amount in said["costs"].items():
            await year.spend(year.personnel(line["key"], post, amount, first, last))
        seen = await year.desk.get(f"/v1/drawdowns/{called['id']}")
        say(
            f"Mittelabruf {german_day(seen['requestedOn'])}: {euros(seen['paidAmount'])} "
            f"für zwei Monate"
        )


async def _call_for_purposes(year: Year, drawdowns: list[dict[str, Any]]) -> None:
    for one in drawdowns:
        need = {
            "dueOn": (one["day"] + timedelta(days=30)).isoformat(),
            "amount": one["amount"],
            "costKind": one["kind"],
        }
        called = await year.desk.drawdown(year.line(one["line"])["id"], [need], one["day"])
        say(
            f"Mittelabruf {german_day(called['requestedOn'])}: {euros(called['paidAmount'])} "
            f"für {year.line(one['line'])['nameDe']}"
        )


async def _spend(year: Year, said: dict[str, Any]) -> None:
    monthly = said["monthly"]
    for month in range(1, MONTHS + 1):
        first, last = _months(month, 1)
        await year.spend(
            year.personnel(monthly["line"], monthly["post"], monthly["amount"], first, last)
        )
    for cost in said["single_costs"]:
        body = _single(year, cost)
        if "post" in cost:
            days_of_year = {"periodFrom": FIRST.isoformat(), "periodTo": LAST.isoformat()}
            body |= {"positionId": year.posts[cost["post"]]["id"], **days_of_year}
        await year.spend(body)
    report = await year.desk.get(f"/v1/awards/{year.award['id']}/eligibility")
    for line in report["lines"]:
        if line["actual"] != "0.00":
            say(
                f"{year.line(line['key'])['nameDe']}: {euros(line['actual'])} ausgegeben, "
                f"{euros(line['eligible'])} förderfähig, {euros(line['ownShare'])} Eigenanteil"
            )
    say(f"{year.vouchers} Belege erfasst")


def _single(year: Year, cost: dict[str, Any]) -> dict[str, Any]:
    day = cost["day"].isoformat()
    return {
        "awardLineId": year.line(cost["line"])["id"],
        "costKind": cost["kind"],
        "periodFrom": day,
        "periodTo": day,
        "valueDate": day,
        "amount": cost["amount"],
    }


async def _forward(year: Year, said: dict[str, Any]) -> None:
    """Events of a provider: contract, payment, its cost, and the proof that the county checks."""
    line, desk = year.line(said["line"]), year.desk
    body = {
        "awardLineId": line["id"],
        "amount": said["amount"],
        "recipientUnit": said["recipient_unit"],
        "recipientName": said["recipient"],
        "recipientKind": said["recipient_type"],
        "validFrom": FIRST.isoformat(),
        "validTo": LAST.isoformat(),
        "doubleFundingCheckedOn": FIRST.isoformat(),
    }
    share = await desk.allocation(body, said["selection_reason"], terms([said["kind"]], said))
    run = await desk.pay(share, said["amount"], said["paid_on"], said["paid_on"])
    say(
        f"Weiterleitung an {share['recipientName']}: {euros(share['amount'])}, "
        f"Zahllauf {run['number']} über {euros(run['total'])} bestätigt"
    )
    cost = _single(year, {**said, "day": said["spent_on"]}) | {"allocationId": share["id"]}
    await year.spend(cost)
    path = f"/v1/allocations/{share['id']}"
    share = await desk.act(f"{path}/actions/end", {}, on=await desk.get(path))
    await desk.act(f"{path}/actions/demand-proof", {}, on=share)
    sections = [{"heading": "Veranstaltungen", "text": said["report"]}]
    proof = await desk.prepared_proof({"allocationId": share["id"]}, sections)
    await desk.decided_proof(proof, f"UEB-PRUEFUNG-{desk.run}")
    share = await desk.get(path)
    share = await desk.act(f"{path}/actions/settle", {}, on=share)
    say(f"Nachweis des Trägers geprüft: {euros(share['eligibleAmount'])} förderfähig, abgerechnet")


def terms(kinds: list[str], said: dict[str, Any]) -> dict[str, Any]:
    """What every contract of the practice years lays down."""
    return {
        "form": "BY_CONTRACT",
        "costKinds": kinds,
        "ceiling": said.get("ceiling") or said["amount"],
        "proofDueOn": "2023-02-28",
        "dataProtectionRole": "TRANSFER_78_SGB_X",
        "passesOnConditions": True,
        "hasReportingDuty": True,
        "hasSupervisionClause": True,
    }


async def _refuse(year: Year, costs: list[dict[str, Any]]) -> None:
    for number, cost in enumerate(costs, 1):
        problem = await year.desk.refused_cost(_single(year, cost), f"X-{number}")
        say(
            f"Abgelehnt: {euros(cost['amount'])} für {year.line(cost['line'])['nameDe']} am "
            f"{german_day(cost['day'])}: {problem['title']}"
        )


async def _repay(year: Year, said: dict[str, Any]) -> None:
    """Unspent money of a lump sum goes back unprompted."""
    lines = await budget_lines(year)
    for key in said["lines"]:
        body = {
            "direction": "UPWARD",
            "awardLineId": year.line(key)["id"],
            "ground": "UNSPENT",
            "amount": lines[key]["free"],
            "claimSince": said["declared_on"].isoformat(),
        }
        recovery = await year.desk.create("/v1/recoveries", body)
        act = f"/v1/recoveries/{recovery['id']}/actions"
        declared = {
            "actReference": f"UEB-ERKLAERUNG-{year.desk.run}",
            "demandedOn": said["declared_on"].isoformat(),
            "dueOn": said["paid_on"].isoformat(),
        }
        recovery = await year.desk.act(
            f"{act}/demand", declared, on=recovery, by=year.desk.approver
        )
        paid = {
            "paidOn": said["paid_on"].isoformat(),
            "amount": recovery["principalAmount"],
            "bankReference": f"LK-{said['paid_on']:%Y%m%d}",
        }
        recovery = await year.desk.act(f"{act}/record-payment", paid, on=recovery)
        waived = {"reference": "UEB-ZINS", "reason": "Von sich aus fristgerecht erstattet"}
        recovery = await year.desk.act(
            f"{act}/waive-interest", waived, on=recovery, by=year.desk.approver
        )
        recovery = await year.desk.act(f"{act}/settle", {}, on=recovery)
        say(
            f"Nicht verbraucht, {year.line(key)['nameDe']}: {euros(recovery['paidAmount'])} "
            f"erstattet am {german_day(said['paid_on'])}"
        )


async def budget_lines(year: Year) -> dict[str, Any]:
    found = await year.desk.get(f"/v1/awards/{year.award['id']}/budget-lines")
    return {line["key"]: line for line in found["items"]}


def _months(first_month: int, count: int) -> tuple[date, date]:
    """The first and the last day of that many months of the year."""
    after = first_month + count
    end = date(FIRST.year + 1, 1, 1) if after > MONTHS else date(FIRST.year, after, 1)
    return date(FIRST.year, first_month, 1), end - timedelta(days=1)
