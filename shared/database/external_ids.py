"""Records under the numbers of other systems: found and locked, kept, shown and filtered by."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, cast
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Label, LargeBinary, any_, bindparam, select
from sqlmodel import SQLModel, col

from shared.database.columns_external import ExternalIdColumns
from shared.database.filter_values import Written
from shared.database.filters import OF_SEVERAL, Filter
from shared.database.publish import json_list
from shared.database.statements import Statement
from shared.database.transaction import Transaction
from shared.kernel.caller import Caller
from shared.kernel.clock import now
from shared.kernel.external_ids import SYSTEM_PATTERN, VALUE_LENGTH_MAX, ExternalId
from shared.kernel.ids import new_id

# Held until commit: who delivers the same numbers waits, also where nothing has them yet.
_LOCK = Statement(
    "select count(pg_advisory_xact_lock(hashtextextended(k, 7))) from"
    " unnest(cast(:keys as text[])) k"
)
Told = Mapping[str, str]


async def lock_numbers(tx: Transaction, keys: Iterable[tuple[str, str, str]]) -> None:
    """Until commit nobody else of this unit delivers these (kind, system, number)."""
    caller: Caller = tx.caller
    prefix = f"{caller.tenant_id}/{caller.unit_id}"
    await tx.value(_LOCK, keys=sorted(f"{prefix}/{'/'.join(key)}" for key in keys))


@dataclass(frozen=True, slots=True)
class KnownNumber:
    """The record that the unit has under a number, and digests of what was told of it last."""

    id: UUID
    record_id: UUID
    told: Told


class ExternalNumbers:
    """The numbers of one service, in its table `rows`."""

    def __init__(self, rows: type[SQLModel]) -> None:
        self.rows = rows
        columns = cast("type[ExternalIdColumns]", rows)
        self._columns = columns
        self._find = Statement(
            select(col(columns.id), col(columns.record_id), col(columns.told)).where(
                col(columns.tenant_id) == bindparam("tenant_id"),
                col(columns.unit_id) == bindparam("unit_id"),
                col(columns.kind) == bindparam("kind"),
                col(columns.value_digest) == bindparam("digest"),
            )
        )
        self._forget = Statement(
            "update external_id set system = null, value = null, told = null"
            " where tenant_id = :tenant_id and record_id = :record_id"
        )

    async def find(
        self, tx: Transaction, kind: StrEnum, external: ExternalId
    ) -> KnownNumber | None:
        """The number is locked until commit, also where nothing is known by it yet."""
        await lock_numbers(tx, [(kind.value, external.system, external.value)])
        row = await tx.row(
            self._find,
            tenant_id=tx.caller.tenant_id,
            unit_id=tx.caller.unit_id,
            kind=kind.value,
            digest=external.digest,
        )
        if row is None:
            return None
        return KnownNumber(row["id"], row["record_id"], row["told"] or {})

    async def keep(
        self, tx: Transaction, kind: StrEnum, external: ExternalId, record_id: UUID, told: Told
    ) -> None:
        instant = now()
        await tx.insert(
            self.rows,
            id=new_id(),
            unit_id=tx.caller.unit_id,
            kind=kind.value,
            record_id=record_id,
            system=external.system,
            value=external.value,
            value_digest=external.digest,
            told=dict(told),
            recorded_by=tx.caller.actor,
            recorded_at=instant,
            told_at=instant,
        )

    async def renew(self, tx: Transaction, known: KnownNumber, told: Told) -> None:
        await tx.update(self.rows, known.id, told=dict(told), told_at=now())

    async def forget(self, tx: Transaction, record_id: UUID) -> None:
        """The record lost what it said of a person: no number leads to it any more."""
        await tx.execute(self._forget, tenant_id=tx.caller.tenant_id, record_id=record_id)

    def record_of(self, kind: StrEnum) -> ColumnElement[Any]:
        """The id of the record under the number with the digest `:digest`."""
        columns = self._columns
        return (
            select(col(columns.record_id))
            .where(col(columns.kind) == kind.value)
            .where(col(columns.value_digest) == bindparam("digest", type_=LargeBinary))
            .scalar_subquery()
        )

    def shown(self, owner: type[SQLModel], kind: StrEnum) -> Label[Any]:
        """The member `externalIds` of a record: the numbers of the asking unit."""
        columns, record = self._columns, cast("type[ExternalIdColumns]", owner)
        return json_list(
            select(col(columns.system), col(columns.value))
            .where(
                col(columns.tenant_id) == col(record.tenant_id),
                col(columns.record_id) == col(record.id),
                col(columns.kind) == kind.value,
                col(columns.value).is_not(None),
            )
            .order_by(col(columns.id))
            .correlate(owner)
        ).label("external_ids")

    def filter(self, owner: type[SQLModel], kind: StrEnum) -> "NumberFilter":
        """`externalId=system/value`, of the asking unit."""
        record_id = col(cast("Any", owner).id)
        return NumberFilter(record_id, NUMBER, ("eq", "in"), self._columns, kind.value)


@dataclass(frozen=True, slots=True)
class NumberFilter(Filter):
    """A record by a number that another system knows it by; it may have several."""

    numbers: Any = None
    kind: str = ""

    @property
    def offered(self) -> tuple[str, ...]:
        return self.operators

    def condition(self, operator: str, parameter: str) -> ColumnElement[bool]:
        is_list = operator in OF_SEVERAL
        value = bindparam(parameter, type_=ARRAY(LargeBinary) if is_list else LargeBinary())
        columns = cast("type[ExternalIdColumns]", self.numbers)
        found: ColumnElement[bool] = self.column.in_(
            select(col(columns.record_id)).where(
                col(columns.kind) == self.kind,
                col(columns.value_digest) == (any_(value) if is_list else value),
            )
        )
        return found


def _digest(raw: str) -> bytes:
    return ExternalId.parse(raw).digest


# `system/value`, as a filter names a record by its number.
NUMBER: Final = Written(rf"{SYSTEM_PATTERN.strip('^$')}/[^\u0000]{{1,{VALUE_LENGTH_MAX}}}", _digest)
