"""What can be asked about the books."""

import strawberry


@strawberry.type
class LedgerQueries:
    pass
