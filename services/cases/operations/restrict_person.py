"""Auskunftssperre: set and lift it, and say who sees the whereabouts of the person nevertheless.

Protection does not wait: anybody of the unit may set the restriction. From then on only who held a
case of the person at that time sees where they live; taking over or opening a case is not enough.
Everybody else is released by the team lead, the unit head or whoever set the restriction, with a
reason and never for themselves (§ 51 BMG, § 35 SGB I).
"""

from dataclasses import dataclass
from uuid import UUID

from services.cases.domain.acts import END_RELEASE, RELEASE_PERSON
from services.cases.domain.person_parts import (
    PersonNotRestricted,
    ReleaseBasis,
    ReleaseNotYours,
)
from services.cases.operations.keep_person_parts import (
    ChangePart,
    advance_person,
    lock_for_change,
)
from services.cases.storage.queries.restrictions import (
    END_RELEASES,
    HOLDERS_OF_PERSON,
    RELEASE_VIEW,
    RESTRICTED_BEFORE,
    RESTRICTION_OF,
)
from services.cases.storage.tables import AuditEntry, ReleaseRow
from shared.audit.entries import record_change
from shared.database.transaction import Transaction
from shared.kernel.access_acts import Act, relations_to
from shared.kernel.access_relations import Relation
from shared.kernel.clock import now
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.service.writes import Answer


async def restrict_person(tx: Transaction, change: ChangePart, *, is_restricted: bool) -> Answer:
    """Set the restriction, or lift it, which only who sees the whereabouts can.

    Setting it again changes nobody's sight. Raises NotFound, Stale, PersonIsMerged,
    PersonIsRestricted.
    """
    version = await lock_for_change(tx, change, needs_whereabouts=not is_restricted)
    was_restricted = await tx.value(RESTRICTED_BEFORE, person_id=change.person_id)
    columns: dict[str, str | None] = {}
    if is_restricted and not was_restricted:
        columns["restricted_by"] = tx.caller.actor
        for row in await tx.rows(HOLDERS_OF_PERSON, person_id=change.person_id):
            await _insert(tx, change.person_id, row["case_manager"], ReleaseBasis.IN_CHARGE, None)
    elif not is_restricted:
        columns["restricted_by"] = None
        await tx.execute(END_RELEASES, person_id=change.person_id, at=now(), actor=None)
    action = "restrict-person" if is_restricted else "lift-person-restriction"
    return await advance_person(tx, change, version, action, is_restricted=is_restricted, **columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    person_id: UUID
    actor: str
    reason: str


async def release(tx: Transaction, command: Release) -> Answer:
    """The named case manager sees the whereabouts while holding a case of the person.

    Raises NotFound, PersonNotRestricted, ReleaseNotYours.
    """
    await _require_may(RELEASE_PERSON, tx, command.person_id, released=command.actor)
    release_id = await _insert(
        tx, command.person_id, command.actor, ReleaseBasis.RELEASED, command.reason
    )
    await record_change(
        tx,
        AuditEntry,
        action="release-restricted-person",
        kind="person",
        record_id=command.person_id,
        changes={"releaseId": str(release_id)},
    )
    document = await RELEASE_VIEW.one_in(tx, release_id=release_id)
    assert document is not None
    return Answer(document)


async def end_release(tx: Transaction, person_id: UUID, actor: str) -> Answer:
    """Raises NotFound, PersonNotRestricted, ReleaseNotYours."""
    await _require_may(END_RELEASE, tx, person_id)
    ended = await tx.value(END_RELEASES, person_id=person_id, at=now(), actor=actor)
    if ended is None:
        raise NotFound
    await record_change(
        tx, AuditEntry, action="end-restriction-release", kind="person", record_id=person_id
    )
    document = await RELEASE_VIEW.one_in(tx, release_id=ended)
    assert document is not None
    return Answer(document)


async def _require_may(
    act: Act, tx: Transaction, person_id: UUID, released: str | None = None
) -> None:
    restriction = await tx.row(RESTRICTION_OF, person_id=person_id)
    if restriction is None:
        raise NotFound
    if not restriction["is_restricted"]:
        raise PersonNotRestricted
    holders = {Relation.AUTHOR: restriction["restricted_by"], Relation.CONCERNED: released}
    act.require(tx.caller, relations_to(tx.caller, holders), ReleaseNotYours)


async def _insert(
    tx: Transaction, person_id: UUID, actor: str, basis: ReleaseBasis, reason: str | None
) -> UUID:
    release_id = new_id()
    await tx.insert(
        ReleaseRow,
        id=release_id,
        unit_id=tx.caller.unit_id,
        person_id=person_id,
        actor=actor,
        basis=basis.value,
        reason=reason,
        released_by=tx.caller.actor,
        released_at=now(),
    )
    return release_id
