"""Keep the rules: what a line is and which costs it pays, each from a day on.

A tenant begins with the published table. Whatever differs is recorded by one person and released
by another; a released rule that begins later ends the open one before it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg
from sqlmodel import SQLModel

from services.funding.domain.acts import RELEASE_RULE
from services.funding.domain.costs import CostKind, Eligibility, eligibility
from services.funding.domain.programme import FundingLine, LegalForm
from services.funding.domain.proof_lifecycle import ProofRegime
from services.funding.domain.rules import (
    PUBLISHED_SOURCE,
    RULES_SINCE,
    CostAnswer,
    LineRule,
    RuleIsReleased,
    RuleNeedsSecondPerson,
    Term,
    ending_before,
    published_answers,
    published_lines,
)
from services.funding.operations.changes import answer_with, leave_trace
from services.funding.storage.queries import rules as queries
from services.funding.storage.rows import complete
from services.funding.storage.tables import AuditEntry, CostRuleRow, FundingLineRow
from shared.audit.entries import record_changes
from shared.database.statements import Statement
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.database.views import View
from shared.kernel.access_acts import relations_to
from shared.kernel.access_relations import Relation
from shared.kernel.clock import now
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.service.writes import Answer

# Who stands behind the table that every tenant begins with.
PUBLISHED_BY = {"recorded_by": "published", "released_by": "act"}


@dataclass(frozen=True, slots=True)
class NewCostRule:
    """Whether a line pays a kind of cost; how much of it is said by the rates."""

    funding_line: FundingLine
    cost_kind: CostKind
    answer: Eligibility
    valid_from: date
    source: str
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class NewLineRule:
    rule: LineRule
    valid_from: date
    source: str
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class _Noun:
    """One of the two kinds of rules, which are kept alike."""

    name: str
    row_class: type[SQLModel]
    for_update: Statement
    released: Statement
    view: View
    keys: tuple[str, ...]
    path: str


COST_RULE = _Noun(
    "cost-rule",
    CostRuleRow,
    queries.COST_RULE_FOR_UPDATE,
    queries.RELEASED_COST_RULES,
    queries.COST_RULE_VIEW,
    ("funding_line", "cost_kind"),
    "/v1/cost-rules",
)
LINE_RULE = _Noun(
    "funding-line",
    FundingLineRow,
    queries.LINE_RULE_FOR_UPDATE,
    queries.RELEASED_LINE_RULES,
    queries.LINE_RULE_VIEW,
    ("funding_line",),
    "/v1/funding-lines",
)


async def seed_rules(tx: Transaction) -> None:
    """Give a tenant without rules the published ones; otherwise nothing changes."""
    if await tx.value(queries.HAS_RULES):
        return
    await tx.execute(queries.RULES_LOCK, tenant_id=tx.caller.tenant_id)
    if await tx.value(queries.HAS_RULES):
        return
    begins: dict[str, Any] = {"valid_from": RULES_SINCE, "source": PUBLISHED_SOURCE}
    for rule in published_lines():
        await _insert(tx, FundingLineRow, **_line_columns(rule), **begins, **PUBLISHED_BY)
    ids = [
        await _insert(
            tx,
            CostRuleRow,
            funding_line=line.value,
            cost_kind=kind.value,
            answer=answer.value,
            **begins,
            **PUBLISHED_BY,
        )
        for line, kind, answer in published_answers()
    ]
    await record_changes(tx, AuditEntry, action="seed-rules", kind="cost-rule", record_ids=ids)


async def cost_rule_on(tx: Transaction, line: FundingLine, kind: CostKind, day: date) -> CostAnswer:
    """What the rule in force on `day` says, with its source; where none is, the shipped table."""
    await seed_rules(tx)
    row = await tx.row(queries.COST_RULE_ON, funding_line=line.value, cost_kind=kind.value, day=day)
    if row is None:
        return CostAnswer(eligibility(kind, line))
    return CostAnswer(Eligibility(row["answer"]), row["source"])


async def line_rule_on(tx: Transaction, line: FundingLine, day: date) -> LineRule:
    """What the line is by the rule in force on `day`; where none is, as published."""
    await seed_rules(tx)
    row = await tx.row(queries.LINE_RULE_ON, funding_line=line.value, day=day)
    if row is None:
        return next(rule for rule in published_lines() if rule.funding_line is line)
    return LineRule(
        line,
        LegalForm(row["legal_form"]),
        ProofRegime(row["proof_regime"]),
        row["has_two_month_rule"],
    )


async def line_rule_of_award(tx: Transaction, award: asyncpg.Record, line: str) -> LineRule:
    """What a line of the award is: by the rule of the day of its notice."""
    day = award["awarded_on"] or date(award["fiscal_year"], 1, 1)
    return await line_rule_on(tx, FundingLine(line), day)


async def record_cost_rule(tx: Transaction, command: NewCostRule) -> Answer:
    """A rule that waits for its release."""
    await seed_rules(tx)
    return await _record(
        tx,
        COST_RULE,
        funding_line=command.funding_line.value,
        cost_kind=command.cost_kind.value,
        answer=command.answer.value,
        valid_from=command.valid_from,
        valid_to=command.valid_to,
        source=command.source,
    )


async def record_line_rule(tx: Transaction, command: NewLineRule) -> Answer:
    """What a line is from a day on; waits for its release."""
    await seed_rules(tx)
    return await _record(
        tx,
        LINE_RULE,
        **_line_columns(command.rule),
        valid_from=command.valid_from,
        valid_to=command.valid_to,
        source=command.source,
    )


async def release_rule(
    tx: Transaction, noun: _Noun, rule_id: UUID, expected_version: int | None
) -> Answer:
    """Put a rule in force and end the open one before it.

    Raises NotFound, the refusals of versions, RuleIsReleased, RuleNeedsSecondPerson, RuleOverlaps.
    """
    row = await tx.row(noun.for_update, rule_id=rule_id)
    if row is None:
        raise NotFound
    require_version(row["version"], expected_version)
    if row["released_by"] is not None:
        raise RuleIsReleased
    relations = relations_to(tx.caller, {Relation.AUTHOR: row["recorded_by"]})
    RELEASE_RULE.require(tx.caller, relations, RuleNeedsSecondPerson)
    await tx.execute(queries.RULES_LOCK, tenant_id=tx.caller.tenant_id)
    released = await tx.rows(noun.released, **{key: row[key] for key in noun.keys})
    terms = {one["id"]: Term(one["valid_from"], one["valid_to"]) for one in released}
    new = Term(row["valid_from"], row["valid_to"])
    ends_on = ending_before(new, terms.values())
    if ends_on is not None:
        [before] = [key for key, term in terms.items() if term.end is None]
        await tx.update(noun.row_class, before, valid_to=ends_on, updated_at=now())
    await tx.update(
        noun.row_class,
        rule_id,
        version=row["version"] + 1,
        updated_at=now(),
        released_by=tx.caller.actor,
    )
    await leave_trace(tx, action=f"release-{noun.name}", kind=noun.name, record_id=rule_id)
    return await answer_with(tx, noun.view, rule_id=rule_id)


async def _record(tx: Transaction, noun: _Noun, **values: Any) -> Answer:
    rule_id = await _insert(tx, noun.row_class, recorded_by=tx.caller.actor, **values)
    await leave_trace(tx, action=f"record-{noun.name}", kind=noun.name, record_id=rule_id)
    return await answer_with(tx, noun.view, f"{noun.path}/{rule_id}", rule_id=rule_id)


async def _insert(tx: Transaction, row_class: type[SQLModel], **values: Any) -> UUID:
    record_id, instant = new_id(), now()
    await tx.insert(
        row_class,
        **complete(row_class, id=record_id, created_at=instant, updated_at=instant, **values),
    )
    return record_id


def _line_columns(rule: LineRule) -> dict[str, object]:
    return {
        "funding_line": rule.funding_line.value,
        "legal_form": rule.legal_form.value,
        "proof_regime": rule.proof_regime.value,
        "has_two_month_rule": rule.has_two_month_rule,
    }
