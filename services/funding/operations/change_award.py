"""Correct what is known of an award, and decide about its lines: own use, part of a year."""

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from uuid import UUID

import asyncpg

from services.funding.domain.allocation_tree import NotEnoughFree, Share
from services.funding.domain.applicants import Applicant
from services.funding.domain.award_lifecycle import DRAFT_STATES, AwardState
from services.funding.domain.part_year import PartYearDecision
from services.funding.domain.territory import Territory
from services.funding.operations.changes import answer_with, leave_trace
from services.funding.storage.award_records import applicant_form, load_award
from services.funding.storage.queries.awards import AWARD_LINE_FOR_UPDATE, AWARD_VIEW
from services.funding.storage.queries.moments import moment
from services.funding.storage.tables import AwardLineRow, AwardRow
from services.funding.storage.territories import territory_form
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.clock import now
from shared.kernel.errors import Conflict, NotFound
from shared.kernel.money import Money, fte_text
from shared.kernel.text import Text
from shared.service.writes import Answer

# After the grant the notice is what it is; only the proof's deadline may still move.
CHANGEABLE_LATER = frozenset({"proof_due_on"})


class NoticeIsFixed(Conflict):
    code = "notice-is-fixed"
    title = Text(
        de="Der Bescheid ist erteilt; Änderungen kommen als Änderungsbescheid.",
        en="The award is granted; changes come as an amendment.",
    )


@dataclass(frozen=True, slots=True)
class AwardCorrection:
    """What may be corrected; None leaves it as it is."""

    reference: str | None = None
    authority: str | None = None
    funder: str | None = None
    awarded_on: date | None = None
    assurance_until: date | None = None
    proof_due_on: date | None = None
    permits_forwarding: bool | None = None
    applicant: Applicant | None = None
    territory: Territory | None = None


async def change_award(
    tx: Transaction, award_id: UUID, expected_version: int | None, correction: AwardCorrection
) -> Answer:
    """Raises NotFound, the refusals of versions, NoticeIsFixed."""
    award = await load_award(tx, award_id)
    require_version(award["version"], expected_version)
    changes = {
        one.name: value
        for one in fields(correction)
        if (value := getattr(correction, one.name)) is not None
    }
    if AwardState(award["state"]) not in DRAFT_STATES and not changes.keys() <= CHANGEABLE_LATER:
        raise NoticeIsFixed
    columns = dict(changes)
    if correction.applicant is not None:
        columns["applicant"] = applicant_form(correction.applicant)
    if correction.territory is not None:
        columns["territory"] = territory_form(correction.territory)
    await tx.update(AwardRow, award_id, version=award["version"] + 1, updated_at=now(), **columns)
    await leave_trace(
        tx,
        action="change-award",
        kind="award",
        record_id=award_id,
        changes={"fields": sorted(changes)},
    )
    return await answer_with(tx, AWARD_VIEW, award_id=award_id, **moment())


async def keep_for_own_use(
    tx: Transaction, award_id: UUID, line_id: UUID, expected_version: int | None, own_use: Share
) -> Answer:
    """Set what the applicant itself uses of a line; the rest may be passed on. Using less is
    always possible, also while more is passed on than there is.

    Raises NotFound, the refusals of versions, NotEnoughFree when children hold too much.
    """
    award, line = await _award_and_line(tx, award_id, line_id, expected_version)
    whole = Share(line["fte"], Money(line["amount_cents"]))
    available = whole - Share(line["allocated_fte"], Money(line["allocated_cents"]))
    is_less = own_use.fits_in(Share(line["own_use_fte"], Money(line["own_use_cents"])))
    if not is_less and not own_use.fits_in(available):
        raise NotEnoughFree(freeFte=fte_text(available.fte), freeAmount=str(available.amount))
    excess = own_use - available
    await tx.update(
        AwardLineRow,
        line_id,
        own_use_cents=own_use.amount.cents,
        own_use_fte=own_use.fte,
        tolerated_cents=max(0, excess.amount.cents),
        tolerated_fte=max(Decimal(0), excess.fte),
        version=line["version"] + 1,
        updated_at=now(),
    )
    await tx.update(AwardRow, award_id, version=award["version"] + 1, updated_at=now())
    await leave_trace(
        tx,
        action="keep-for-own-use",
        kind="award",
        record_id=award_id,
        changes={"fte": fte_text(own_use.fte), "amount": str(own_use.amount)},
    )
    return await answer_with(tx, AWARD_VIEW, award_id=award_id, **moment())


async def decide_part_year(
    tx: Transaction,
    award_id: UUID,
    line_id: UUID,
    expected_version: int | None,
    decision: PartYearDecision,
) -> Answer:
    """Settle which amount holds for a post that did not run all year; nothing decides by itself.

    Raises NotFound, the refusals of versions.
    """
    award, line = await _award_and_line(tx, award_id, line_id, expected_version)
    await tx.update(
        AwardLineRow,
        line_id,
        part_year_decision=decision.value,
        version=line["version"] + 1,
        updated_at=now(),
    )
    await tx.update(AwardRow, award_id, version=award["version"] + 1, updated_at=now())
    await leave_trace(
        tx,
        action="decide-part-year",
        kind="award",
        record_id=award_id,
        changes={"line": str(line_id), "decision": decision.value},
    )
    return await answer_with(tx, AWARD_VIEW, award_id=award_id, **moment())


async def _award_and_line(
    tx: Transaction, award_id: UUID, line_id: UUID, expected_version: int | None
) -> tuple[asyncpg.Record, asyncpg.Record]:
    award = await load_award(tx, award_id)
    require_version(award["version"], expected_version)
    line = await tx.row(AWARD_LINE_FOR_UPDATE, line_id=line_id)
    if line is None or line["award_id"] != award_id:
        raise NotFound
    return award, line
