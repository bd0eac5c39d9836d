"""A journal as CSV, one line for each posting, RFC 4180. It holds codes, ids and amounts only."""

from datetime import date

from services.funding.domain.ledger.chain import Link, instant_text
from shared.kernel.money import Money

COLUMNS = (
    "sequence",
    "entry",
    "event",
    "valueDate",
    "recordedAt",
    "fiscalYear",
    "awardLine",
    "sourceKind",
    "source",
    "reference",
    "reasonCode",
    "reverses",
    "ordinal",
    "account",
    "amount",
    "currency",
    "position",
)


class CsvPrinter:
    def head(self) -> str:
        return ",".join(COLUMNS) + "\r\n"

    def entry(self, link: Link) -> str:
        facts = (
            link.sequence,
            link.id,
            link.event,
            link.value_date.isoformat(),
            instant_text(link.recorded_at),
            link.fiscal_year,
            link.award_line_id,
            link.source_kind,
            link.source_id,
            link.reference,
            link.reason_code,
            link.reverses_id or "",
        )
        start = ",".join(map(str, facts))
        return "".join(
            f"{start},{one.ordinal},{one.account},{Money(one.amount_cents)},EUR,"
            f"{one.position_id or ''}\r\n"
            for one in link.postings
        )

    def tail(self, last_on: date | None) -> str:  # noqa: ARG002 - the protocol asks for it
        return ""
