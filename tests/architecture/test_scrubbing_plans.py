"""Every column of every service is planned: a copy shows nothing that nobody thought of."""

import importlib

import pytest
import sqlalchemy as sa

from shared.scrubbing.plan import ColumnUnplanned, Plan


@pytest.mark.parametrize("service", ["cases", "funding", "referrals"])
def test_every_column_is_kept_replaced_or_goes_with_its_table(service: str) -> None:
    plan: Plan = importlib.import_module(f"services.{service}.scrub").PLAN
    ruled = {table.name: rules for table, rules in plan.tables()}
    assert plan.emptied <= {table.name for table in plan.metadata.sorted_tables}
    assert "audit_entry" in plan.emptied
    assert sum(len(rules) for rules in ruled.values()) >= 25


def test_a_column_nobody_planned_is_named() -> None:
    new = sa.MetaData()
    sa.Table("diary", new, sa.Column("secret", sa.String(40)), sa.Column("at", sa.Date))
    plan = Plan(metadata=new, emptied=frozenset(), kept=frozenset(), rules={})
    with pytest.raises(ColumnUnplanned, match=r"diary\.secret"):
        list(plan.tables())
