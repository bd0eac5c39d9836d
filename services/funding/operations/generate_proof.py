"""Make a version of a proof of use from the books, frozen with the head it was made from."""

import hashlib
from uuid import UUID

import asyncpg

from services.funding.domain.narrative import Section, require_no_names
from services.funding.domain.proof_figures import Figure, figures_of
from services.funding.domain.proof_lifecycle import WRITABLE_STATES, ProofRegime, ProofState
from services.funding.operations.changes import answer_with, leave_trace
from services.funding.operations.proof_print.paper import (
    Notice,
    ProofPaper,
    print_csv,
    print_json,
)
from services.funding.operations.proof_print.pdf import print_pdf
from services.funding.storage.award_records import load_award
from services.funding.storage.ledger_records import book_of_line, head
from services.funding.storage.locks import lock_book
from services.funding.storage.proof_records import (
    granted_version,
    load_proof,
    posting_sums,
    proof_subject,
    stored_selector,
)
from services.funding.storage.queries.awards import AWARD_LINES
from services.funding.storage.queries.proofs import NEWEST_VERSION, PROOF_VIEW
from services.funding.storage.tables import ProofFigureRow, ProofRow, ProofVersionRow
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.areas import area_name
from shared.kernel.clock import now
from shared.kernel.errors import Conflict
from shared.kernel.ids import new_id
from shared.kernel.text import Text
from shared.service.writes import Answer


class ProofIsWithTheAuthority(Conflict):
    code = "proof-is-with-the-authority"
    title = Text(
        de="Der Nachweis ist vorgelegt; eine neue Fassung braucht eine Rückfrage der Behörde.",
        en="The proof was submitted; a new version needs a query of the authority.",
    )


async def generate_proof(
    tx: Transaction, proof_id: UUID, expected_version: int | None, narrative: tuple[Section, ...]
) -> Answer:
    """A new version; the ones before it stay as they are.

    Raises NotFound, the refusals of versions, ProofIsWithTheAuthority, NamesInNarrative.
    """
    proof = await load_proof(tx, proof_id)
    require_version(proof["version"], expected_version)
    if ProofState(proof["state"]) not in WRITABLE_STATES:
        raise ProofIsWithTheAuthority(state=proof["state"])
    require_no_names(narrative)
    paper = await _paper(tx, proof, narrative)
    await _freeze(tx, paper)
    await tx.update(ProofRow, proof_id, version=proof["version"] + 1, updated_at=paper.made_at)
    await leave_trace(
        tx,
        action="generate-proof",
        kind="proof",
        record_id=proof_id,
        changes={"version": paper.number, "sequence": paper.sequence, "hash": paper.head.hex()},
    )
    return await answer_with(tx, PROOF_VIEW, proof_id=proof_id)


async def _paper(
    tx: Transaction, proof: asyncpg.Record, narrative: tuple[Section, ...]
) -> ProofPaper:
    award = await load_award(tx, proof["award_id"], is_locked=False)
    version = await granted_version(tx, award["id"])
    lines = await tx.rows(AWARD_LINES, award_id=award["id"])
    book = await book_of_line(tx, lines[0]["id"])
    await lock_book(tx, book)  # first, so that no cost comes between its vouchers and its postings
    subject = await proof_subject(tx, award["id"], proof["allocation_id"])
    sequence, head_hash = await head(tx, book)
    sums = await posting_sums(tx, award["id"], book, sequence)
    newest = await tx.row(NEWEST_VERSION, proof_id=proof["id"])
    return ProofPaper(
        proof_id=proof["id"],
        number=newest["number"] + 1 if newest else 1,
        regime=ProofRegime(proof["regime"]),
        tenant_id=tx.caller.tenant_id,
        area=area_name(tx.caller.tenant_id),
        notice=Notice(
            award["id"],
            award["reference"] or "",
            award["authority"] or "",
            award["fiscal_year"],
            award["awarded_on"],
            version["valid_from"],
            version["valid_to"],
        ),
        subject=subject,
        narrative=narrative,
        figures=figures_of(subject, sums),
        book=book,
        sequence=sequence,
        head=head_hash,
        made_at=now(),
    )


async def _freeze(tx: Transaction, paper: ProofPaper) -> None:
    """The files are stored as bytes: a later template changes no old version."""
    files = {"json": print_json(paper), "csv": print_csv(paper), "pdf": await print_pdf(paper)}
    version_id = new_id()
    await tx.insert(
        ProofVersionRow,
        id=version_id,
        proof_id=paper.proof_id,
        number=paper.number,
        narrative=[{"heading": one.heading, "text": one.text} for one in paper.narrative],
        book=paper.book.value,
        ledger_sequence=paper.sequence,
        ledger_hash=paper.head,
        made_at=paper.made_at,
        made_by=tx.caller.actor,
        query="",
        **{f"{form}_file": content for form, content in files.items()},
        **{
            f"sha256_{form}": hashlib.sha256(content).hexdigest() for form, content in files.items()
        },
    )
    for ordinal, figure in enumerate(paper.figures, start=1):
        await _insert(tx, version_id, ordinal, figure)


async def _insert(tx: Transaction, version_id: UUID, ordinal: int, figure: Figure) -> None:
    await tx.insert(
        ProofFigureRow,
        proof_version_id=version_id,
        key=figure.key,
        ordinal=ordinal,
        label_de=figure.label.de,
        label_en=figure.label.en,
        amount_cents=None if figure.amount is None else figure.amount.cents,
        quantity=figure.quantity,
        selector=None if figure.selector is None else stored_selector(figure.selector),
    )
