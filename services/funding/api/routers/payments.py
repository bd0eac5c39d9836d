"""Doors of drawdowns, instalments and payments."""

from typing import Final

from fastapi import APIRouter

from services.funding.api import drawdowns, payments

ROUTERS: Final[tuple[APIRouter, ...]] = (
    drawdowns.router,
    drawdowns.lump_sums,
    payments.instalments,
    payments.of_allocation,
    payments.payments,
    payments.runs,
)
