from enum import StrEnum

import pytest

from services.funding.domain.allocation_lifecycle import AllocationState
from services.funding.domain.amounts import AmountStatus
from services.funding.domain.award_lifecycle import AwardState
from services.funding.domain.awards import COST_KIND_OF_PURPOSE, LinePurpose
from services.funding.domain.costs import CostKind
from services.funding.domain.deadlines import DeadlineKind
from services.funding.domain.findings import FindingCode
from services.funding.domain.labels import CODE_LISTS
from services.funding.domain.positions import PostType
from services.funding.domain.programme import FundingLine


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("allocation-states", AllocationState),
        ("amount-statuses", AmountStatus),
        ("award-states", AwardState),
        ("cost-kinds", CostKind),
        ("deadline-kinds", DeadlineKind),
        ("findings", FindingCode),
        ("funding-lines", FundingLine),
        ("line-purposes", LinePurpose),
        ("post-types", PostType),
    ],
)
def test_every_code_has_a_label(name: str, codes: type[StrEnum]) -> None:
    assert set(CODE_LISTS[name]) == {code.value for code in codes}


def test_every_purpose_says_which_costs_it_pays() -> None:
    assert set(COST_KIND_OF_PURPOSE) == set(LinePurpose)
