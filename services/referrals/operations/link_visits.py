"""Work on one referral through a link: the same operations and the same gate as by REST.

Who comes by a link is its unit, in the role of a partner, and sees this one referral.
"""

import hmac
import secrets
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import asyncpg
import orjson

from services.referrals.domain.access_links import (
    SECRET_BYTES,
    Kind,
    LinkFacts,
    LinkOver,
    Ticket,
    form_token,
    is_revoked_after,
    refusal_of,
    session_end,
    ticket_digest,
)
from services.referrals.domain.codes import ACCEPTED_OR_LATER, ReferralAction, ReferralState
from services.referrals.domain.disclosures import Channel
from services.referrals.operations import receiving
from services.referrals.operations.disclose import Disclosed, open_content
from services.referrals.operations.receiving import Act
from services.referrals.storage.attached_files import ATTACHMENT_CONTENT, ATTACHMENTS_OF_REFERRAL
from services.referrals.storage.base import AuditEntry
from services.referrals.storage.directory_lookups import find_agencies
from services.referrals.storage.links import find_unit_names, link_for_update
from services.referrals.storage.queries import REFERRAL_VIEW, sight
from services.referrals.storage.tables import AccessLinkRow
from shared.audit.entries import record_change
from shared.database.connection import Database
from shared.database.transaction import Transaction
from shared.kernel.caller import Caller
from shared.kernel.clock import now
from shared.kernel.errors import NotFound, Refusal
from shared.kernel.text import Text
from shared.observability.request import begin_request, current_request

ISSUER: Final = "urn:kim:link"
BY_LINK: Final = (ReferralAction.PULL, ReferralAction.ACCEPT, ReferralAction.REJECT)


@dataclass(frozen=True, slots=True)
class Visit:
    """An open session: in whose name, about which referral, and what its forms carry."""

    caller: Caller
    referral_id: UUID
    form_token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Sight:
    """The referral as its recipient sees it; content and files only after acceptance."""

    referral: dict[str, Any]
    sender: Text
    content: Disclosed | None
    files: list[dict[str, Any]]


async def use_link(database: Database, key: bytes, token: str) -> tuple[str, datetime]:
    """Open it, once: the session it gives and its end. Raises NotFound, LinkUsed, LinkOver."""
    instant = now()
    ticket = Ticket.read(token, key, Kind.LINK, instant)
    async with database.transaction(_before_the_door(ticket)) as tx:
        row, refusal = await _judged(tx, ticket, token, "token_digest", instant)
        if refusal is None:
            assert row is not None
            return await _begin_session(tx, row, ticket, key, instant)
    raise refusal


async def visit(database: Database, key: bytes, session: str) -> Visit:
    """Raises LinkOver where there is no session, or no more."""
    instant = now()
    try:
        ticket = Ticket.read(session, key, Kind.SESSION, instant)
    except NotFound as unknown:
        raise LinkOver from unknown
    async with database.transaction(_before_the_door(ticket)) as tx:
        row, refusal = await _judged(tx, ticket, session, "session_digest", instant)
        if refusal is None:
            assert row is not None
            caller = await _caller(tx, row)
            return Visit(caller, row["referral_id"], form_token(session, key))
    raise LinkOver from refusal


async def look(database: Database, who: Visit) -> Sight:
    """Raises NotFound where the unit has nothing to do with the referral any more."""
    async with database.transaction(who.caller) as tx:
        values = {"referral_id": who.referral_id, **sight(who.caller)}
        document = await REFERRAL_VIEW.one_in(tx, **values)
        if document is None:
            raise NotFound
        referral = orjson.loads(document.body)
        content: Disclosed | None = None
        if ReferralState(referral["state"]) in ACCEPTED_OR_LATER and referral["side"]:
            with suppress(NotFound):
                content = await open_content(tx, who.referral_id, Channel.LINK)
        sender = await _name(tx, referral["senderUnit"])
    files = await _files(database, who) if content is not None else []
    return Sight(referral, sender, content, files)


async def open_file(database: Database, who: Visit, attachment_id: UUID) -> dict[str, Any]:
    """What handing it out needs to know, through the gate that answers REST.

    Raises NotFound for a file of another referral, before acceptance, and where it is unknown.
    """
    async with database.transaction(who.caller) as tx:
        found = await ATTACHMENT_CONTENT.one_in(tx, attachment_id=attachment_id)
        # Refused in the transaction: what is not handed out was not read.
        if found is None or found.facts["referral_id"] != str(who.referral_id):
            raise NotFound
        name = await tx.text(found.facts["name"])
    facts: dict[str, Any] = found.facts | {"name": name}
    return facts


