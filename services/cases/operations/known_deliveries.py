"""What a source has delivered before, and what was erased since."""

from collections.abc import Iterable
from dataclasses import dataclass

from services.cases.domain.external_ids import CaseWasErased, ExternalKind
from services.cases.operations.import_rows import ImportRow
from services.cases.operations.record_delivery import KnownPersons, KnownRecord, Source
from services.cases.storage.queries.deliveries import (
    ERASED_NUMBERS,
    KNOWN_CASES,
    KNOWN_PERSONS,
)
from shared.database.external_ids import lock_numbers
from shared.database.statements import Statement
from shared.database.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    cases: KnownPersons
    persons: KnownPersons
    erased: frozenset[str]

    def require_not_erased(self, row: ImportRow) -> None:
        """Raises CaseWasErased (409) unless the row says that it is another case."""
        if row.key in self.erased and not row.is_new_case:
            raise CaseWasErased


async def find_known(
    tx: Transaction, source: Source, cases: Iterable[str], persons: Iterable[str]
) -> Known:
    """What the source has delivered under these numbers; they are locked until commit, also those
    that nothing is known by yet, so that no two deliveries make the same record.
    """
    caller = tx.caller
    numbers = {ExternalKind.CASE: sorted(set(cases)), ExternalKind.PERSON: sorted(set(persons))}
    await lock_numbers(
        tx,
        (
            (kind.value, source.system, number)
            for kind, listed in numbers.items()
            for number in listed
        ),
    )
    whose = {
        "tenant_id": caller.tenant_id,
        "unit_id": caller.unit_id,
        "system": source.system,
    }

    async def known(statement: Statement, listed: list[str]) -> dict[str, KnownRecord]:
        found = await tx.rows(statement, **whose, numbers=listed)
        return {
            row["value"]: KnownRecord(
                id=row["id"],
                present_id=row["present_id"],
                family_id=row["family_id"],
                values=row["values_json"],
            )
            for row in found
        }

    erased = await tx.rows(ERASED_NUMBERS, **whose, numbers=numbers[ExternalKind.CASE])
    return Known(
        cases=await known(KNOWN_CASES, numbers[ExternalKind.CASE]),
        persons=await known(KNOWN_PERSONS, numbers[ExternalKind.PERSON]),
        erased=frozenset(row["value"] for row in erased),
    )
