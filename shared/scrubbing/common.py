"""What is the same in the tables that every service has."""

from typing import Final

from shared.scrubbing.invented import Invented, removed
from shared.scrubbing.plan import Rule

# Messages, answers and logs go whole, and so do addresses and secrets of others' systems: a copy
# must not call them.
EMPTIED: Final = frozenset(
    {"feed_entry", "idempotency_key", "job", "lost_sight", "outbox_message", "partner_request"}
    | {"record_change", "webhook_attempt", "webhook_delivery", "webhook_endpoint"}
)
KEPT: Final = frozenset(
    {"tenant_id", "unit_id", "action", "code", "consumer", "feed", "kind", "language", "purpose"}
    | {"reference", "source_system", "state", "type", "ags", "municipality_ags"}
)
RULES: Final[dict[str, Rule]] = {
    **dict.fromkeys(
        ("actor", "recorded_by", "released_by", "approved_by", "decided_by", "requested_by"),
        Invented.actor,
    ),
    "reason": removed,
}
