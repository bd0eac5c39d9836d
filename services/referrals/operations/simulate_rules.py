"""Try rules on past referrals before they are published; nothing is stored."""

import asyncio
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.referrals.domain.routing import RuleSet
from services.referrals.domain.simulation import Comparison, compare
from services.referrals.operations.directory import checked_rules
from services.referrals.storage.directory_lookups import rules_on
from services.referrals.storage.samples import forget_samples, samples_since
from shared.database.connection import Database
from shared.kernel.caller import Caller

SAMPLES_MAX = 20_000
MONTHS_KEPT = 12


@dataclass(frozen=True, slots=True)
class Trial:
    """`is_complete` is false where the rarest neighbourhoods were left out."""

    rules_version: int
    since: date
    comparison: Comparison
    is_complete: bool


async def simulate(
    database: Database, caller: Caller, rules: list[dict[str, Any]], months: int, today: date
) -> Trial:
    """Compare the rules in force with others over the referrals of so many months.

    Raises what publishing them would raise: ServiceUnknown, UnitUnknown, unusable areas.
    """
    since = first_of_months(today, months)
    async with database.transaction(caller) as tx:
        tried = await checked_rules(tx, rules)
        before = await rules_on(tx, today)
        samples = await samples_since(tx, since, SAMPLES_MAX + 1)
    after = RuleSet(version=before.version + 1, valid_from=today, rules=tuple(tried))
    # Long shapes and many samples take a moment: others are answered meanwhile.
    comparison = await asyncio.to_thread(compare, before, after, samples[:SAMPLES_MAX])
    return Trial(before.version, since, comparison, len(samples) <= SAMPLES_MAX)


async def forget_old_samples(database: Database, today: date) -> int:
    """What is older than a year; how many rows went."""
    return await forget_samples(database, first_of_months(today, MONTHS_KEPT))


def first_of_months(today: date, months: int) -> date:
    """The first day of the earliest of so many months, this one included."""
    months_since_0 = today.year * 12 + today.month - months
    return date(months_since_0 // 12, months_since_0 % 12 + 1, 1)
