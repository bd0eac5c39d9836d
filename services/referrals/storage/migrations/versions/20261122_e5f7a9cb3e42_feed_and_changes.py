"""feed and changes

Whoever may follow reads each event for weeks, and of each record what changed last.
"""

from shared.database.migration_feed import add_feed, follow_changes, remove_feed

revision = "e5f7a9cb3e42"
down_revision = "a4d15c10de01"
branch_labels = None
depends_on = None

FOLLOWED = {
    "referral": "referral",
    "org_unit": "org-unit",
    "routing_rule_set": "routing-rule-set",
    "signposting": "signposting",
}
AUDIENCE = {
    # The recipient learns of it when it is sent, and not before.
    "referral": (
        "case when it.submitted_at is null then array[it.sender_unit] else"
        " array_remove(array[it.sender_unit, it.recipient_unit, it.forwarded_from], null) end"
    ),
    "org_unit": "'{}'",
    "routing_rule_set": "'{}'",
    "signposting": "array[it.unit_id]",
}


def upgrade() -> None:
    add_feed("referrals")
    for table, kind in FOLLOWED.items():
        follow_changes("referrals", table, kind, AUDIENCE[table])


def downgrade() -> None:
    remove_feed("referrals", *FOLLOWED)
