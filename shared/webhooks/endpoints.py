"""What a unit does with its endpoints. The secret is made here, sealed, and handed over once."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from shared.audit.entries import record_change
from shared.auth.sealing import SealingKeys
from shared.database.statements import Statement
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.clock import now
from shared.kernel.errors import Conflict, NotFound, RuleViolated
from shared.kernel.ids import new_id
from shared.kernel.text import Text
from shared.service.answers import Answer
from shared.webhooks.codes import WebhookEndpointState
from shared.webhooks.planning import newest_cursor
from shared.webhooks.signing import SignatureProfile, new_secret
from shared.webhooks.tables import WebhookTables, sealing_place
from shared.webhooks.views import WebhookViews, with_secret

ENDPOINTS_MAX: Final = 20
KIND: Final = "webhook-endpoint"

FOR_UPDATE: Final = Statement("""
select id, version, state, secret_sealed from webhook_endpoint
 where tenant_id = cast(:tenant_id as varchar) and id = :endpoint_id for update""")
# One after the other, so that the limit holds whatever comes at once.
LOCK: Final = Statement("select pg_advisory_xact_lock(hashtext(:place))")
# What the feed has forgotten is not there to be planned; that it was missed is kept and shown.
CATCH_UP: Final = Statement("""
update webhook_endpoint e
   set cursor_tx = h.position_tx, cursor_id = h.position_id,
       missed_until = greatest(h.at, e.missed_until)
  from feed_horizon h
 where e.tenant_id = cast(:tenant_id as varchar) and e.id = :endpoint_id
   and h.tenant_id = e.tenant_id and h.feed = 'events'
   and (e.cursor_tx, e.cursor_id) < (h.position_tx, h.position_id)""")
COUNT: Final = Statement("""
select count(*) from webhook_endpoint
 where tenant_id = cast(:tenant_id as varchar) and unit_id = cast(:unit_id as varchar)""")
FORGET_ATTEMPTS: Final = Statement("""
delete from webhook_attempt a using webhook_delivery d
 where a.tenant_id = cast(:tenant_id as varchar) and a.delivery_id = d.id
   and d.tenant_id = a.tenant_id and d.endpoint_id = :endpoint_id""")
FORGET_DELIVERIES: Final = Statement("""
delete from webhook_delivery
 where tenant_id = cast(:tenant_id as varchar) and endpoint_id = :endpoint_id""")
FORGET: Final = Statement("""
delete from webhook_endpoint
 where tenant_id = cast(:tenant_id as varchar) and id = :endpoint_id""")


class EndpointLimit(Conflict):
    code = "endpoint-limit"
    title = Text(
        de="Eine Stelle kann höchstens 20 Empfangsadressen haben.",
        en="A unit can have 20 webhook endpoints at most.",
    )


class EventTypeUnknown(RuleViolated):
    code = "event-type-unknown"
    title = Text(
        de="Diese Ereignisart gibt es in diesem Dienst nicht.",
        en="This service has no such type of event.",
    )


class EndpointStateForbids(Conflict):
    code = "endpoint-state-forbids"
    title = Text(
        de="In diesem Zustand der Empfangsadresse geht das nicht.",
        en="The present state of the endpoint forbids this.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a unit wants to hear of, and where. No `types`: all of the service."""

    url: str
    description: str
    types: tuple[str, ...]
    includes_own: bool
    profile: SignatureProfile
    silence_hours: int | None

    def columns(self) -> dict[str, Any]:
        return {
            "url": self.url,
            "description": self.description,
            "types": sorted(set(self.types)),
            "includes_own": self.includes_own,
            "profile": self.profile.value,
            "silence_hours": self.silence_hours,
        }

    def codes(self) -> dict[str, Any]:
        """What the audit log keeps: never the address, whose query may hold a secret."""
        columns = self.columns()
        return {name: columns[name] for name in ("types", "includes_own", "profile")}


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointDesk:
    """The operations on endpoints of one service."""

    tables: WebhookTables
    views: WebhookViews
    keys: SealingKeys
    known_types: frozenset[str]

    async def add(self, tx: Transaction, wishes: Wishes) -> Answer:
        """Raises EndpointLimit, EventTypeUnknown, SealingIsNotSetUp."""
        self._require_known(wishes)
        unit = {"tenant_id": tx.caller.tenant_id, "unit_id": tx.caller.unit_id}
        await tx.execute(LOCK, place=f"webhooks/{tx.caller.tenant_id}/{tx.caller.unit_id}")
        if await tx.value(COUNT, **unit) >= ENDPOINTS_MAX:
            raise EndpointLimit(endpointsMax=ENDPOINTS_MAX)
        endpoint_id, secret, at = new_id(), new_secret(), now()
        cursor_tx, cursor_id = await newest_cursor(tx)
        await tx.insert(
            self.tables.endpoint,
            **wishes.columns(),
            id=endpoint_id,
            unit_id=tx.caller.unit_id,
            version=1,
            created_at=at,
            updated_at=at,
            created_by=tx.caller.actor,
            state=WebhookEndpointState.ACTIVE.value,
            secret_sealed=self._seal(tx, endpoint_id, secret),
            cursor_tx=cursor_tx,
            cursor_id=cursor_id,
            is_silent=False,
        )
        await self._record(tx, "create", endpoint_id, wishes.codes())
        location = f"/v1/webhook-endpoints/{endpoint_id}"
        return await self._with_secret(tx, endpoint_id, secret, location)

    async def change(
        self, tx: Transaction, endpoint_id: UUID, version: int | None, wishes: Wishes
    ) -> Answer:
        row = await self._lock(tx, endpoint_id, version)
        self._require_known(wishes)
        await self._update(tx, row, is_silent=False, **wishes.columns())
        await self._record(tx, "change", endpoint_id, wishes.codes())
        return await self._answer(tx, endpoint_id)

    async def pause(self, tx: Transaction, endpoint_id: UUID, version: int | None) -> Answer:
        """Nothing is lost for as long as the feed keeps events: the endpoint keeps its place there.

        What a longer pause misses is told by an alarm and by `missedUntil`.
        """
        row = await self._lock(tx, endpoint_id, version)
        if row["state"] != WebhookEndpointState.ACTIVE:
            raise EndpointStateForbids(state=row["state"])
        await self._update(tx, row, state=WebhookEndpointState.PAUSED.value)
        await self._record(tx, "pause", endpoint_id)
        return await self._answer(tx, endpoint_id)

    async def resume(self, tx: Transaction, endpoint_id: UUID, version: int | None) -> Answer:
        row = await self._lock(tx, endpoint_id, version)
        if row["state"] == WebhookEndpointState.ACTIVE:
            raise EndpointStateForbids(state=row["state"])
        state = WebhookEndpointState.ACTIVE.value
        await self._update(tx, row, state=state, disabled_reason=None, is_silent=False)
        await tx.execute(CATCH_UP, tenant_id=tx.caller.tenant_id, endpoint_id=endpoint_id)
        await self._record(tx, "resume", endpoint_id)
        return await self._answer(tx, endpoint_id)

    async def rotate(
        self, tx: Transaction, endpoint_id: UUID, version: int | None, overlap_hours: int
    ) -> Answer:
        """A new secret; the one before it signs too for `overlap_hours`, which may be 0."""
        row = await self._lock(tx, endpoint_id, version)
        secret = new_secret()
        has_overlap = overlap_hours > 0
        await self._update(
            tx,
            row,
            secret_sealed=self._seal(tx, endpoint_id, secret),
            previous_secret_sealed=row["secret_sealed"] if has_overlap else None,
            previous_until=now() + timedelta(hours=overlap_hours) if has_overlap else None,
        )
        changes = {"overlapHours": overlap_hours}
        await self._record(tx, "rotate-secret", endpoint_id, changes)
        return await self._with_secret(tx, endpoint_id, secret, None)

    async def remove(self, tx: Transaction, endpoint_id: UUID, version: int | None) -> Answer:
        """With all its deliveries; answers with what it was."""
        await self._lock(tx, endpoint_id, version)
        answer = await self._answer(tx, endpoint_id)
        who = {"tenant_id": tx.caller.tenant_id, "endpoint_id": endpoint_id}
        for statement in (FORGET_ATTEMPTS, FORGET_DELIVERIES, FORGET):
            await tx.execute(statement, **who)
        await self._record(tx, "delete", endpoint_id)
        return answer

    async def _lock(self, tx: Transaction, endpoint_id: UUID, version: int | None) -> Any:
        row = await tx.row(FOR_UPDATE, tenant_id=tx.caller.tenant_id, endpoint_id=endpoint_id)
        if row is None:
            raise NotFound
        require_version(row["version"], version)
        return row

    async def _update(self, tx: Transaction, row: Any, **values: Any) -> None:
        version = row["version"] + 1
        await tx.update(
            self.tables.endpoint, row["id"], version=version, updated_at=now(), **values
        )

    def _seal(self, tx: Transaction, endpoint_id: UUID, secret: bytes) -> bytes:
        return self.keys.seal(secret, place=sealing_place(tx.caller.tenant_id, endpoint_id))

    def _require_known(self, wishes: Wishes) -> None:
        unknown = sorted(set(wishes.types) - self.known_types)
        if unknown:
            raise EventTypeUnknown(types=unknown)

    async def _answer(self, tx: Transaction, endpoint_id: UUID) -> Answer:
        document = await self.views.endpoint.one_in(tx, endpoint_id=endpoint_id)
        assert document is not None
        return Answer(document)

    async def _with_secret(
        self, tx: Transaction, endpoint_id: UUID, secret: bytes, location: str | None
    ) -> Answer:
        document = (await self._answer(tx, endpoint_id)).document
        shown = with_secret(document, secret)
        return Answer(with_secret(document, None), location=location, shown_once=shown)

    async def _record(
        self,
        tx: Transaction,
        action: str,
        endpoint_id: UUID,
        changes: dict[str, Any] | None = None,
    ) -> None:
        await record_change(
            tx,
            self.tables.audit,
            action=action,
            kind=KIND,
            record_id=endpoint_id,
            changes=changes,
        )
