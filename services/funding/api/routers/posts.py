"""Doors of posts in depth: import of tables, deadlines, alerts, forecasts."""

from typing import Final

from fastapi import APIRouter

ROUTERS: Final[tuple[APIRouter, ...]] = ()
