"""The tree of allocations below an award: every level with what it has, passes on and keeps."""

from dataclasses import dataclass
from uuid import UUID

import asyncpg

from services.funding.domain.allocation_tree import (
    Node,
    Share,
    free_share,
    over_allocation_findings,
)
from services.funding.domain.findings import Finding
from services.funding.storage.award_records import load_award
from services.funding.storage.queries.allocations import TREE
from services.funding.storage.queries.awards import AWARD_LINES
from shared.database.transaction import Transaction
from shared.kernel.money import Money


@dataclass(frozen=True, slots=True)
class TreeNode:
    """A line (depth 0) or an allocation below it."""

    node: Node
    depth: int
    free: Share
    state: str | None = None
    recipient_unit: str | None = None
    recipient_name: str | None = None


@dataclass(frozen=True, slots=True)
class Tree:
    nodes: tuple[TreeNode, ...]
    findings: tuple[Finding, ...]


async def show_tree(tx: Transaction, award_id: UUID) -> Tree:
    """Lines first, then level by level; cancelled allocations are left out. Raises NotFound."""
    await load_award(tx, award_id, is_locked=False)
    lines = [(_node(row, None), row, 0) for row in await tx.rows(AWARD_LINES, award_id=award_id)]
    below = [
        (_node(row, str(row["parent_allocation_id"] or row["award_line_id"])), row, row["depth"])
        for row in await tx.rows(TREE, award_id=award_id)
    ]
    nodes = [node for node, _, _ in (*lines, *below)]
    shown = tuple(
        TreeNode(
            node,
            depth,
            free_share(node.share, node.own_use, _children(nodes, node)),
            row.get("state"),
            row.get("recipient_unit"),
            row.get("recipient_name"),
        )
        for node, row, depth in (*lines, *below)
    )
    return Tree(shown, over_allocation_findings(nodes))


def _node(row: asyncpg.Record, parent: str | None) -> Node:
    return Node(
        str(row["id"]),
        parent,
        Share(row["fte"], Money(row["amount_cents"])),
        Share(row["own_use_fte"], Money(row["own_use_cents"])),
    )


def _children(nodes: list[Node], parent: Node) -> list[Share]:
    return [node.share for node in nodes if node.parent == parent.key]
