"""Why the caller sees a case or a person."""

from services.cases.api.access import may_read_cases
from services.cases.domain.access_rules import rules_of_case, rules_of_person
from services.cases.storage.queries.explained import EXPLAINED_CASE
from services.cases.storage.queries.people import PERSON_VIEW
from shared.kernel.clock import berlin_date, now
from shared.service.access_explanations import (
    Explained,
    ExplainedKind,
    access_explanations_router,
)

KINDS = (
    Explained(
        ExplainedKind.CASE,
        EXPLAINED_CASE,
        "case_id",
        values=lambda caller: {"today": berlin_date(now()), "actor": caller.actor},
        rules=lambda caller, case: rules_of_case(caller.actor, case),
    ),
    Explained(
        ExplainedKind.PERSON,
        PERSON_VIEW,
        "person_id",
        values=lambda _: {},
        rules=lambda _, person: rules_of_person(person),
    ),
)
router = access_explanations_router(may_read_cases, KINDS)
