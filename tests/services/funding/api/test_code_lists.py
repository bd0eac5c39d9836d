"""Code lists, the table of eligible costs, and the audit log."""

from collections.abc import Callable

from services.funding.api.schemas.code_lists import (
    CodeListNames,
    CodeListView,
    EligibilityTable,
)
from shared.audit.listing import AuditPage
from tests.services.funding.desk import Desk
from tests.services.funding.papers import case_management


async def test_every_code_list_is_published_with_both_labels(officer: Desk) -> None:
    names = CodeListNames.model_validate(await officer.read("/v1/code-lists")).items

    assert "post-types" in names
    for name in names:
        found = CodeListView.model_validate(await officer.read(f"/v1/code-lists/{name}"))
        assert found.urn == f"urn:kim:code-list:funding-{name}:1"
        assert all(code.label.de and code.label.en for code in found.codes)


async def test_an_unknown_code_list_is_not_found(officer: Desk) -> None:
    assert (await officer.get("/v1/code-lists/nonsense")).status_code == 404


async def test_what_no_source_says_is_published_as_unknown(officer: Desk) -> None:
    table = EligibilityTable.model_validate(await officer.read("/v1/cost-kinds"))

    by_code = {kind.code: kind.eligibility for kind in table.items}
    assert by_code["OVERHEAD"] == {
        "B1_COORDINATION": "UNKNOWN",
        "B2_CASE_MANAGEMENT": "NOT_ELIGIBLE",
        "B3_FOREIGNERS_NATURALISATION": "UNKNOWN",
    }
    assert len(by_code) == 12


async def test_the_data_protection_officer_reads_who_changed_what(
    officer: Desk, desk_of: Callable[[str], Desk]
) -> None:
    award = await officer.create("/v1/awards", case_management("2.00", "110000.00"))

    page = await desk_of("waf-dpo").read("/v1/audit-entries", action="record-award")

    AuditPage.model_validate(page)
    (entry,) = page["items"]
    assert (entry["recordKind"], entry["recordIds"]) == ("award", [award["id"]])
    assert entry["actor"].endswith("|waf-funding-officer")
    assert (await desk_of("st-dpo").read("/v1/audit-entries"))["items"] == []
