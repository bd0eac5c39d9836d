"""What can be changed about rules, reservations and calls for interest."""

import strawberry


@strawberry.type
class RuleMutations:
    pass
