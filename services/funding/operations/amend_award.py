"""Change what an award grants: a new version beside the old ones, released by a second person."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

import asyncpg

from services.funding.domain.acts import RELEASE_AWARD_VERSION
from services.funding.domain.award_lifecycle import (
    AWARD_LIFECYCLE,
    DRAFT_STATES,
    AwardAction,
    AwardState,
)
from services.funding.domain.awards import AwardContent, refuse_contradictions
from services.funding.domain.events.awards import AwardAmended
from services.funding.domain.legal_dates import Period
from services.funding.domain.versions import VersionKind, refuse_wrong_kind
from services.funding.operations.changes import answer_with, leave_trace
from services.funding.operations.put_on_books import book_amendment
from services.funding.operations.record_award import (
    NewLine,
    insert_line,
    insert_version,
    insert_version_line,
)
from services.funding.operations.recoveries_due import recoveries_of_cut, repayable_of
from services.funding.storage.award_records import (
    award_facts,
    award_version,
    load_award,
    version_numbers,
)
from services.funding.storage.queries.awards import (
    AWARD_LINES_FOR_UPDATE,
    AWARD_LINES_OF_VERSION,
    AWARD_VIEW,
)
from services.funding.storage.queries.moments import moment
from services.funding.storage.tables import AwardLineRow, AwardRow, AwardVersionRow
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.access_acts import relations_to
from shared.kernel.access_relations import Relation
from shared.kernel.clock import berlin_date, now
from shared.kernel.errors import Conflict, NotPermitted, RuleViolated
from shared.kernel.money import Money
from shared.kernel.text import Text
from shared.service.writes import Answer


class LineChangesIdentity(RuleViolated):
    code = "line-changes-identity"
    title = Text(
        de="Eine Zeile behält über alle Fassungen Baustein, Zweck und Art.",
        en="A line keeps its funding line, purpose and nature over all versions.",
    )


class VersionAlreadyApproved(Conflict):
    code = "version-already-approved"
    title = Text(de="Diese Fassung ist schon freigegeben.", en="This version is released already.")


class FourEyesNeeded(NotPermitted):
    code = "four-eyes-needed"
    title = Text(
        de="Wer etwas erfasst hat, gibt es nicht selbst frei.",
        en="Whoever recorded something does not release it.",
    )


@dataclass(frozen=True, slots=True)
class NewVersion:
    """An amendment, or before the grant a corrected draft."""

    period: Period
    total: Money
    lines: tuple[NewLine, ...]
    effective_from: date
    reason: str | None = None

    def content(self, fiscal_year: int) -> AwardContent:
        lines = tuple(new.line for new in self.lines)
        return AwardContent(fiscal_year, self.period, lines, self.total)


async def record_award_version(
    tx: Transaction, award_id: UUID, expected_version: int | None, command: NewVersion
) -> Answer:
    """A version that waits for its release. The older ones stay as they are (A9).

    Before the grant it replaces the draft at once. Raises NotFound, the refusals of versions,
    TransitionNotAllowed, AwardContentWrong, LineChangesIdentity, OwnUseExceedsLine.
    """
    award = await load_award(tx, award_id)
    require_version(award["version"], expected_version)
    state = AwardState(award["state"])
    is_draft = state in DRAFT_STATES
    instant = now()
    if not is_draft:
        facts = await award_facts(tx, award, berlin_date(instant))
        AWARD_LIFECYCLE.next_state(state, AwardAction.AMEND, facts)
    kind = VersionKind(award["kind"]) if is_draft else VersionKind.AENDERUNG
    refuse_wrong_kind(
        kind, is_first=is_draft, has_predecessor=award["follows_award_id"] is not None
    )
    content = command.content(award["fiscal_year"])
    refuse_contradictions(content)
    newest, _ = await version_numbers(tx, award_id)
    effective_from = content.period.start if is_draft else command.effective_from
    number = newest + 1
    version_id = await insert_version(
        tx, award_id, number, kind, content, effective_from, instant, command.reason
    )
    known = {row["key"]: row for row in await tx.rows(AWARD_LINES_FOR_UPDATE, award_id=award_id)}
    for position, new in enumerate(command.lines):
        row = known.get(new.line.key)
        if row is None:
            ordinal = len(known) + position
            line_id = await insert_line(tx, award_id, ordinal, new, instant, is_drawn=is_draft)
        else:
            _refuse_another_identity(row, new)
            line_id = row["id"]
        await insert_version_line(tx, version_id, line_id, new.line)
    if is_draft:
        await draw_lines(tx, award_id, version_id)
    await _touch(tx, award)
    await leave_trace(
        tx,
        action="record-award-version",
        kind="award",
        record_id=award_id,
        changes={"number": number, "kind": kind.value},
    )
    return await answer_with(tx, AWARD_VIEW, award_id=award_id, **moment())


async def approve_award_version(
    tx: Transaction, award_id: UUID, number: int, expected_version: int | None
) -> Answer:
    """Release an amendment. What children hold above it is tolerated and reported (A9).

    Raises NotFound, the refusals of versions, VersionAlreadyApproved, TransitionNotAllowed,
    FourEyesNeeded.
    """
    award = await load_award(tx, award_id)
    require_version(award["version"], expected_version)
    version = await award_version(tx, award_id, number)
    if version["approved_at"] is not None:
        raise VersionAlreadyApproved(number=number)
    instant = now()
    facts = await award_facts(tx, award, berlin_date(instant))
    AWARD_LIFECYCLE.next_state(AwardState(award["state"]), AwardAction.AMEND, facts)
    relations = relations_to(tx.caller, {Relation.AUTHOR: version["recorded_by"]})
    RELEASE_AWARD_VERSION.require(tx.caller, relations, FourEyesNeeded)
    await tx.update(
        AwardVersionRow, version["id"], approved_at=instant, approved_by=tx.caller.actor
    )
    _, approved = await version_numbers(tx, award_id)
    if approved == number:
        deltas = await draw_lines(tx, award_id, version["id"])
        before = await repayable_of(tx, deltas)
        await book_amendment(tx, award, version, deltas)
        await recoveries_of_cut(tx, before, version)
    await _touch(tx, award)
    event = AwardAmended(
        tenant_id=tx.caller.tenant_id,
        award_id=award_id,
        version_number=number,
        kind=VersionKind(version["kind"]),
    )
    await leave_trace(
        tx,
        action="approve-award-version",
        kind="award",
        record_id=award_id,
        changes={"number": number},
        events=(event,),
    )
    return await answer_with(tx, AWARD_VIEW, award_id=award_id, **moment())


async def draw_lines(tx: Transaction, award_id: UUID, version_id: UUID) -> dict[UUID, Money]:
    """Make the figures of a version the ones that allocations are measured by; how much more or
    less each line has.

    A line that the version leaves out has nothing any more. What is passed on or kept beyond
    the new figures is tolerated in exactly this amount.
    """
    granted = {
        row["award_line_id"]: row
        for row in await tx.rows(AWARD_LINES_OF_VERSION, version_id=version_id)
    }
    deltas = {}
    for line in await tx.rows(AWARD_LINES_FOR_UPDATE, award_id=award_id):
        row = granted.get(line["id"])
        amount_cents = row["amount_cents"] if row else 0
        deltas[line["id"]] = Money(amount_cents - line["amount_cents"])
        fte = (row["fte"] if row else None) or Decimal(0)
        await tx.update(
            AwardLineRow,
            line["id"],
            amount_cents=amount_cents,
            fte=fte,
            tolerated_cents=max(0, line["allocated_cents"] + line["own_use_cents"] - amount_cents),
            tolerated_fte=max(Decimal(0), line["allocated_fte"] + line["own_use_fte"] - fte),
            updated_at=now(),
        )
    return deltas


def _refuse_another_identity(row: asyncpg.Record, new: NewLine) -> None:
    line = new.line
    given = (line.funding_line.value, line.purpose.value, line.is_additional)
    if given != (row["funding_line"], row["purpose"], row["is_additional"]):
        raise LineChangesIdentity(line=line.key)


async def _touch(tx: Transaction, award: asyncpg.Record) -> None:
    await tx.update(AwardRow, award["id"], version=award["version"] + 1, updated_at=now())