async def step(database: Database, who: Visit, action: ReferralAction, act: Act) -> None:
    """Pull, accept or reject, with every rule of that step."""
    assert action in BY_LINK
    act = replace(act, referral_id=who.referral_id)
    async with database.transaction(who.caller) as tx:
        if action is ReferralAction.PULL:
            await receiving.pull(tx, act)
        elif action is ReferralAction.ACCEPT:
            await receiving.accept(tx, act, digest=None)
        else:
            await receiving.reject(tx, act)


def _before_the_door(ticket: Ticket) -> Caller:
    """Sees the row of this link and the directory, nothing else; what follows is a referral."""
    begin_request(replace(current_request(), purpose="REFERRAL"))
    return Caller(
        tenant_id=ticket.tenant_id,
        unit_id="",
        unit_type="",
        issuer=ISSUER,
        subject=str(ticket.link_id),
        roles=frozenset({"link"}),
    )


async def _caller(tx: Transaction, row: asyncpg.Record) -> Caller:
    unit = (await find_agencies(tx, row["unit_id"]))[row["unit_id"]]
    return replace(
        tx.caller, unit_id=unit.unit_id, unit_type=unit.type.value, roles=frozenset({"partner"})
    )


async def _judged(
    tx: Transaction, ticket: Ticket, text: str, column: str, at: datetime
) -> tuple[asyncpg.Record | None, Refusal | None]:
    """The link and why it opens nothing; a wrong try is counted, the fifth ends it."""
    row = await link_for_update(tx, ticket.link_id)
    if row is None:
        return None, NotFound()
    unit = (await find_agencies(tx, row["unit_id"])).get(row["unit_id"])
    facts = LinkFacts(
        is_right=hmac.compare_digest(row[column] or b"", ticket_digest(text)),
        is_used=ticket.kind is Kind.LINK and row["used_at"] is not None,
        is_revoked=row["revoked_at"] is not None or unit is None,
        is_for_authority=unit is not None and unit.is_foreigners_authority,
        ends_at=row["expires_at"] if ticket.kind is Kind.LINK else ticket.ends_at,
    )
    refusal = refusal_of(facts, at)
    if not facts.is_right and row["revoked_at"] is None:
        await _count(tx, row, at)
    return row, refusal


async def _count(tx: Transaction, row: asyncpg.Record, at: datetime) -> None:
    refusals = row["refusals"] + 1
    values: dict[str, Any] = {"refusals": refusals}
    if is_revoked_after(refusals):
        values["revoked_at"] = at
        await _note(tx, "access-link-revoked", row, refusals=refusals)
    await tx.update(AccessLinkRow, row["id"], **values)


async def _begin_session(
    tx: Transaction, row: asyncpg.Record, ticket: Ticket, key: bytes, at: datetime
) -> tuple[str, datetime]:
    until = session_end(at)
    session = replace(ticket, kind=Kind.SESSION, ends_at=until)
    text = session.written(key, secrets.token_bytes(SECRET_BYTES))
    await tx.update(
        AccessLinkRow,
        row["id"],
        used_at=at,
        session_digest=ticket_digest(text),
        session_until=until,
    )
    await _note(tx, "access-link-used", row)
    return text, until


async def _files(database: Database, who: Visit) -> list[dict[str, Any]]:
    """Those that the manifest names, as REST lists them; there are never more than a page."""
    page = await ATTACHMENTS_OF_REFERRAL.page(database, who.caller, [], referral_id=who.referral_id)
    items: list[dict[str, Any]] = orjson.loads(page.body)["items"]
    return items


async def _name(tx: Transaction, unit_id: str) -> Text:
    return Text(*(await find_unit_names(tx, unit_id) or (unit_id, unit_id)))


async def _note(tx: Transaction, action: str, row: asyncpg.Record, **codes: int) -> None:
    await record_change(
        tx,
        AuditEntry,
        action=action,
        kind="access-link",
        record_id=row["id"],
        changes={"referralId": str(row["referral_id"]), "unitId": row["unit_id"], **codes},
    )
