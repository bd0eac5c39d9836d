"""What can be changed about the books."""

import strawberry


@strawberry.type
class LedgerMutations:
    pass
