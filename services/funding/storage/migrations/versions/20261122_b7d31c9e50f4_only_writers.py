"""only who has a right to change the books writes there, says the database as well

One reason per file. Expand (add nullable), backfill outside in batches, contract in a later
release; indexes on filled tables concurrently; every new table through `secure(...)`.
"""

from shared.database.migration import any_writer, only_writers

revision = "b7d31c9e50f4"
down_revision = "1a406842f34b"
branch_labels = None
depends_on = None

APP = "kim_funding_app"
BOOKS = (
    *("allocation", "allocation_version", "award", "award_condition", "award_line"),
    *("award_version", "award_version_line", "base_rate", "budget_entry", "call_for_interest"),
    *("drawdown", "drawdown_need", "expenditure", "finance_batch", "funder_name"),
    *("funding_alert", "instalment", "interest_response", "journal_proposal"),
    *("ledger_account", "ledger_entry", "ledger_period", "ledger_posting", "ledger_year_close"),
    *("occupancy", "own_share_request", "payment", "payment_run", "position"),
    *("position_product", "position_report", "position_report_row", "position_version"),
    *("programme", "proof_figure", "rate", "recovery", "recovery_payment", "reservation"),
    "voucher",
)
PROOFS = ("deadline", "proof", "proof_version")
WRITERS = {
    **dict.fromkeys(BOOKS, "funding_officer|funding_approver|integrator"),
    **dict.fromkeys(PROOFS, "funding_officer|funding_approver|integrator|unit_head"),
}


def upgrade() -> None:
    for table, writers in WRITERS.items():
        only_writers(table, role=APP, writers=writers)
    only_writers(
        "webhook_endpoint", role=APP, writers="integrator|admin", deeds="insert update delete"
    )


def downgrade() -> None:
    any_writer("webhook_endpoint", "insert update delete")
    for table in WRITERS:
        any_writer(table)
