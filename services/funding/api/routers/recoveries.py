"""Doors of recoveries, interest and the export to the finance system."""

from typing import Final

from fastapi import APIRouter

ROUTERS: Final[tuple[APIRouter, ...]] = ()
