"""Every door of the service, in the order of the contract: one module for each noun."""

from typing import Final

from fastapi import APIRouter

from services.funding.api.routers import (
    awards,
    expenditures,
    finance_exports,
    ledger,
    payments,
    posts,
    proofs,
    recoveries,
    rules,
)

ROUTERS: Final[tuple[APIRouter, ...]] = (
    *awards.ROUTERS,
    *ledger.ROUTERS,
    *rules.ROUTERS,
    *posts.ROUTERS,
    *expenditures.ROUTERS,
    *payments.ROUTERS,
    *proofs.ROUTERS,
    *recoveries.ROUTERS,
    *finance_exports.ROUTERS,
)
