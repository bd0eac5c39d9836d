"""What can be asked about recoveries, interest and finance exports."""

import strawberry


@strawberry.type
class RecoveryQueries:
    pass
