"""What can be asked, grouped by noun."""

from typing import Annotated

import strawberry

from gateway.clients.faults import ServiceFault
from gateway.context import Info
from gateway.schema.finding_nodes import find_nodes
from gateway.schema.node import Node
from gateway.schema.published import both
from gateway.schema.queries.access import AccessQueries
from gateway.schema.queries.access_scope import AccessScopeQueries
from gateway.schema.queries.audit_chain import AuditChainQueries
from gateway.schema.queries.budgets import BudgetQueries
from gateway.schema.queries.cases import CaseQueries
from gateway.schema.queries.controlling import ControllingQueries
from gateway.schema.queries.cost_per_case import CostPerCaseQueries
from gateway.schema.queries.directory import DirectoryQueries
from gateway.schema.queries.emergency_access import EmergencyAccessQueries
from gateway.schema.queries.exchange import ExchangeQueries
from gateway.schema.queries.expenditures import ExpenditureQueries
from gateway.schema.queries.finance_exports import FinanceExportQueries
from gateway.schema.queries.findings import FindingQueries
from gateway.schema.queries.funding import FundingQueries
from gateway.schema.queries.imports import ImportQueries
from gateway.schema.queries.ledger import LedgerQueries
from gateway.schema.queries.payments import PaymentQueries
from gateway.schema.queries.persons import PersonQueries
from gateway.schema.queries.posts import PostQueries
from gateway.schema.queries.proofs import ProofQueries
from gateway.schema.queries.recoveries import RecoveryQueries
from gateway.schema.queries.reference import ReferenceQueries
from gateway.schema.queries.referrals import ReferralQueries
from gateway.schema.queries.retention import RetentionQueries
from gateway.schema.queries.rights import RightsQueries
from gateway.schema.queries.rules import RuleQueries
from gateway.schema.queries.webhooks import WebhookQueries
from gateway.schema.queries.work import WorkQueries
from gateway.schema.reads import Id
from gateway.schema.scalars import Date
from gateway.schema.service_status import ServiceStatus, service_status
from gateway.schema.status_report import StatusReport, status_report
from gateway.schema.viewer import Viewer, viewer_of

Ids = Annotated[
    list[strawberry.ID],
    strawberry.argument(description=both("UUIDs, 100 at most.", "UUIDs, höchstens 100.")),
]
AsOf = Annotated[Date, strawberry.argument(description=both("The day.", "Der Stichtag."))]


@strawberry.type(
    description=both(
        "What can be asked. A field that a service answers is null, with an entry in `errors`,"
        " when the service does not answer; the other fields stay.",
        "Was gefragt werden kann. Antwortet ein Dienst nicht, ist sein Feld null und `errors` hat"
        " einen Eintrag; die anderen Felder bleiben.",
    )
)
class Query(
    CaseQueries,
    EmergencyAccessQueries,
    AccessScopeQueries,
    ReferralQueries,
    ExchangeQueries,
    DirectoryQueries,
    FundingQueries,
    LedgerQueries,
    RuleQueries,
    BudgetQueries,
    PostQueries,
    ExpenditureQueries,
    CostPerCaseQueries,
    ControllingQueries,
    PaymentQueries,
    ProofQueries,
    RecoveryQueries,
    FinanceExportQueries,
    PersonQueries,
    ImportQueries,
    RetentionQueries,
    RightsQueries,
    ReferenceQueries,
    WorkQueries,
    FindingQueries,
    WebhookQueries,
    AccessQueries,
    AuditChainQueries,
):
    @strawberry.field(description=both("Who asks.", "Wer fragt."))
    def viewer(self, info: Info) -> Viewer:
        return viewer_of(info.context.caller)

    @strawberry.field(
        description=both(
            "The record with this id; null when it is unknown or hidden.",
            "Der Datensatz mit dieser Kennung; null, wenn er unbekannt oder nicht sichtbar ist.",
        )
    )
    async def node(self, info: Info, id_: Id) -> Node | None:
        (found,) = await find_nodes(info, [id_])
        if isinstance(found, ServiceFault):
            raise found
        return found

    @strawberry.field(
        description=both(
            "The records with these ids, in the same order; null with an entry in `errors` where"
            " a service that may know it does not answer.",
            "Die Datensätze mit diesen Kennungen, in derselben Reihenfolge; null mit einem Eintrag"
            " in `errors`, wo ein Dienst nicht antwortet, der ihn kennen könnte.",
        )
    )
    async def nodes(self, info: Info, ids: Ids) -> list[Node | None]:
        # A fault in the list becomes an error at its own place.
        return await find_nodes(info, ids)  # type: ignore[return-value]

    @strawberry.field(
        description=both(
            "How the services behind this door are, one call to each.",
            "Wie es um die Dienste hinter dieser Tür steht; ein Aufruf je Dienst.",
        )
    )
    async def service_status(self, info: Info) -> list[ServiceStatus]:
        return await service_status(info.context.services)

    @strawberry.field(
        description=both(
            "The status report of the caller's area on a day.",
            "Der Statusbericht des eigenen Gebiets an einem Tag.",
        )
    )
    async def status_report(self, info: Info, as_of: AsOf) -> StatusReport:
        return await status_report(info.context.services, as_of)
