"""What can be changed about expenditure and vouchers."""

import strawberry


@strawberry.type
class ExpenditureMutations:
    pass
