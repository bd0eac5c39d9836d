"""Doors of funding lines, cost rules, conditions, reservations and calls for interest."""

from typing import Final

from fastapi import APIRouter

from services.funding.api import calls, reservations, rules

ROUTERS: Final[tuple[APIRouter, ...]] = (
    rules.router,
    reservations.router,
    reservations.of_awards,
    calls.router,
)
