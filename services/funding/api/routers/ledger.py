"""Doors of the books: accounts, journal, periods, exports."""

from typing import Final

from fastapi import APIRouter

ROUTERS: Final[tuple[APIRouter, ...]] = ()
