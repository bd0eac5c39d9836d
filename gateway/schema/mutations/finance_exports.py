"""Handing bookings to the finance system."""

import strawberry

from gateway.schema.commands import Success, command, made, outcome
from gateway.schema.finance_export import FinanceExport
from gateway.schema.inputs.finance_export import ExportFinanceInput
from gateway.schema.published import both, field


@strawberry.type(description=both("The new file.", "Die neue Datei."))
class FinanceExportSuccess(Success):
    finance_export: FinanceExport = field("What it holds.", "Was sie enthält.")


FinanceExportResult = outcome(
    "FinanceExportResult",
    FinanceExportSuccess,
    en="The file, or why not.",
    de="Die Datei, oder warum nicht.",
)


@strawberry.type
class FinanceExportMutations:
    export_finance = command(
        "POST funding /v1/finance-exports",
        ExportFinanceInput,
        made(FinanceExportSuccess, "finance_export", FinanceExport),
        FinanceExportResult,
        en="Hand over every booking that has not left yet.",
        de="Alle noch nicht übergebenen Buchungen an das Finanzwesen übergeben.",
    )
