"""What can be asked about rules, reservations and calls for interest."""

import strawberry


@strawberry.type
class RuleQueries:
    pass
