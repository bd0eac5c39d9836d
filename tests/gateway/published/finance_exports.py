"""Files for the finance system: what the funding service publishes under which name."""

ANSWERS = {"FinanceExport": ("funding", "FinanceExportView")}

REQUESTS = {"ExportFinanceInput": ("funding", "/v1/finance-exports", "post")}

ENUMS = {"FinanceFileEncoding": "services.funding.domain.finance_file:FileEncoding"}
