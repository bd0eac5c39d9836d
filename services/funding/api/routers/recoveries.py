"""Doors of recoveries, interest and the export to the finance system."""

from typing import Final

from fastapi import APIRouter

from services.funding.api import recoveries

ROUTERS: Final[tuple[APIRouter, ...]] = (recoveries.base_rates, recoveries.recoveries)
