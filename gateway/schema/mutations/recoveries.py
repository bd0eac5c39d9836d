"""What can be changed about recoveries, interest and finance exports."""

import strawberry


@strawberry.type
class RecoveryMutations:
    pass
