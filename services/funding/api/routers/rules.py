"""Doors of funding lines, cost rules, conditions, reservations and calls for interest."""

from typing import Final

from fastapi import APIRouter

ROUTERS: Final[tuple[APIRouter, ...]] = ()
