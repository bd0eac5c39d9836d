"""What the proofs of this folder share."""

from tests.services.cases.proofs.stored import admin

__all__ = ["admin"]
