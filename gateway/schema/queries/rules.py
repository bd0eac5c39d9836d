"""What can be asked about rules, rates and reservations."""

import strawberry

from gateway.schema.codes.awards import FundingLine
from gateway.schema.codes.contracts import CostKind
from gateway.schema.codes.expenditures import Eligibility
from gateway.schema.codes.rules import RateUnit, ReservationState
from gateway.schema.filters import by
from gateway.schema.published import both
from gateway.schema.reads import record, records
from gateway.schema.reservation import Reservation
from gateway.schema.rule import CostRule, FundingLineRule, Rate


@strawberry.input(description=both("Which reservations.", "Welche Mittelbindungen."))
class ReservationFilter:
    award_line_id: strawberry.ID | None = by("Of this award line.", "Dieser Bescheidzeile.")
    state: list[ReservationState] | None = by("In these states.", "In diesen Ständen.")


@strawberry.input(description=both("Which rules of lines.", "Welche Regeln der Bausteine."))
class FundingLineRuleFilter:
    funding_line: list[FundingLine] | None = by("Of these lines.", "Dieser Bausteine.")


@strawberry.input(description=both("Which cost rules.", "Welche Kostenregeln."))
class CostRuleFilter:
    funding_line: list[FundingLine] | None = by("Of these lines.", "Dieser Bausteine.")
    cost_kind: list[CostKind] | None = by("About these kinds.", "Zu diesen Kostenarten.")
    answer: list[Eligibility] | None = by("With this answer.", "Mit dieser Antwort.")


@strawberry.input(description=both("Which rates.", "Welche Fördersätze."))
class RateFilter:
    funding_line: list[FundingLine] | None = by("Of these lines.", "Dieser Bausteine.")
    unit_kind: list[RateUnit] | None = by("For these units.", "Für diese Einheiten.")
    fiscal_year: int | None = by("Of this fiscal year.", "Dieses Haushaltsjahres.")


@strawberry.type
class RuleQueries:
    reservation = record(
        "funding /v1/reservations", Reservation, en="One reservation.", de="Eine Mittelbindung."
    )
    reservations = records(
        "funding /v1/reservations",
        Reservation,
        ReservationFilter,
        en="Money set aside.",
        de="Gebundene Mittel.",
    )
    funding_line_rules = records(
        "funding /v1/funding-lines",
        FundingLineRule,
        FundingLineRuleFilter,
        en="What the lines are, and since when.",
        de="Was die Bausteine sind, und seit wann.",
    )
    cost_rules = records(
        "funding /v1/cost-rules",
        CostRule,
        CostRuleFilter,
        en="Which costs the lines pay, and since when.",
        de="Welche Kosten die Bausteine zahlen, und seit wann.",
    )
    rate = record("funding /v1/rates", Rate, en="One rate.", de="Ein Fördersatz.")
    rates = records(
        "funding /v1/rates", Rate, RateFilter, en="Rates by year.", de="Fördersätze nach Jahr."
    )
