"""What can be asked about deadlines, alerts, forecasts and tables of posts."""

from typing import Annotated

import strawberry

from gateway.schema.asking import AsOf, FiscalYear, KnownAt, asked
from gateway.schema.deadline import Deadline, FundingAlert, FundingOutlook, OccupiedMonths
from gateway.schema.filters import DeadlineFilter, FundingAlertFilter, by
from gateway.schema.funding_status import FundingFindings
from gateway.schema.position_report import PositionReport
from gateway.schema.published import both
from gateway.schema.reads import record, records
from gateway.schema.scalars import Date

Day = Annotated[Date, strawberry.argument(description=both("The day.", "Der Stichtag."))]
PositionId = Annotated[
    strawberry.ID, strawberry.argument(description=both("UUID of the post.", "UUID der Stelle."))
]


@strawberry.input(description=both("Which tables of posts.", "Welche Stellentabellen."))
class PositionReportFilter:
    reported_on_gte: Date | None = by("Reported on or after.", "Gemeldet ab.")
    reported_on_lte: Date | None = by("Reported on or before.", "Gemeldet bis.")


@strawberry.type
class PostQueries:
    deadline = record("funding /v1/deadlines", Deadline, en="One deadline.", de="Eine Frist.")
    deadlines = records(
        "funding /v1/deadlines",
        Deadline,
        DeadlineFilter,
        en="Deadlines, the earliest first.",
        de="Fristen, die früheste zuerst.",
    )
    alerts = records(
        "funding /v1/alerts",
        FundingAlert,
        FundingAlertFilter,
        en="What needs a person, the newest first.",
        de="Was ein Mensch ansehen sollte, das Neueste zuerst.",
    )

    alert = record("funding /v1/alerts", FundingAlert, en="One alert.", de="Ein Hinweis.")
    forecasts = asked(
        "funding /v1/forecasts",
        FundingOutlook,
        en="What the year's money will come to, with a warning of what would be repaid.",
        de="Voraussichtlicher Mittelverbrauch, mit Warnung vor Rückzahlung.",
        fiscal_year=FiscalYear,
        as_of=AsOf,
        known_at=KnownAt,
    )
    occupied_months = asked(
        "funding /v1/positions/{position_id}/occupied-months",
        OccupiedMonths,
        en="Occupied and vacant months of a post; null when it is unknown or hidden.",
        de="Besetzte und unbesetzte Monate einer Stelle; null, wenn unbekannt oder verborgen.",
        position_id=PositionId,
        fiscal_year=FiscalYear,
    )
    position_report = record(
        "funding /v1/position-reports",
        PositionReport,
        en="One table of posts as reported.",
        de="Eine gemeldete Stellentabelle.",
    )
    position_reports = records(
        "funding /v1/position-reports",
        PositionReport,
        PositionReportFilter,
        en="Tables of posts as reported.",
        de="Gemeldete Stellentabellen.",
    )
    funding_findings = asked(
        "funding /v1/findings",
        FundingFindings,
        en="Everything remarkable about awards, allocations and posts on a day.",
        de="Alle Auffälligkeiten zu Bescheiden, Weiterleitungen und Stellen an einem Tag.",
        as_of=Day,
        known_at=KnownAt,
    )
