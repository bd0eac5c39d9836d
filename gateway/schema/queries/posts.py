"""What can be asked about deadlines, alerts and forecasts."""

import strawberry


@strawberry.type
class PostQueries:
    pass
