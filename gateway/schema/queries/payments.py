"""What can be asked about drawdowns and payments."""

import strawberry


@strawberry.type
class PaymentQueries:
    pass
