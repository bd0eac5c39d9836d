"""The clocks: their terms per type and service, and who stands in for whom."""

from datetime import date, datetime
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from services.referrals.api.access import DirectoryReader, Recipient, RuleWriter
from services.referrals.api.fields import Days, Person
from services.referrals.domain.clocks import DayKind, Policy
from services.referrals.domain.codes import Mode
from services.referrals.operations.clocks import (
    NewDeputyship,
    NewPolicy,
    appoint_deputy,
    end_deputyship,
    publish_policy,
)
from services.referrals.storage.clocks import DEPUTYSHIP_LIST, DEPUTYSHIP_VIEW, POLICY_LIST
from shared.service.desk import CurrentReading, CurrentWriting
from shared.web.fields import Code, LegalDate, RequestModel, ResponseModel

router = APIRouter(prefix="/v1", tags=["clocks"])


class PolicyBody(RequestModel):
    """Without `serviceCode` the terms are those of every service of that mode."""

    mode: Mode
    service_code: Code | None = None
    day_kind: DayKind = DayKind.CALENDAR
    remind_unpulled: Days
    expire_unpulled: Days
    remind_unanswered: Days
    escalate_unanswered: Days
    valid_from: LegalDate

    def command(self) -> NewPolicy:
        policy = Policy(
            day_kind=self.day_kind,
            remind_unpulled=self.remind_unpulled,
            expire_unpulled=self.expire_unpulled,
            remind_unanswered=self.remind_unanswered,
            escalate_unanswered=self.escalate_unanswered,
        )
        return NewPolicy(
            mode=self.mode,
            service_code=self.service_code or "",
            policy=policy,
            valid_from=self.valid_from,
        )


class PolicyView(ResponseModel):
    """`service_code` is empty where the terms hold for every service of the mode."""

    id: UUID
    mode: Mode
    service_code: str
    day_kind: DayKind
    remind_unpulled: int
    expire_unpulled: int
    remind_unanswered: int
    escalate_unanswered: int
    valid_from: date
    created_at: datetime


class PolicyPage(ResponseModel):
    items: list[PolicyView]
    next_cursor: str | None
    cursors: list[str] | None = None


class RepresentationBody(RequestModel):
    """Both days are included."""

    principal: Person
    deputy: Person
    from_on: LegalDate
    to_on: LegalDate


class EndRepresentationBody(RequestModel):
    last_day: LegalDate


class RepresentationView(ResponseModel):
    id: UUID
    version: int
    principal: str
    deputy: str
    from_on: date
    to_on: date
    created_at: datetime
    updated_at: datetime


class RepresentationPage(ResponseModel):
    items: list[RepresentationView]
    next_cursor: str | None
    cursors: list[str] | None = None


@router.get(
    "/clock-policies",
    response_model=PolicyPage,
    summary="Terms per type and service / Fristen je Art und Leistung",
    openapi_extra={"parameters": POLICY_LIST.parameters()},
)
async def list_policies(_: DirectoryReader, reading: CurrentReading) -> Response:
    return await reading.page(POLICY_LIST)


@router.post(
    "/clock-policies",
    status_code=201,
    response_model=PolicyView,
    summary="Set terms from a day on / Fristen ab einem Tag festlegen",
)
async def post_policy(body: PolicyBody, _: RuleWriter, writing: CurrentWriting) -> Response:
    command = body.command()
    return await writing.run(lambda tx: publish_policy(tx, command), status=201)


@router.get(
    "/deputyships",
    response_model=RepresentationPage,
    summary="Who stands in for whom / Vertretungen",
    openapi_extra={"parameters": DEPUTYSHIP_LIST.parameters()},
)
async def list_deputyships(_: Recipient, reading: CurrentReading) -> Response:
    return await reading.page(DEPUTYSHIP_LIST)


@router.post(
    "/deputyships",
    status_code=201,
    response_model=RepresentationView,
    summary="Appoint a deputy in the own unit / Vertretung einsetzen",
)
async def post_deputyship(
    body: RepresentationBody, _: Recipient, writing: CurrentWriting
) -> Response:
    command = NewDeputyship(
        principal=body.principal, deputy=body.deputy, from_on=body.from_on, to_on=body.to_on
    )
    return await writing.run(lambda tx: appoint_deputy(tx, command), status=201)


@router.get(
    "/deputyships/{deputyship_id}",
    response_model=RepresentationView,
    summary="Read one / Eine Vertretung lesen",
)
async def read_deputyship(deputyship_id: UUID, _: Recipient, reading: CurrentReading) -> Response:
    return await reading.answer(DEPUTYSHIP_VIEW, deputyship_id=deputyship_id)


@router.post(
    "/deputyships/{deputyship_id}/actions/end",
    response_model=RepresentationView,
    summary="End it on a day / Vertretung beenden",
)
async def post_deputyship_end(
    deputyship_id: UUID, body: EndRepresentationBody, _: Recipient, writing: CurrentWriting
) -> Response:
    version, last_day = writing.expected_version, body.last_day
    return await writing.run(lambda tx: end_deputyship(tx, deputyship_id, version, last_day))
