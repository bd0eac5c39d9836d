"""Doors of the export to the finance system."""

from typing import Final

from fastapi import APIRouter

from services.funding.api import finance_exports

ROUTERS: Final[tuple[APIRouter, ...]] = (finance_exports.router,)
