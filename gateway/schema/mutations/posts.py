"""What can be changed about deadlines, alerts and forecasts."""

import strawberry


@strawberry.type
class PostMutations:
    pass
