"""Why the caller sees an award or an allocation."""

from services.funding.api.doors import may_read_funding
from services.funding.domain.access_rules import rules_of_funding
from services.funding.storage.queries.allocations import ALLOCATION_VIEW
from services.funding.storage.queries.awards import AWARD_VIEW
from services.funding.storage.queries.moments import moment
from shared.service.access_explanations import (
    Explained,
    ExplainedKind,
    access_explanations_router,
)

KINDS = tuple(
    Explained(
        kind,
        view,
        parameter,
        values=lambda _: moment(),
        rules=lambda caller, _: rules_of_funding(caller.roles),
    )
    for kind, view, parameter in (
        (ExplainedKind.AWARD, AWARD_VIEW, "award_id"),
        (ExplainedKind.ALLOCATION, ALLOCATION_VIEW, "allocation_id"),
    )
)
router = access_explanations_router(may_read_funding, KINDS)
