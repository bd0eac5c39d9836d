"""Doors of proofs of use."""

from typing import Final

from fastapi import APIRouter

from services.funding.api import proofs

ROUTERS: Final[tuple[APIRouter, ...]] = (proofs.router,)
