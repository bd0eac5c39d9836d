"""Record programmes, rates and budget entries: figures that stand on paper and are no award."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import SQLModel

from services.funding.domain.amounts import AmountStatus
from services.funding.domain.budget import EntryKind
from services.funding.domain.programme import FundingLine
from services.funding.domain.rates import UnitKind
from services.funding.operations.changes import answer_with, leave_trace
from services.funding.storage.queries.plans import (
    BUDGET_ENTRY_VIEW,
    PROGRAMME_EXISTS,
    PROGRAMME_VIEW,
    RATE_FOR_UPDATE,
    RATE_VIEW,
)
from services.funding.storage.queries.rules import FUNDER_NAME_VIEW
from services.funding.storage.rows import complete
from services.funding.storage.tables import BudgetEntryRow, FunderNameRow, ProgrammeRow, RateRow
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.clock import now
from shared.kernel.errors import Conflict, NotFound
from shared.kernel.ids import new_id
from shared.kernel.money import Money
from shared.kernel.text import Text
from shared.service.writes import Answer


class RateIsReplaced(Conflict):
    code = "rate-is-replaced"
    title = Text(
        de="Dieser Fördersatz ist schon durch einen neueren ersetzt.",
        en="This rate is replaced by a newer one already.",
    )


@dataclass(frozen=True, slots=True)
class NewProgramme:
    """`volume` and `volume_status` come together or not at all."""

    code: str
    name_de: str
    name_en: str
    volume: Money | None = None
    volume_status: AmountStatus | None = None
    announced_on: date | None = None
    funder: str | None = None
    legal_source: str | None = None
    enacted_on: date | None = None
    in_force_from: date | None = None
    assurance_until: date | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class NewRate:
    funding_line: FundingLine
    unit_kind: UnitKind
    fiscal_year: int
    ceiling: Money
    source: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class NewBudgetEntry:
    """`account` is None where the paper names none."""

    kind: EntryKind
    amount: Money
    fiscal_year: int
    product: str
    account: str | None = None
    funding_line: FundingLine | None = None
    name_de: str = ""
    source: str | None = None


async def record_programme(tx: Transaction, command: NewProgramme) -> Answer:
    """One programme for each code. Raises AlreadyExists (by the database)."""
    volume, status = command.volume, command.volume_status
    programme_id = await _insert(
        tx,
        ProgrammeRow,
        "programme",
        code=command.code,
        name_de=command.name_de,
        name_en=command.name_en,
        volume_cents=volume.cents if volume is not None else None,
        volume_status=status.value if status else None,
        announced_on=command.announced_on,
        funder=command.funder,
        legal_source=command.legal_source,
        enacted_on=command.enacted_on,
        in_force_from=command.in_force_from,
        assurance_until=command.assurance_until,
        source=command.source,
    )
    location = f"/v1/programmes/{programme_id}"
    return await answer_with(tx, PROGRAMME_VIEW, location, programme_id=programme_id)


async def record_rate(tx: Transaction, command: NewRate) -> Answer:
    """One rate for each line, unit and year. Raises AlreadyExists (by the database)."""
    rate_id = await _insert(
        tx,
        RateRow,
        "rate",
        funding_line=command.funding_line.value,
        unit_kind=command.unit_kind.value,
        fiscal_year=command.fiscal_year,
        ceiling_cents=command.ceiling.cents,
        source=command.source,
        valid_from=command.valid_from,
        valid_to=command.valid_to,
    )
    return await answer_with(tx, RATE_VIEW, f"/v1/rates/{rate_id}", rate_id=rate_id)


async def replace_rate(
    tx: Transaction, rate_id: UUID, expected_version: int | None, ceiling: Money, source: str
) -> Answer:
    """A later paper states another rate for the same line, unit and year; the old one stays.

    Raises NotFound, the refusals of versions, RateIsReplaced.
    """
    row = await tx.row(RATE_FOR_UPDATE, rate_id=rate_id)
    if row is None:
        raise NotFound
    require_version(row["version"], expected_version)
    if row["replaced_by"] is not None:
        raise RateIsReplaced(replacedBy=str(row["replaced_by"]))
    newer = new_id()
    await tx.update(
        RateRow, rate_id, replaced_by=newer, version=row["version"] + 1, updated_at=now()
    )
    await _insert(
        tx,
        RateRow,
        "rate",
        record_id=newer,
        funding_line=row["funding_line"],
        unit_kind=row["unit_kind"],
        fiscal_year=row["fiscal_year"],
        ceiling_cents=ceiling.cents,
        source=source,
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
    )
    return await answer_with(tx, RATE_VIEW, f"/v1/rates/{newer}", rate_id=newer)


async def record_funder_name(
    tx: Transaction, programme_id: UUID, name: str, used_from: date
) -> Answer:
    """The ministry's name from a day on; awards of before keep the old one (R-V3).

    Raises NotFound, AlreadyExists (by the database).
    """
    if await tx.value(PROGRAMME_EXISTS, programme_id=programme_id) is None:
        raise NotFound
    name_id = await _insert(
        tx, FunderNameRow, "funder-name", programme_id=programme_id, name=name, used_from=used_from
    )
    location = f"/v1/programmes/{programme_id}/funder-names"
    return await answer_with(tx, FUNDER_NAME_VIEW, location, name_id=name_id)


async def record_budget_entry(tx: Transaction, command: NewBudgetEntry) -> Answer:
    line = command.funding_line
    entry_id = await _insert(
        tx,
        BudgetEntryRow,
        "budget-entry",
        kind=command.kind.value,
        amount_cents=command.amount.cents,
        fiscal_year=command.fiscal_year,
        product=command.product,
        account=command.account,
        funding_line=line.value if line else None,
        name_de=command.name_de,
        source=command.source,
    )
    location = f"/v1/budget-entries/{entry_id}"
    return await answer_with(tx, BUDGET_ENTRY_VIEW, location, entry_id=entry_id)


async def _insert(
    tx: Transaction,
    row_class: type[SQLModel],
    noun: str,
    record_id: UUID | None = None,
    **values: Any,
) -> UUID:
    record_id, instant = record_id or new_id(), now()
    await tx.insert(
        row_class,
        **complete(row_class, id=record_id, created_at=instant, updated_at=instant, **values),
    )
    await leave_trace(tx, action=f"record-{noun}", kind=noun, record_id=record_id)
    return record_id
