"""What an award reads from its proof and its recoveries."""

from sqlalchemy import ARRAY, BigInteger, String, any_, func, literal, select
from sqlmodel import col

from services.funding.domain.recovery_lifecycle import OPEN_RECOVERY_STATES
from services.funding.storage.tables import AwardRow, ProofRow, RecoveryRow

PROOF_ACCEPTED_ON = (
    select(col(ProofRow.accepted_on))
    .where(
        col(ProofRow.tenant_id) == col(AwardRow.tenant_id),
        col(ProofRow.award_id) == col(AwardRow.id),
        col(ProofRow.allocation_id).is_(None),
    )
    .correlate(AwardRow)
    .scalar_subquery()
    .label("proof_accepted_on")
)
# What the Land is still owed by recoveries, with the interest that an act has fixed.
_LEFT = (
    col(RecoveryRow.principal_cents)
    - col(RecoveryRow.paid_cents)
    + func.coalesce(col(RecoveryRow.interest_cents), 0)
    - col(RecoveryRow.interest_paid_cents)
)
OPEN_RECOVERY = (
    select(func.coalesce(func.sum(_LEFT), 0).cast(BigInteger))
    .where(
        col(RecoveryRow.tenant_id) == col(AwardRow.tenant_id),
        col(RecoveryRow.award_id) == col(AwardRow.id),
        col(RecoveryRow.direction) == "UPWARD",
        col(RecoveryRow.state) == any_(literal(sorted(OPEN_RECOVERY_STATES), ARRAY(String))),
    )
    .correlate(AwardRow)
    .scalar_subquery()
    .label("open_recovery_cents")
)
