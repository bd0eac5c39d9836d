"""What can be changed about drawdowns and payments."""

import strawberry


@strawberry.type
class PaymentMutations:
    pass
