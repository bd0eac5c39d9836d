"""What can be asked about files for the finance system."""

import strawberry

from gateway.schema.codes.finance_exports import FinanceFileEncoding
from gateway.schema.filters import by
from gateway.schema.finance_export import FinanceExport
from gateway.schema.published import both
from gateway.schema.reads import records


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
