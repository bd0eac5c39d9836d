"""From what the services told to the figures of the report."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import TypeVar

from gateway.clients.conversation import Record
from gateway.clients.faults import ServiceBusy, ServiceDown, ServiceFault, ServiceRefused
from gateway.clients.services import Services
from gateway.reports.figures import (
    Amounts,
    AwardedAmount,
    Counselling,
    Count,
    Forecast,
    Funding,
    MissingPart,
    PostFigures,
    Posts,
    StatusReport,
)
from gateway.reports.findings import findings_of
from gateway.reports.wording import COUNTED_UNITS, FUNDING_LINES, TOTAL
from shared.kernel.areas import area_name
from shared.kernel.clock import now
from shared.kernel.errors import Refusal
from shared.kernel.money import Money, parse_fte
from shared.web.problems import TemporarilyUnavailable

T = TypeVar("T")

FUNDING_PART = "Personalstellen und Fördermittel"
CASES_PART = "Beratung und Betreuung"
GRANTED = "GRANTED"


async def status_report(services: Services, tenant_id: str, as_of: date) -> StatusReport:
    """The report; a part that a service does not give is named as missing.

    Raises TemporarilyUnavailable when no service gives anything, and ServiceRefused when the
    caller may see neither part.
    """
    funding, cases = await asyncio.gather(
        answer_of(services.funding.status(as_of)), answer_of(services.cases.statistics(as_of))
    )
    missing = [
        MissingPart(part, reason_of(told))
        for part, told in ((FUNDING_PART, funding), (CASES_PART, cases))
        if isinstance(told, ServiceFault)
    ]
    if isinstance(funding, ServiceFault) and isinstance(cases, ServiceFault):
        raise nothing_told(funding, cases)
    return StatusReport(
        tenant_id=tenant_id,
        area=area_name(tenant_id),
        as_of=as_of,
        created_at=now(),
        funding=_if_told(funding, _funding),
        counselling=_if_told(cases, _counselling),
        missing=tuple(missing),
    )


async def answer_of(asked: Awaitable[Record]) -> Record | ServiceFault:
    try:
        return await asked
    except ServiceFault as fault:
        return fault


def _if_told(told: Record | ServiceFault, shape: Callable[[Record], T]) -> T | None:
    return None if isinstance(told, ServiceFault) else shape(told)


def reason_of(fault: ServiceFault) -> str:
    if isinstance(fault, ServiceRefused):
        return fault.message
    assert isinstance(fault, ServiceDown)
    return fault.text.de


def nothing_told(*faults: ServiceFault) -> Exception:
    for kind in (ServiceRefused, ServiceBusy):
        for fault in faults:
            if isinstance(fault, kind):
                return fault
    refusal: Refusal = TemporarilyUnavailable()
    return refusal


def _funding(record: Record) -> Funding:
    return Funding(
        posts=_posts(record["positions"]),
        amounts=_amounts(record),
        forecasts=tuple(
            Forecast(
                funding_line=FUNDING_LINES[one["fundingLine"]],
                filled=parse_fte(one["filledFte"]),
                granted=Money.parse(one["granted"]),
                usable=Money.parse(one["usable"]),
                unspent=Money.parse(one["unspent"]),
            )
            for one in record["forecasts"]
        ),
        findings=findings_of(record),
    )


def _posts(record: Record) -> Posts:
    reported_on = record["reportedOn"]
    return Posts(
        rows=tuple(_post(row["label"], row) for row in record["rows"]),
        total=_post(TOTAL, record["reportedTotal"] or record["computedTotal"]),
        reported_on=date.fromisoformat(reported_on) if reported_on else None,
        source=record["source"],
    )


def _post(label: str, row: Record) -> PostFigures:
    return PostFigures(
        label=label,
        approved=Decimal(row["approved"]),
        filled=Decimal(row["filled"]),
        reported_vacant=_fte(row["reportedVacant"]),
        unoccupied_computed=Decimal(row["unoccupiedComputed"]),
        residual=_fte(row["residual"]),
    )


def _amounts(record: Record) -> Amounts:
    granted = [line for line in record["lines"] if line["status"] == GRANTED]
    return Amounts(
        lines=_lines(line for line in granted if not line["isAdditional"]),
        volume=Money.parse(record["programmeVolume"]),
        additional_lines=_lines(line for line in granted if line["isAdditional"]),
        additional=Money.parse(record["additionalFunds"]),
        ministry_total=Money.parse(record["ministryTotal"]),
        expected=Money.parse(record["expectedTotal"]),
    )


def _lines(records: Iterable[Record]) -> tuple[AwardedAmount, ...]:
    return tuple(
        AwardedAmount(
            funding_line=FUNDING_LINES[line["fundingLine"]],
            label=line["nameDe"] or FUNDING_LINES[line["fundingLine"]],
            amount=Money.parse(line["amount"]),
            fte=_fte(line["fte"]),
            per_post=Money.parse(line["amountPerPost"]) if line["amountPerPost"] else None,
            valid_from=date.fromisoformat(line["validFrom"]),
            valid_to=date.fromisoformat(line["validTo"]),
        )
        for line in records
    )


def _counselling(record: Record) -> Counselling:
    families = record["families"]
    return Counselling(
        unit=COUNTED_UNITS[record["unit"]],
        counted_on=date.fromisoformat(record["countedOn"]),
        small_cell_min=record["smallCellMin"],
        total=families["total"],
        thereof=(Count("aus der Ukraine geflüchtet", families["thereofFledUkraine"]),),
        others=families["others"],
    )


def _fte(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
