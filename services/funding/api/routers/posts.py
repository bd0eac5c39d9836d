"""Doors of posts in depth: import of tables, deadlines, alerts, forecasts."""

from typing import Final

from fastapi import APIRouter

from services.funding.api import alerts, deadlines, forecasts, imports

ROUTERS: Final[tuple[APIRouter, ...]] = (
    deadlines.router,
    alerts.router,
    forecasts.router,
    imports.router,
)
