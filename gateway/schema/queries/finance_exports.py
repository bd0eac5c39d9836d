"""What can be asked about files for the finance system."""

from typing import Annotated

import strawberry

from gateway.schema.asking import asked
from gateway.schema.codes.finance_exports import FinanceFileEncoding
from gateway.schema.filters import by
from gateway.schema.finance_export import CharacterReplacements, FinanceExport
from gateway.schema.published import both
from gateway.schema.reads import records

Number = Annotated[int, strawberry.argument(description=both("Running number.", "Laufnummer."))]


@strawberry.input(description=both("Which files.", "Welche Dateien."))
class FinanceExportFilter:
    encoding: FinanceFileEncoding | None = by("In this encoding.", "In dieser Kodierung.")


@strawberry.type
class FinanceExportQueries:
    finance_exports = records(
        "funding /v1/finance-exports",
        FinanceExport,
        FinanceExportFilter,
        en="Files for the finance system, the newest first.",
        de="Dateien für das Finanzwesen, die neueste zuerst.",
    )
    finance_export = asked(
        "funding /v1/finance-exports/{number}",
        FinanceExport,
        en="One file, by its number; null when there is none.",
        de="Eine Datei, nach ihrer Laufnummer; null, wenn es keine gibt.",
        number=Number,
    )
    finance_export_replacements = asked(
        "funding /v1/finance-exports/{number}/replacements",
        CharacterReplacements,
        en="Which characters were replaced in a file.",
        de="Welche Zeichen in einer Datei ersetzt wurden.",
        number=Number,
    )
