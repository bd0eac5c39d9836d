"""What the statements of sending and receiving find in the book, as the policies would show it."""

from collections.abc import Mapping
from typing import Any

from deploy.partnerkit.mock.book import STEPS, MemoryTransaction, Row, answers
from services.referrals.domain.codes import ACCEPTED_OR_LATER
from services.referrals.storage.attached_files import _ATTACHMENTS, _GOES_ALONG, _GOING_ALONG
from services.referrals.storage.base import IdempotencyKey
from services.referrals.storage.capacity import _CAPACITIES
from services.referrals.storage.clocks import _POLICY_IN_FORCE
from services.referrals.storage.directory_lookups import (
    _LOCK_DECLARATION,
    _REVOCATION,
    _REVOKED,
    _RULES_IN_FORCE,
    _UNITS,
)
from services.referrals.storage.disclosures import _DELETE, _OPEN, _STANDING
from services.referrals.storage.feed import RECORD
from services.referrals.storage.lookups import (
    _DELETE_PLACE,
    _KEEP_OUTCOME,
    _PLACE,
    _REFERRAL_FOR_UPDATE,
    _SENDER_RECORD,
    _UNDER_DECLARATION,
)
from services.referrals.storage.samples import _LEAVE_SAMPLE
from services.referrals.storage.tables import (
    ConsentRevocationRow,
    ContentRow,
    DisclosureDecisionRow,
    DisclosureRow,
    OrgUnitRow,
    PlaceRow,
    RecipientRecordRow,
    ReferralRow,
    RoutingRuleSetRow,
    SenderRecordRow,
)
from shared.database.cursors import write_cursor
from shared.database.statements import Statement, table_of
from shared.kernel.ids import new_id
from shared.secrecy.removal import NOTE as NOTE_REMOVAL
from shared.service.writes import CLAIM, FIND, KEEP

Values = Mapping[str, Any]
_KEYS = str(table_of(IdempotencyKey).name)


def may_see(tx: MemoryTransaction, row: Row) -> bool:
    """The policy of the table `referral`."""
    unit = tx.caller.unit_id
    was_sent = row["submitted_at"] is not None
    return row["tenant_id"] == tx.caller.tenant_id and (
        row["sender_unit"] == unit
        or (was_sent and unit in {row["recipient_unit"], row["forwarded_from"]})
    )


@answers(Statement(CLAIM.format(table=_KEYS)))
def _claim(tx: MemoryTransaction, values: Values) -> list[Row]:
    keys, name = tx.book.table(IdempotencyKey), (values["actor"], values["key"])
    if name in keys:
        return []
    keys[name] = dict(values)
    return [{"key": values["key"]}]


@answers(Statement(FIND.format(table=_KEYS)))
def _find(tx: MemoryTransaction, values: Values) -> list[Row]:
    return [tx.book.table(IdempotencyKey)[values["actor"], values["key"]]]


@answers(Statement(KEEP.format(table=_KEYS)))
def _keep(tx: MemoryTransaction, values: Values) -> list[Row]:
    row = tx.book.table(IdempotencyKey)[values["actor"], values["key"]]
    row |= values
    return [row]


@answers(NOTE_REMOVAL)
def _no_keys(_: MemoryTransaction, __: Mapping[str, Any]) -> list[Row]:
    """The book is in memory and seals nothing."""
    return []


@answers(_LOCK_DECLARATION, _POLICY_IN_FORCE, _ATTACHMENTS, _GOES_ALONG, _GOING_ALONG, _CAPACITIES)
def _nothing(_: MemoryTransaction, __: Values) -> list[Row]:
    """Here one follows the other; there are no terms, files or capacities of a unit's own."""
    return []


@answers(_UNITS)
def _units(tx: MemoryTransaction, values: Values) -> list[Row]:
    return [row for row in tx.of_tenant(OrgUnitRow) if row["unit_id"] in values["unit_ids"]]


@answers(_RULES_IN_FORCE)
def _rules(tx: MemoryTransaction, _: Values) -> list[Row]:
    return tx.of_tenant(RoutingRuleSetRow)


@answers(_REVOKED)
def _revoked(tx: MemoryTransaction, values: Values) -> list[Row]:
    rows = tx.of_unit(ConsentRevocationRow)
    known = [row["consent_reference"] for row in rows]
    return [{"consent_reference": one} for one in known if one in values["references"]]


