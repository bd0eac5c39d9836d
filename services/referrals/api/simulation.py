"""Try routing rules on past referrals before they are published."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from services.referrals.api.access import RuleWriter
from services.referrals.api.directory_schemas import RuleBody
from services.referrals.domain.routing import ManualReason
from services.referrals.operations.simulate_rules import MONTHS_KEPT, simulate
from shared.kernel.clock import berlin_date, now
from shared.service.desk import CurrentReading
from shared.web.fields import RequestModel, ResponseModel

router = APIRouter(prefix="/v1", tags=["routing"])


class SimulationBody(RequestModel):
    """All rules as they would be published, and over how many months to look back."""

    rules: Annotated[list[RuleBody], Field(max_length=2000)]
    months: Annotated[int, Field(ge=1, le=MONTHS_KEPT, strict=True)] = MONTHS_KEPT


class WayView(ResponseModel):
    """`fromUnit` and `toUnit` are empty where a person decides."""

    service_code: str
    municipality_ags: str
    from_unit: str | None
    to_unit: str | None
    manual_reason: ManualReason | None
    referrals: int


class SimulationView(ResponseModel):
    """Numbers of past referrals: examined = unchanged + changed + nearTheLine + numberNeeded.

    Past referrals are known by street and by a square of 0.001°, never by house or person. Where
    the line of a shape runs through the square, or a street is divided by its numbers, nothing can
    be said: those are counted apart.
    """

    rules_version: int = Field(description="The version in force, with which it was compared.")
    since: date
    is_complete: bool
    examined: int
    unchanged: int
    changed: int
    to_manual: int
    from_manual: int
    near_the_line: int
    number_needed: int
    went_elsewhere: int = Field(
        description="Really went to another unit than the tried rules name."
    )
    ways: list[WayView]


@router.post(
    "/routing-rules/simulate",
    summary="Try rules on past referrals / Regeln an vergangenen Zusteuerungen erproben",
)
async def simulate_routing_rules(
    body: SimulationBody, _: RuleWriter, reading: CurrentReading
) -> SimulationView:
    """Reads only: nothing is stored, and no key or version is needed."""
    forms = [rule.model_dump(mode="json", by_alias=True) for rule in body.rules]
    today = berlin_date(now())
    trial = await simulate(reading.database, reading.caller, forms, body.months, today)
    found = trial.comparison
    return SimulationView(
        rules_version=trial.rules_version,
        since=trial.since,
        is_complete=trial.is_complete,
        examined=found.examined,
        unchanged=found.unchanged,
        changed=found.changed,
        to_manual=found.to_manual,
        from_manual=found.from_manual,
        near_the_line=found.near_the_line,
        number_needed=found.number_needed,
        went_elsewhere=found.went_elsewhere,
        ways=[
            WayView(
                service_code=way.service_code,
                municipality_ags=way.ags,
                from_unit=way.from_unit or None,
                to_unit=way.to_unit or None,
                manual_reason=way.manual_reason,
                referrals=times,
            )
            for way, times in found.ways
        ],
    )
