"""Which lists of funding can be fetched as a file: whoever reads funding."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from services.funding.api.doors import may_export, may_read_funding
from services.funding.domain.headings import HEADINGS
from services.funding.storage.queries.allocations import ALLOCATION_LIST
from services.funding.storage.queries.awards import AWARD_LIST
from services.funding.storage.queries.deadlines import ALERT_LIST, DEADLINE_LIST
from services.funding.storage.queries.drawdowns import DRAWDOWN_LIST
from services.funding.storage.queries.journal import ENTRY_LIST
from services.funding.storage.queries.moments import moment, position_moment
from services.funding.storage.queries.payments import (
    INSTALMENT_LIST,
    PAYMENT_LIST,
    PAYMENT_RUN_LIST,
)
from services.funding.storage.queries.plans import BUDGET_ENTRY_LIST, OWN_SHARE_REQUEST_LIST
from services.funding.storage.queries.positions import POSITION_LIST
from services.funding.storage.queries.proofs import PROOF_LIST
from services.funding.storage.queries.recoveries import RECOVERY_LIST
from services.funding.storage.queries.rules import RESERVATION_LIST
from services.funding.storage.queries.spending import EXPENDITURE_LIST, VOUCHER_LIST
from services.funding.storage.tables import AuditEntry, JobRow
from shared.database.lists import ListView
from shared.jobs.headings import COMMON_HEADINGS
from shared.jobs.kinds import ExportKind, Jobs, Values, no_values
from shared.kernel.caller import Caller
from shared.kernel.clock import berlin_date
from shared.kernel.text import Text


def _newest(_: Caller, __: datetime) -> Mapping[str, Any]:
    return moment()


def _newest_posts(_: Caller, at: datetime) -> Mapping[str, Any]:
    return position_moment(berlin_date(at))


def _kind(
    name: str, view: ListView, german: str, english: str, values: Values = no_values
) -> ExportKind:
    return ExportKind(
        name=name,
        title=Text(de=german, en=english),
        view=view,
        may_list=may_read_funding,
        values=values,
    )


JOBS: Final = Jobs(
    service="funding",
    rows=JobRow,
    audit=AuditEntry,
    exporter=may_export,
    headings={**COMMON_HEADINGS, **HEADINGS},
    kinds=(
        _kind("awards", AWARD_LIST, "Bescheide", "Awards", _newest),
        _kind("allocations", ALLOCATION_LIST, "Weiterleitungen", "Allocations", _newest),
        _kind("positions", POSITION_LIST, "Stellen", "Posts", _newest_posts),
        _kind("reservations", RESERVATION_LIST, "Mittelbindungen", "Reservations"),
        _kind("drawdowns", DRAWDOWN_LIST, "Mittelabrufe", "Drawdowns"),
        _kind("instalments", INSTALMENT_LIST, "Raten", "Instalments"),
        _kind("payments", PAYMENT_LIST, "Zahlungen", "Payments"),
        _kind("payment-runs", PAYMENT_RUN_LIST, "Zahlläufe", "Payment runs"),
        _kind("expenditures", EXPENDITURE_LIST, "Ausgaben", "Expenditure"),
        _kind("vouchers", VOUCHER_LIST, "Belege", "Vouchers"),
        _kind("proofs", PROOF_LIST, "Verwendungsnachweise", "Proofs of use"),
        _kind("recoveries", RECOVERY_LIST, "Rückforderungen", "Recoveries"),
        _kind("budget-entries", BUDGET_ENTRY_LIST, "Haushaltsansätze", "Budget entries"),
        _kind(
            "own-share-requests", OWN_SHARE_REQUEST_LIST, "Anträge auf Eigenmittel",
            "Requests for own money",
        ),
        _kind("journal-entries", ENTRY_LIST, "Buchungen", "Journal entries"),
        _kind("deadlines", DEADLINE_LIST, "Fristen", "Deadlines"),
        _kind("alerts", ALERT_LIST, "Hinweise", "Alerts"),
    ),
)  # fmt: skip