@answers(_REVOCATION)
def _revocation(tx: MemoryTransaction, values: Values) -> list[Row]:
    rows = tx.of_unit(ConsentRevocationRow)
    return [row for row in rows if row["consent_reference"] == values["reference"]]


@answers(_UNDER_DECLARATION)
def _under_declaration(tx: MemoryTransaction, values: Values) -> list[Row]:
    named = ("consent_reference", "release_reference")
    return [
        {"id": row["id"]}
        for row in tx.of_unit(SenderRecordRow)
        if values["reference"] in [row[name] for name in named]
    ]


@answers(_REFERRAL_FOR_UPDATE)
def _referral(tx: MemoryTransaction, values: Values) -> list[Row]:
    row = tx.book.table(ReferralRow).get(values["key"])
    # What was read stays as it was read: the operations compare it with what they have written.
    return [dict(row)] if row is not None and may_see(tx, row) else []


@answers(_SENDER_RECORD)
def _sender_record(tx: MemoryTransaction, values: Values) -> list[Row]:
    row = tx.one_of_unit(SenderRecordRow, values["key"])
    return [] if row is None else [row]


@answers(_PLACE)
def _place(tx: MemoryTransaction, values: Values) -> list[Row]:
    row = tx.one_of_unit(PlaceRow, values["key"])
    return [] if row is None else [row]


@answers(_DELETE_PLACE, _LEAVE_SAMPLE)
def _delete_place(tx: MemoryTransaction, values: Values) -> list[Row]:
    gone = tx.book.table(PlaceRow).pop(values["key"], None)
    return [gone] if gone else []


@answers(_OPEN)
def _open(tx: MemoryTransaction, values: Values) -> list[Row]:
    found = opened(tx, values["key"])
    return [found] if found else []


def opened(tx: MemoryTransaction, referral_id: Any) -> Row | None:
    """The content: the sender's own, or what the manifest of this version names to the recipient,
    once it has accepted.
    """
    row = tx.book.table(ContentRow).get(referral_id)
    if row is None or row["tenant_id"] != tx.caller.tenant_id:
        return None
    if row["unit_id"] == tx.caller.unit_id:
        return row
    is_accepted = tx.book.table(ReferralRow)[referral_id]["state"] in ACCEPTED_OR_LATER
    manifests = [
        manifest
        for manifest in tx.book.table(DisclosureRow).values()
        if manifest["referral_id"] == referral_id
        and manifest["content_version"] == row["version"]
        and manifest["recipient_unit"] == tx.caller.unit_id
    ]
    if not is_accepted or not manifests:
        return None
    fields = set(manifests[0]["fields"])
    content = {
        part: {name: value for name, value in members.items() if f"{part}.{name}" in fields}
        for part, members in row["content"].items()
    }
    disputed = [path for path in row["disputed_fields"] if path in fields]
    return row | {
        "content": {part: members for part, members in content.items() if members},
        "disputed_fields": disputed,
    }


@answers(_DELETE)
def _delete_content(tx: MemoryTransaction, values: Values) -> list[Row]:
    gone = tx.book.table(ContentRow).pop(values["key"], None)
    return [gone] if gone else []


@answers(_STANDING)
def _standing(tx: MemoryTransaction, values: Values) -> list[Row]:
    decisions = [
        row
        for row in tx.of_tenant(DisclosureDecisionRow)
        if row["referral_id"] == values["referral_id"]
        and row["recipient_unit"] == values["recipient_unit"]
    ]
    return decisions[-1:]


@answers(_KEEP_OUTCOME)
def _keep_outcome(tx: MemoryTransaction, values: Values) -> list[Row]:
    table = tx.book.table(RecipientRecordRow)
    table[values["key"]] = table.get(values["key"], {}) | {
        "tenant_id": values["tenant_id"],
        "unit_id": values["unit_id"],
        "outcome": values["outcome"],
    }
    return [table[values["key"]]]


@answers(RECORD)
def _record_step(tx: MemoryTransaction, values: Values) -> list[Row]:
    step_id, position = new_id(), tx.book.next_position()
    cursor = write_cursor(str(position), step_id)
    row = dict(values) | {"id": step_id, "feed_tx": position, "cursor": cursor}
    tx.book.table(STEPS)[step_id] = row
    return [row]
