"""What can be asked about proofs of use."""

import strawberry


@strawberry.type
class ProofQueries:
    pass
