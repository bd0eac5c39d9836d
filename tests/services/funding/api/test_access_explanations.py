"""Why somebody sees an award or an allocation: agrees with what the records' own GET answer."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from services.funding.domain.access import Right, Role, roles_with
from services.funding.domain.access_rules import FUNDING_RULES, READERS
from shared.service.access_explanations import AccessExplanationView
from tests.explanations import agrees, codes, without_request
from tests.services.funding.desk import Desk
from tests.services.funding.papers import WARENDORF_AWARD
from tests.services.funding.steps import granted, share

ROLE_OF = {
    "waf-funding-officer": Role.FUNDING_OFFICER,
    "waf-funding-approver": Role.FUNDING_APPROVER,
    "waf-unit-head": Role.UNIT_HEAD,
    "waf-coordinator": Role.COORDINATOR,
    "waf-auditor": Role.AUDITOR,
}
STRANGERS = ("waf-case-manager", "waf-b3-officer", "waf-dpo", "waf-admin", "st-funding-officer")


def test_each_role_that_reads_funding_has_its_sentence_and_no_other() -> None:
    assert {role.value for role in READERS} == set(roles_with(Right.READ_FUNDING))
    assert set(ROLE_OF.values()) == set(READERS)
    assert len({rule.code for rule in FUNDING_RULES}) == len(FUNDING_RULES)


@pytest.fixture
async def records(officer: Desk, approver: Desk) -> dict[str, str]:
    """Path of an award and of an allocation → kind."""
    award = await granted(officer, approver, WARENDORF_AWARD)
    allocation = await officer.create(
        "/v1/allocations", share(award["lines"][1], "1.00", "55000.00")
    )
    return {
        f"/v1/awards/{award['id']}": "AWARD",
        f"/v1/allocations/{allocation['id']}": "ALLOCATION",
    }


async def test_money_is_explained_exactly_to_who_reads_it(
    records: dict[str, str], desk_of: Callable[[str], Desk]
) -> None:
    for persona in (*ROLE_OF, *STRANGERS):
        desk = desk_of(persona)
        nobodys = await desk.get(f"/v1/access-explanations/{uuid4()}")
        for path, kind in records.items():
            read = await desk.get(path)
            asked = await desk.get(f"/v1/access-explanations/{path.rsplit('/', 1)[1]}")
            assert asked.status_code == read.status_code, persona
            if persona in STRANGERS:
                assert asked.status_code in {403, 404}
                assert without_request(asked.json()) == without_request(nobodys.json())
                continue
            explanation = asked.json()
            AccessExplanationView.model_validate(explanation)
            agrees(explanation, read.json())
            assert explanation["kind"] == kind
            assert codes(explanation, "shownBy") == {READERS[ROLE_OF[persona]].code}


async def test_nothing_of_an_award_is_hidden_and_the_audit_learns_of_no_case(
    records: dict[str, str], desk_of: Callable[[str], Desk], officer: Desk
) -> None:
    auditor = desk_of("waf-auditor")
    for path in records:
        asked = f"/v1/access-explanations/{path.rsplit('/', 1)[1]}"
        # Both read the same document, so nothing can be hidden from one of them.
        assert await auditor.read(path) == await officer.read(path)
        mine, theirs = await auditor.read(asked), await officer.read(asked)
        assert (mine["hiddenMembers"], theirs["hiddenMembers"]) == ([], [])
        (rule,) = mine["narrowedBy"]
        assert (rule["code"], rule["members"]) == (
            "cases-hidden-from-audit",
            ["expenditures.subjectRef"],
        )
        assert theirs["narrowedBy"] == []
