"""What the software of partners and municipalities builds on, the same in every service."""

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import APIRouter
from sqlmodel import SQLModel

from shared.audit.listing import audit_router
from shared.kernel.caller import Caller


@dataclass(frozen=True, slots=True, kw_only=True)
class Integration:
    """One service's tables and doors for what all services offer alike.

    Each `…_reader` is a dependency: the caller, who must have the right for it.
    """

    audit: type[SQLModel]
    audit_reader: Callable[..., Caller]

    def routers(self) -> list[APIRouter]:
        return [audit_router(self.audit, self.audit_reader)]
