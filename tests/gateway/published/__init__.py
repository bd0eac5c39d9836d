"""Which type, input and enum of the schema stands for what of a service, one module for each area.

ANSWERS: GraphQL type → (service, schema of its OpenAPI document); REQUESTS: GraphQL input →
(service, path, method); ENUMS: GraphQL enum → where the service has the codes.
"""

from tests.gateway.published import (
    access,
    budgets,
    cases,
    controlling,
    exchange,
    expenditures,
    finance_exports,
    findings,
    funding,
    ledger,
    people,
    proofs,
    recoveries,
    referrals,
    retention,
    rights,
    rules,
    work,
)

AREAS = (
    access,
    budgets,
    cases,
    controlling,
    people,
    work,
    findings,
    finance_exports,
    funding,
    ledger,
    proofs,
    recoveries,
    referrals,
    exchange,
    retention,
    rights,
    expenditures,
    rules,
)

ANSWERS = {name: row for area in AREAS for name, row in area.ANSWERS.items()}
REQUESTS = {name: row for area in AREAS for name, row in area.REQUESTS.items()}
ENUMS = {name: row for area in AREAS for name, row in area.ENUMS.items()}
