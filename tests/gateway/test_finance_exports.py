"""Files for the finance system over GraphQL: made by one mutation, listed in one call."""

from tests.gateway.conftest import As
from tests.gateway.test_ledger import APPROVER, OFFICER, POST, PROPOSE, first_line, manual
from tests.gateway.test_main_job import change, mutation

FILE = "number fromSequence toSequence encoding lineCount total sha256 replacedCharacterCount"
EXPORT = mutation(
    "exportFinance",
    "ExportFinanceInput",
    f"... on FinanceExportSuccess {{ financeExport {{ {FILE} }} }}",
)
LIST = f"{{ financeExports(first: 1) {{ edges {{ node {{ {FILE} }} }} }} }}"


async def test_bookings_are_handed_over_once_and_the_file_is_listed(as_: As) -> None:
    officer, approver = as_(OFFICER), as_(APPROVER)
    proposal = (await change(officer, PROPOSE, **manual(await first_line(officer))))["proposal"]
    decide = {"proposalId": proposal["id"], "expectedVersion": proposal["version"]}
    await change(approver, POST, **decide)

    refused = await change(approver, EXPORT)
    made = (await change(officer, EXPORT, encoding="UTF_8"))["financeExport"]
    again = await change(officer, EXPORT)
    listed = await officer.ask(LIST)

    assert refused["__typename"] == "ForbiddenError"
    assert (made["encoding"], made["replacedCharacterCount"]) == ("UTF_8", 0)
    assert made["lineCount"] >= 2
    assert (again["__typename"], again["code"]) == ("ConflictError", "nothing-to-export")
    assert listed["data"]["financeExports"]["edges"] == [{"node": made}]
    assert listed["extensions"]["upstreamCalls"] == 1
