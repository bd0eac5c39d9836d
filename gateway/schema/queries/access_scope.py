"""What can be asked about access scopes."""

import strawberry

from gateway.schema.access_scope import AccessScope, AccessScopeFilter
from gateway.schema.reads import record, records


@strawberry.type
class AccessScopeQueries:
    access_scope = record(
        "cases /v1/access-scopes", AccessScope, en="One access scope.", de="Ein Zugriffsumfang."
    )
    access_scopes = records(
        "cases /v1/access-scopes",
        AccessScope,
        AccessScopeFilter,
        en="How far the people of the tenant's units see, by setting; the latest first.",
        de="Wie weit die Menschen der Stellen nach Einstellung sehen; die neuesten zuerst.",
    )
