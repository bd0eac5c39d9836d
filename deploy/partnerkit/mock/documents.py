"""Rows as the views publish them: the same members in the same form, without SQL."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson

from deploy.partnerkit.mock.book import DOCUMENTS, MemoryTransaction, Row
from deploy.partnerkit.mock.statements import may_see, opened
from services.referrals.api.integration import WEBHOOKS
from services.referrals.domain.access_rules import rules_of_referral
from services.referrals.domain.codes import ACCEPTED_OR_LATER, ReferralState, Side
from services.referrals.domain.disclosures import DISPUTED
from services.referrals.domain.lifecycle import allowed_actions
from services.referrals.domain.overlays import Present, overlay_actions
from services.referrals.storage.base import FeedHorizon
from services.referrals.storage.directory_queries import ORG_UNIT_VIEW, REVOCATION_VIEW
from services.referrals.storage.queries import REFERRAL_DETAIL, REFERRAL_VIEW, sight
from services.referrals.storage.tables import (
    ConsentRevocationRow,
    OrgUnitRow,
    RecipientRecordRow,
    ReferralRow,
    SenderRecordRow,
)
from services.referrals.storage.tables.webhooks import (
    WebhookAttemptRow,
    WebhookDeliveryRow,
    WebhookEndpointRow,
)
from shared.database.feed import NOWHERE, Horizon
from shared.database.publish import published_name
from shared.database.views import Document, View
from shared.kernel.access_rules import Effect
from shared.kernel.caller import Caller
from shared.kernel.clock import iso_instant

OPEN = frozenset({"WAITING", "SENDING"})


def published(names: Iterable[str], row: Row) -> Row:
    """The members `names` in their outside form, as `shared.database.publish` has it."""
    return {published_name(name): _plain(row.get(name)) for name in names}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return iso_instant(value)
    if isinstance(value, UUID | date):
        return str(value)
    if isinstance(value, frozenset):
        return sorted(value)
    return list(value) if isinstance(value, tuple) else value


def side_of(row: Row, caller: Caller) -> Side | None:
    """On which side the caller stands; None for a unit that has passed the referral on."""
    held = sight(caller)
    if row["sender_unit"] == held["unit"] and held["may_send"]:
        return Side.SENDER
    was_sent = row["submitted_at"] is not None
    if row["recipient_unit"] == held["unit"] and was_sent and held["may_receive"]:
        return Side.RECIPIENT
    return None


def referral(tx: MemoryTransaction, row: Row) -> Row:
    """The columns of a referral with what depends on who asks."""
    side, state = side_of(row, tx.caller), ReferralState(row["state"])
    present = Present(
        is_held=row["held_since"] is not None, is_proposed=row["open_proposal_id"] is not None
    )
    sent = tx.book.table(SenderRecordRow).get(row["id"], {})
    received = tx.book.table(RecipientRecordRow).get(row["id"], {})
    mine = received if received.get("unit_id") == tx.caller.unit_id else {}
    sending = sent if side is Side.SENDER else {}
    shown = row | {
        "side": side,
        "allowed_actions": allowed_actions(state, side) if side else (),
        "overlay_actions": overlay_actions(state, side, present) if side else (),
        "assignee": mine.get("assignee"),
        "assigned_at": mine.get("assigned_at"),
        "escalated_to": mine.get("escalated_to"),
        "outcome": mine.get("outcome") or row["outcome"],
        "external_ids": [],
        "case_id": sending.get("case_id") or mine.get("case_id"),
        "facts": "may-be-joined" if state in ACCEPTED_OR_LATER else None,
        **_content(tx, row, sending),
    }
    return shown | {"masked_fields": _masked(tx.caller, shown)}


def _masked(caller: Caller, shown: Row) -> list[str]:
    """What the service says with an expression of its statement, by the rules themselves."""
    rules = rules_of_referral(caller.roles, caller.unit_type, published(shown, shown))
    hiding = [rule for rule in rules if rule.effect is Effect.HIDES]
    return sorted({member for rule in hiding for member in rule.members})


def _content(tx: MemoryTransaction, row: Row, sending: Row) -> Row:
    names = ("subject_reference", "legal_ground", "disclosure_decision", "protection_steps")
    content = opened(tx, row["id"]) or {}
    disputed = content.get("disputed_fields")
    note = {"de": DISPUTED.de, "en": DISPUTED.en}
    return {
        "content": content.get("content"),
        "disputed_fields": disputed,
        "disputes": None
        if disputed is None
        else [{"field": path, "note": note} for path in sorted(disputed)],
        "secret_categories": content.get("secret_categories"),
        "sending": published(names, sending) if sending else None,
    }


def endpoint(tx: MemoryTransaction, row: Row) -> Row:
    deliveries = tx.book.table(WebhookDeliveryRow).values()
    waiting = [d for d in deliveries if d["endpoint_id"] == row["id"] and d["state"] in OPEN]
    return row | {
        "previous_secret_until": row["previous_until"],
        "deliveries_waiting": len(waiting),
    }


def delivery(tx: MemoryTransaction, row: Row) -> Row:
    tries = tx.book.table(WebhookAttemptRow).values()
    names = ("at", "outcome", "status", "duration_ms")
    return row | {"tries": [published(names, one) for one in tries if _is_of(one, row)]}


def _is_of(attempt: Row, row: Row) -> bool:
    return bool(attempt["delivery_id"] == row["id"])


def find_referral(tx: MemoryTransaction, referral_id: UUID, **_: Any) -> Row | None:
    row = tx.book.table(ReferralRow).get(referral_id)
    held = sight(tx.caller)
    may = held["may_send"] or held["may_receive"]
    return referral(tx, row) if row is not None and may_see(tx, row) and may else None


def find_endpoint(tx: MemoryTransaction, endpoint_id: UUID, **_: Any) -> Row | None:
    row = tx.one_of_unit(WebhookEndpointRow, endpoint_id)
    return endpoint(tx, row) if row is not None else None


def find_delivery(tx: MemoryTransaction, delivery_id: UUID, **_: Any) -> Row | None:
    row = tx.one_of_unit(WebhookDeliveryRow, delivery_id)
    return delivery(tx, row) if row is not None else None


def find_unit(tx: MemoryTransaction, unit_id: str, **_: Any) -> Row | None:
    rows = tx.of_tenant(OrgUnitRow)
    return next((row for row in rows if row["unit_id"] == unit_id), None)


def find_revocation(tx: MemoryTransaction, revocation_id: UUID, **_: Any) -> Row | None:
    return tx.one_of_unit(ConsentRevocationRow, revocation_id)


def find_horizon(tx: MemoryTransaction, **_: Any) -> Row:
    """Nothing is ever forgotten here."""
    return {"id": NOWHERE, "next_tx": tx.book.position + 1, "position_tx": 0, "at": None}


Finding = Callable[..., Row | None]
FINDINGS: dict[View, Finding] = {
    REFERRAL_VIEW: find_referral,
    REFERRAL_DETAIL: find_referral,
    ORG_UNIT_VIEW: find_unit,
    REVOCATION_VIEW: find_revocation,
    WEBHOOKS.views.endpoint: find_endpoint,
    WEBHOOKS.views.delivery: find_delivery,
    Horizon(FeedHorizon).view: find_horizon,
}


def document(view: View, row: Row) -> Document:
    """One row as the view publishes it."""
    version = row.get("version") if "version" in view.columns else None
    facts = row.get("facts") if "facts" in view.columns else None
    return Document(orjson.dumps(published(view.names, row)), version, facts)


def _answering(view: View, find: Finding) -> Callable[..., Row | None]:
    def make(tx: MemoryTransaction, **values: Any) -> Row | None:
        row = find(tx, **values)
        if row is None:
            return None
        found = document(view, row)
        return {"document": found.body.decode(), "version": found.version, "facts": found.facts}

    return make


DOCUMENTS.update(
    {
        view.one_statement.sql: (view.one_statement.inner.names, _answering(view, find))
        for view, find in FINDINGS.items()
    }
)
