"""What lists can be narrowed by: each filter is one of the service's own query parameters."""

from collections.abc import Mapping
from dataclasses import fields
from enum import Enum
from typing import Any

import strawberry
from strawberry import UNSET

from gateway.schema.codes.allocations import AllocationState
from gateway.schema.codes.awards import AwardState, FundingLine, PostType
from gateway.schema.codes.cases import CaseState
from gateway.schema.codes.contracts import CostKind
from gateway.schema.codes.documents import CaseTypeState
from gateway.schema.codes.expenditures import ExpenditureState
from gateway.schema.codes.findings import FindingState, OfferState
from gateway.schema.codes.ledger import Book
from gateway.schema.codes.meetings import MeetingBody
from gateway.schema.codes.posts import DeadlineKind, DeadlineState
from gateway.schema.codes.referrals import ReferralState, Urgency
from gateway.schema.codes.work import TaskState
from gateway.schema.published import both
from gateway.schema.scalars import Date
from shared.kernel.text import camel


def by(en: str, de: str) -> Any:
    """A filter that is not applied unless given."""
    return strawberry.field(default=UNSET, description=both(en, de))


@strawberry.input(description=both("Which cases.", "Welche Fälle."))
class CaseFilter:
    state: list[CaseState] | None = by("In one of these states.", "In einem dieser Stände.")
    case_manager: str | None = by("Held by this person.", "Bei dieser Fachkraft.")
    opened_on_gte: Date | None = by("Opened on or after.", "Eröffnet ab.")
    opened_on_lte: Date | None = by("Opened on or before.", "Eröffnet bis.")
    referral_id: strawberry.ID | None = by("From this referral.", "Aus dieser Überleitung.")
    reference: str | None = by("With this reference.", "Mit diesem Aktenzeichen.")


@strawberry.input(description=both("Which referrals.", "Welche Überleitungen."))
class ReferralFilter:
    state: list[ReferralState] | None = by("In one of these states.", "In einem dieser Stände.")
    urgency: list[Urgency] | None = by("With this urgency.", "Mit dieser Dringlichkeit.")
    service_code: str | None = by("For this service.", "Für diese Leistung.")
    municipality_ags: str | None = by("From this municipality.", "Aus dieser Gemeinde.")
    assignee: str | None = by("Worked on by.", "In Bearbeitung bei.")
    escalated_to: str | None = by("Escalated to.", "Eskaliert an.")
    owner_unit: str | None = by("Led by this unit.", "Geführt von dieser Stelle.")
    is_held: bool | None = by("On hold, or not.", "Ruhend, oder nicht.")
    is_escalated: bool | None = by("Escalated, or not.", "Eskaliert, oder nicht.")


@strawberry.input(description=both("Which awards.", "Welche Bescheide."))
class AwardFilter:
    state: list[AwardState] | None = by("In one of these states.", "In einem dieser Stände.")
    fiscal_year: int | None = by("Of this fiscal year.", "Dieses Haushaltsjahres.")
    book: Book | None = by("Live or practice.", "Echt- oder Übungsbetrieb.")


@strawberry.input(description=both("Which allocations.", "Welche Weiterleitungen."))
class AllocationFilter:
    state: list[AllocationState] | None = by("In one of these states.", "In einem dieser Stände.")
    award_id: strawberry.ID | None = by("From this award.", "Aus diesem Bescheid.")
    recipient_unit: str | None = by("To this unit.", "An diese Stelle.")
    funding_line: list[FundingLine] | None = by("Of this funding line.", "Dieses Bausteins.")


@strawberry.input(description=both("Which posts.", "Welche Stellen."))
class PositionFilter:
    post_type: list[PostType] | None = by("Of this type.", "Dieser Art.")
    funding_line: list[FundingLine] | None = by("Of this funding line.", "Dieses Bausteins.")
    unit_id: str | None = by("In this unit.", "In dieser Stelle.")
    award_id: strawberry.ID | None = by("Paid by this award.", "Aus diesem Bescheid bezahlt.")


