"""Awards as the rules see them, read from their rows inside the transaction of a change."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

import asyncpg

from services.funding.domain.allocation_lifecycle import PROOF_CHECKED_STATES
from services.funding.domain.applicants import Applicant, ApplicantKind
from services.funding.domain.award_guards import AwardFacts, Revocation
from services.funding.domain.awards import AwardContent, AwardLine, LinePurpose
from services.funding.domain.legal_dates import Period
from services.funding.domain.programme import FundingLine, LegalForm
from services.funding.domain.proof_lifecycle import PROVED_STATES, ProofState
from services.funding.storage.queries.awards import (
    AWARD_BY_ID,
    AWARD_FOR_UPDATE,
    AWARD_LINES_OF_VERSION,
    AWARD_VERSION,
    AWARD_VERSION_NUMBERS,
    UNCHECKED_CHILD_PROOFS,
)
from services.funding.storage.queries.proofs import STATE_OF_AWARD_PROOF
from services.funding.storage.queries.recoveries import HAS_OPEN_RECOVERY_TO_LAND
from shared.database.transaction import Transaction
from shared.kernel.errors import NotFound
from shared.kernel.money import Money


async def load_award(tx: Transaction, award_id: UUID, *, is_locked: bool = True) -> asyncpg.Record:
    """Load one award, locked until commit. Raises NotFound."""
    row = await tx.row(AWARD_FOR_UPDATE if is_locked else AWARD_BY_ID, award_id=award_id)
    if row is None:
        raise NotFound
    return row


async def award_version(tx: Transaction, award_id: UUID, number: int) -> asyncpg.Record:
    """One version's row. Raises NotFound."""
    row = await tx.row(AWARD_VERSION, award_id=award_id, number=number)
    if row is None:
        raise NotFound
    return row


async def version_numbers(tx: Transaction, award_id: UUID) -> tuple[int, int | None]:
    """The newest version's number and that of the newest approved one, if any."""
    row = await tx.row(AWARD_VERSION_NUMBERS, award_id=award_id)
    assert row is not None
    return row["newest"], row["approved"]


async def award_content(
    tx: Transaction, award: asyncpg.Record, version: asyncpg.Record
) -> AwardContent:
    lines = await tx.rows(AWARD_LINES_OF_VERSION, version_id=version["id"])
    return AwardContent(
        award["fiscal_year"],
        Period(version["valid_from"], version["valid_to"]),
        tuple(award_lines(lines)),
        Money(version["total_cents"]),
    )


def award_lines(rows: Iterable[asyncpg.Record]) -> Iterable[AwardLine]:
    for row in rows:
        yield AwardLine(
            key=row["key"],
            funding_line=FundingLine(row["funding_line"]),
            purpose=LinePurpose(row["purpose"]),
            amount=Money(row["amount_cents"]),
            fte=row["fte"],
            rate=Money(row["rate_cents"]) if row["rate_cents"] is not None else None,
            period=Period(row["valid_from"], row["valid_to"]) if row["valid_from"] else None,
            is_additional=row["is_additional"],
            ruled_form=LegalForm(form) if (form := row.get("legal_form")) else None,
        )


async def award_facts(tx: Transaction, award: asyncpg.Record, today: date) -> AwardFacts:
    """What the guards look at; the content is that of the newest version still to be granted,
    or of the newest one granted.
    """
    newest, approved = await version_numbers(tx, award["id"])
    version = await award_version(tx, award["id"], approved or newest)
    unchecked = await tx.value(
        UNCHECKED_CHILD_PROOFS,
        award_id=award["id"],
        checked=[state.value for state in PROOF_CHECKED_STATES],
    )
    proof_state = await tx.value(STATE_OF_AWARD_PROOF, award_id=award["id"])
    return AwardFacts(
        today=today,
        content=await award_content(tx, award, version),
        applicant=applicant_of(award["applicant"]),
        recorded_by=award["recorded_by"],
        acting=tx.caller.actor,
        reference=award["reference"],
        authority=award["authority"],
        awarded_on=award["awarded_on"],
        notified_on=award["notified_on"],
        remedies_waived_on=award["remedies_waived_on"],
        is_appeal_pending=award["is_appeal_pending"],
        budget_released_on=award["budget_released_on"],
        proof_due_on=award["proof_due_on"],
        is_proof_accepted=proof_state is not None and ProofState(proof_state) in PROVED_STATES,
        has_open_recovery=bool(await tx.value(HAS_OPEN_RECOVERY_TO_LAND, award_id=award["id"])),
        has_unchecked_child_proof=bool(unchecked),
        revocation=_revocation(award),
    )


def _revocation(award: asyncpg.Record) -> Revocation | None:
    if award["revocation_effective_on"] is None or award["facts_known_since"] is None:
        return None
    return Revocation(
        award["revocation_reason"] or "",
        award["revocation_effective_on"],
        award["hearing_on"],
        award["facts_known_since"],
    )


def applicant_of(stored: dict[str, object]) -> Applicant:
    """The applicant from its published form."""
    return Applicant(
        kind=ApplicantKind(str(stored["kind"])),
        has_integration_centre=bool(stored["hasIntegrationCentre"]),
        has_foreigners_authority=bool(stored["hasForeignersAuthority"]),
        has_naturalisation_authority=bool(stored["hasNaturalisationAuthority"]),
        has_youth_office=bool(stored["hasYouthOffice"]),
        has_integration_council=bool(stored["hasIntegrationCouncil"]),
        applies_through_county=bool(stored["appliesThroughCounty"]),
    )


def applicant_form(applicant: Applicant) -> dict[str, object]:
    """The applicant in its published form."""
    return {
        "kind": applicant.kind.value,
        "hasIntegrationCentre": applicant.has_integration_centre,
        "hasForeignersAuthority": applicant.has_foreigners_authority,
        "hasNaturalisationAuthority": applicant.has_naturalisation_authority,
        "hasYouthOffice": applicant.has_youth_office,
        "hasIntegrationCouncil": applicant.has_integration_council,
        "appliesThroughCounty": applicant.applies_through_county,
    }
