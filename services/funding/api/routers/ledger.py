"""Doors of the books: accounts, journal, periods, exports."""

from typing import Final

from fastapi import APIRouter

from services.funding.api import books, journal

ROUTERS: Final[tuple[APIRouter, ...]] = (
    books.router,
    journal.entries,
    journal.proposals,
    books.fiscal_years,
)
