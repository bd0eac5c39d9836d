"""what belongs to a referral is written by roles of its two sides, says the database as well

One reason per file. Expand (add nullable), backfill outside in batches, contract in a later
release; indexes on filled tables concurrently; every new table through `secure(...)`.
"""

from shared.database.migration import any_writer, only_writers

revision = "5ac0d7e1943b"
down_revision = "c481797df74d"
branch_labels = None
depends_on = None

# Whoever opens a referral by a link acts for the receiving unit.
SIDES = "case_manager|team_lead|partner|b3_officer|link"
WRITERS = {
    # The coordination finds a recipient, the head of a unit decides what is disclosed.
    **dict.fromkeys(("referral", "referral_event"), f"{SIDES}|coordinator|unit_head"),
    **dict.fromkeys(
        (
            *("clock_pause", "counter_proposal", "disclosure", "notice", "recipient_record"),
            *("referral_amendment", "referral_content", "referral_place", "sender_record"),
        ),
        SIDES,
    ),
    "webhook_endpoint": "partner|b3_officer|integrator|admin",
}
REMOVED = ("recipient_record", "referral_content", "referral_place", "webhook_endpoint")


def _deeds(table: str) -> str:
    return "insert update delete" if table in REMOVED else "insert update"


def upgrade() -> None:
    for table, writers in WRITERS.items():
        only_writers(table, role="kim_referrals_app", writers=writers, deeds=_deeds(table))


def downgrade() -> None:
    for table in WRITERS:
        any_writer(table, _deeds(table))
