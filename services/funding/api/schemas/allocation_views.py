"""Allocations: the published shape of answers."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from services.funding.api.schemas.fields import FindingView, TerritoryView
from services.funding.operations.show_tree import Tree
from shared.kernel.money import fte_text
from shared.web.external_ids import ExternalNumber
from shared.web.fields import ResponseModel


class TermsView(ResponseModel):
    form: str
    cost_kinds: list[str]
    ceiling: str
    proof_form: str
    proof_due_on: date
    data_protection_role: str | None
    passes_on_conditions: bool
    has_reporting_duty: bool
    has_supervision_clause: bool


class RefusedItemView(ResponseModel):
    cost_kind: str
    amount: str
    reason: str


class CheckedProofView(ResponseModel):
    form: str
    has_vouchers: bool
    refused_items: list[RefusedItemView]


class AllocationView(ResponseModel):
    """An allocation in one version; what it has passed on and what is free is of the present."""

    id: UUID
    version: int
    award_id: UUID
    award_line_id: UUID
    parent_allocation_id: UUID | None
    depth: int
    funding_line: str
    state: str
    allowed_actions: list[str]
    recipient_unit: str | None
    recipient_name: str | None
    recipient_kind: str | None
    version_number: int
    kind: str
    effective_from: date
    valid_from: date
    valid_to: date
    amount: str
    fte: str
    own_use_amount: str
    own_use_fte: str
    allocated_amount: str
    allocated_fte: str
    free_amount: str
    free_fte: str
    own_money: str
    target_group: str
    territory: TerritoryView
    overlap_reason: str
    selection_reason: str
    terms: TermsView | None
    proof_margin_days: int
    authority_consent_ref: str
    double_funding_checked_on: date | None
    suspension_reason: str
    resumption_reason: str
    early_end_on: date | None
    termination_reason: str
    proof: CheckedProofView | None
    paid_amount: str | None
    eligible_amount: str | None
    repaid_amount: str | None
    external_ids: list[ExternalNumber]
    created_at: datetime
    updated_at: datetime


class AllocationPage(ResponseModel):
    items: list[AllocationView]
    cursors: list[str] | None = None
    next_cursor: str | None


class AllocationVersionView(ResponseModel):
    id: UUID
    number: int
    kind: str
    effective_from: date
    valid_from: date
    valid_to: date
    amount: str
    fte: str
    own_use_amount: str
    own_use_fte: str
    reason: str | None
    recorded_at: datetime
    approved_at: datetime | None


class AllocationVersionPage(ResponseModel):
    items: list[AllocationVersionView]
    cursors: list[str] | None = None
    next_cursor: str | None


class TreeNodeView(ResponseModel):
    """`depth` 0 is an award line; below it `id` is an allocation."""

    id: UUID
    parent_id: UUID | None
    depth: int
    state: str | None
    recipient_unit: str | None
    recipient_name: str | None
    amount: str
    fte: str
    own_use_amount: str
    own_use_fte: str
    free_amount: str
    free_fte: str


class AllocationTree(ResponseModel):
    nodes: list[TreeNodeView]
    findings: list[FindingView]

    @classmethod
    def of(cls, tree: Tree) -> Self:
        return cls(
            nodes=[
                TreeNodeView(
                    id=UUID(one.node.key),
                    parent_id=UUID(one.node.parent) if one.node.parent else None,
                    depth=one.depth,
                    state=one.state,
                    recipient_unit=one.recipient_unit,
                    recipient_name=one.recipient_name,
                    amount=str(one.node.share.amount),
                    fte=fte_text(one.node.share.fte),
                    own_use_amount=str(one.node.own_use.amount),
                    own_use_fte=fte_text(one.node.own_use.fte),
                    free_amount=str(one.free.amount),
                    free_fte=fte_text(one.free.fte),
                )
                for one in tree.nodes
            ],
            findings=[FindingView.of(finding) for finding in tree.findings],
        )
