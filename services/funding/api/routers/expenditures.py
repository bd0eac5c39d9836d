"""Doors of expenditure, vouchers and eligibility."""

from typing import Final

from fastapi import APIRouter

from services.funding.api import expenditures

ROUTERS: Final[tuple[APIRouter, ...]] = (
    expenditures.vouchers,
    expenditures.expenditures,
    expenditures.eligibility,
    expenditures.reports,
)
