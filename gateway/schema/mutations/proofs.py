"""What can be changed about proofs of use."""

import strawberry


@strawberry.type
class ProofMutations:
    pass
