"""The numbered checks: what a partner's software may rely on, asked as a partner."""

from typing import Final

from deploy.partnerkit.checks import auth, listing, problems, receiving, sending, webhooks
from deploy.partnerkit.checks.frame import Outcome, Result, World, catalogue, run

assert all((auth, sending, problems, listing, receiving, webhooks))
CHECKS: Final = catalogue()

__all__ = ["CHECKS", "Outcome", "Result", "World", "run"]
