"""What can be asked about expenditure and vouchers."""

import strawberry


@strawberry.type
class ExpenditureQueries:
    pass