@strawberry.input(description=both("Which costs.", "Welche Ausgaben."))
class ExpenditureFilter:
    award_id: strawberry.ID | None = by("From this award.", "Aus diesem Bescheid.")
    award_line_id: strawberry.ID | None = by("From this line.", "Aus dieser Zeile.")
    allocation_id: strawberry.ID | None = by("Of this allocation.", "Dieser Weiterleitung.")
    position_id: strawberry.ID | None = by("Of this post.", "Dieser Stelle.")
    cost_kind: list[CostKind] | None = by("Of these kinds.", "Dieser Kostenarten.")
    state: list[ExpenditureState] | None = by("In these states.", "In diesen Ständen.")
    value_date_gte: Date | None = by("Value date on or after.", "Wertstellung ab.")
    value_date_lte: Date | None = by("Value date on or before.", "Wertstellung bis.")


@strawberry.input(description=both("Which tasks.", "Welche Aufgaben."))
class TaskFilter:
    case_id: list[strawberry.ID] | None = by("Of one of these cases.", "Eines dieser Fälle.")
    state: list[TaskState] | None = by("In one of these states.", "In einem dieser Stände.")
    assignee: str | None = by("To be done by.", "Zu erledigen von.")
    due_on_gte: Date | None = by("Due on or after.", "Fällig ab.")
    due_on_lte: Date | None = by("Due on or before.", "Fällig bis.")


@strawberry.input(description=both("Which case types.", "Welche Falltypen."))
class CaseTypeFilter:
    code: str | None = by("With this code.", "Mit diesem Schlüssel.")
    state: CaseTypeState | None = by("In this state.", "In diesem Stand.")


@strawberry.input(description=both("Which structural findings.", "Welche Fallanalysen."))
class FindingFilter:
    state: list[FindingState] | None = by("In one of these states.", "In einem dieser Stände.")
    field_of_action: list[str] | None = by("In these fields.", "In diesen Handlungsfeldern.")
    funding_reference: str | None = by("Paid by this funding line.", "Aus diesem Baustein.")


@strawberry.input(description=both("Which offers.", "Welche Angebote."))
class OfferFilter:
    state: list[OfferState] | None = by("In one of these states.", "In einem dieser Stände.")
    topic: list[str] | None = by("In these fields.", "In diesen Handlungsfeldern.")
    provider_unit: str | None = by("Run by this unit.", "Von dieser Stelle getragen.")


@strawberry.input(description=both("Which meetings.", "Welche Sitzungen."))
class MeetingFilter:
    body: MeetingBody | None = by("Of this body.", "Dieses Gremiums.")
    held_on_gte: Date | None = by("Held on or after.", "Ab diesem Tag.")
    held_on_lte: Date | None = by("Held on or before.", "Bis zu diesem Tag.")


@strawberry.input(description=both("Which deadlines.", "Welche Fristen."))
class DeadlineFilter:
    kind: list[DeadlineKind] | None = by("Of these kinds.", "Dieser Arten.")
    state: list[DeadlineState] | None = by("In one of these states.", "In einem dieser Stände.")
    subject_id: strawberry.ID | None = by("About this record.", "Zu diesem Datensatz.")
    due_on_gte: Date | None = by("Due on or after.", "Fällig ab.")
    due_on_lte: Date | None = by("Due on or before.", "Fällig bis.")


@strawberry.input(description=both("Which alerts.", "Welche Hinweise."))
class FundingAlertFilter:
    code: str | None = by("With this code.", "Mit diesem Code.")
    subject_id: strawberry.ID | None = by("About this record.", "Zu diesem Datensatz.")
    is_open: bool | None = by("Still so, or resolved.", "Noch offen oder erledigt.")


def parameters(given: object | None) -> Mapping[str, str]:
    """`state: [INTAKE, PLANNING]` is `state[in]=INTAKE,PLANNING`; `…_gte` is `…[gte]`."""
    found: dict[str, str] = {}
    for one in fields(given) if given is not None else ():  # type: ignore[arg-type] # inputs are dataclasses
        value = getattr(given, one.name)
        if value is UNSET or value is None:
            continue
        name, operator = one.name, ""
        for suffix in ("_gte", "_lte", "_lt"):
            if name.endswith(suffix):
                name, operator = name.removesuffix(suffix), f"[{suffix[1:]}]"
        if isinstance(value, list):
            found[f"{camel(name)}[in]"] = ",".join(text_of(item) for item in value)
        else:
            found[f"{camel(name)}{operator}"] = text_of(value)
    return found


def text_of(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value.value) if isinstance(value, Enum) else str(value)
