"""What can be asked about programmes, budgets and requests for own money."""

from typing import Annotated

import strawberry

from gateway.context import Info
from gateway.schema.asking import FiscalYear, asked
from gateway.schema.budget import (
    BudgetChange,
    BudgetEffect,
    BudgetEntry,
    BudgetPlan,
    OwnShareRequest,
    Programme,
)
from gateway.schema.codes.budgets import BudgetEntryKind
from gateway.schema.cost_kind import FundingCodeList, FundingCodeLists
from gateway.schema.filters import by
from gateway.schema.published import REQUEST, both
from gateway.schema.reads import record, records
from gateway.schema.scalars import Amount

Product = Annotated[str, strawberry.argument(description=both("Product.", "Produkt."))]
Assumed = Annotated[
    Amount | None,
    strawberry.argument(description=both("Euros assumed.", "Angenommene Euro.")),
]
Name = Annotated[str, strawberry.argument(description=both("Name.", "Name."))]
Sentence = Annotated[
    str,
    strawberry.argument(
        description=both("Sentence of a budget paper.", "Satz einer Haushaltsvorlage.")
    ),
]


@strawberry.input(description=both("Which programmes.", "Welche Programme."))
class ProgrammeFilter:
    code: list[str] | None = by("With these codes.", "Mit diesen Codes.")


@strawberry.input(description=both("Which budget lines.", "Welche Haushaltsansätze."))
class BudgetEntryFilter:
    kind: BudgetEntryKind | None = by("Revenue or expense.", "Ertrag oder Aufwand.")
    fiscal_year: int | None = by("Of this fiscal year.", "Dieses Haushaltsjahres.")
    product: list[str] | None = by("Of these products.", "Dieser Produkte.")
    account: list[str] | None = by("On these accounts.", "Auf diesen Sachkonten.")


@strawberry.input(description=both("Which requests.", "Welche Anträge."))
class OwnShareRequestFilter:
    fiscal_year: int | None = by("Of this fiscal year.", "Dieses Haushaltsjahres.")


@strawberry.type
class BudgetQueries:
    programme = record("funding /v1/programmes", Programme, en="One programme.", de="Ein Programm.")
    programmes = records(
        "funding /v1/programmes", Programme, ProgrammeFilter, en="Programmes.", de="Programme."
    )
    budget_entry = record(
        "funding /v1/budget-entries", BudgetEntry, en="One budget line.", de="Ein Ansatz."
    )
    budget_entries = records(
        "funding /v1/budget-entries",
        BudgetEntry,
        BudgetEntryFilter,
        en="Planned revenues and expenses.",
        de="Geplante Erträge und Aufwendungen.",
    )
    budget_plan = asked(
        "funding /v1/reports/budget-plan",
        BudgetPlan,
        en="The budget of a product; with both assumptions, what is left for coordination.",
        de="Der Haushalt eines Produkts; mit beiden Annahmen, was für die Koordination bleibt.",
        fiscal_year=FiscalYear,
        product=Product,
        case_management=Assumed,
        assumed_b3=Assumed,
    )
    own_share_request = record(
        "funding /v1/own-share-requests", OwnShareRequest, en="One request.", de="Ein Antrag."
    )
    own_share_requests = records(
        "funding /v1/own-share-requests",
        OwnShareRequest,
        OwnShareRequestFilter,
        en="Requests for own money.",
        de="Anträge auf Eigenmittel.",
    )
    funding_code_lists = asked(
        "funding /v1/code-lists",
        FundingCodeLists,
        en="Which code lists funding has.",
        de="Welche Codelisten die Förderung hat.",
    )
    funding_code_list = asked(
        "funding /v1/code-lists/{name}",
        FundingCodeList,
        en="One code list of funding; null when there is none of this name.",
        de="Eine Codeliste der Förderung; null, wenn es keine dieses Namens gibt.",
        name=Name,
    )

    @strawberry.field(
        description=both(
            "A change of the budget read from its sentence; nothing is stored.",
            "Eine Ansatzänderung, aus ihrem Satz gelesen; nichts wird gespeichert.",
        ),
        metadata={REQUEST: "POST funding /v1/budget-entries/read-change"},
    )
    async def budget_change(self, info: Info, text: Sentence) -> BudgetChange | None:
        funding = info.context.services.of("funding")
        found = await funding.search("/v1/budget-entries/read-change", {"text": text})
        return BudgetChange.from_record(found)

    @strawberry.field(
        description=both(
            "The box of the financial effect of a council paper, read; nothing is stored.",
            "Das Feld „Finanzielle Auswirkungen“ einer Vorlage, gelesen und nicht gespeichert.",
        ),
        metadata={REQUEST: "POST funding /v1/budget-entries/read-effect"},
    )
    async def budget_effect(self, info: Info, text: Sentence) -> BudgetEffect | None:
        funding = info.context.services.of("funding")
        found = await funding.search("/v1/budget-entries/read-effect", {"text": text})
        return BudgetEffect.from_record(found)
