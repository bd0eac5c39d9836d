"""Who may put and change which rows of the books, as the policies of the tables themselves say.

Every table that the application may write is named here or has rules of its own in `SINGLE`.
"""

from typing import Final

from services.funding.domain.access import RIGHTS
from services.funding.domain.access_basis import COUNTY
from services.funding.domain.rights import Right
from shared.kernel.access_acts import Deposit
from shared.kernel.access_relations import Relation, Wall
from shared.kernel.text import Text


def _deposit(
    text: Text,
    kinds: str,
    *rights: Right,
    reach: frozenset[Relation] = COUNTY,
    wall: Wall = Wall.ROLE_AND_RELATION,
) -> Deposit:
    """For every role whose door leads here."""
    writers = {role.value: reach for role, given in RIGHTS.items() if given & set(rights)}
    return Deposit(
        kinds=tuple(kinds.split()),
        text=text,
        rights=rights,
        wall=wall,
        writers=writers,
    )


DEPOSITS: Final[tuple[Deposit, ...]] = (
    _deposit(
        Text(de="Bücher der Förderung", en="books of the funding"),
        "allocation allocation_version award award_condition award_line award_version"
        " award_version_line base_rate budget_entry call_for_interest drawdown"
        " drawdown_need expenditure finance_batch funder_name funding_alert"
        " instalment interest_response journal_proposal ledger_account ledger_entry ledger_period"
        " ledger_posting ledger_year_close occupancy own_share_request payment payment_run"
        " position position_product position_report position_report_row position_version"
        " programme proof_figure rate recovery recovery_payment reservation voucher",
        *(Right.RECORD_FUNDING, Right.RELEASE_FUNDING, Right.DELIVER_FUNDING),
        *(Right.CONFIRM_PAYMENTS, Right.EXPORT_FINANCE),
    ),
    _deposit(
        Text(de="Nachweise und ihre Fristen", en="proofs and their time limits"),
        "deadline proof proof_version",
        *(Right.RECORD_FUNDING, Right.RELEASE_FUNDING, Right.DELIVER_FUNDING, Right.SIGN_PROOF),
    ),
    # A county begins with the published rules: whoever reads them first puts them there.
    _deposit(
        Text(de="Förder- und Kostenregeln", en="rules of funding and costs"),
        "cost_rule funding_line",
        *(Right.RECORD_FUNDING, Right.RELEASE_FUNDING),
        wall=Wall.RELATION,
    ),
    _deposit(
        Text(de="Webhooks der Stelle", en="webhooks of the unit"),
        "webhook_endpoint",
        Right.MANAGE_WEBHOOKS,
        reach=frozenset({Relation.UNIT}),
    ),
)
# Rows whose policy asks whose own they are, or that go with the case alone; asked by tests of
# their own.
SINGLE: Final = frozenset({"expenditure_subject", "external_id", "job", "idempotency_key"})
# Written in passing by whoever does something, or by the worker; they open nothing.
TRACES: Final = frozenset(
    {"consumed_event", "outbox_message", "partner_request"}
    | {"webhook_attempt", "webhook_delivery"}
)
