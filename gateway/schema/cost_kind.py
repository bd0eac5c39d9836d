"""Kinds of cost and which lines pay them; code lists of the funding service."""

import strawberry

from gateway.schema.codes.awards import FundingLine
from gateway.schema.codes.contracts import CostKind
from gateway.schema.codes.expenditures import Eligibility
from gateway.schema.published import Published, both, field, record_of
from gateway.schema.texts import BothLanguages


@strawberry.type(description=both("Whether a line pays.", "Ob ein Baustein zahlt."))
class EligibilityOfLine:
    funding_line: FundingLine = field("Funding line.", "Baustein.")
    eligibility: Eligibility = field(
        "Eligible, not eligible, or left to a person.",
        "Förderfähig, nicht förderfähig, oder ein Mensch entscheidet.",
    )


@strawberry.type(description=both("A kind of cost.", "Eine Kostenart."))
class CostKindRule(Published):
    code: CostKind = field("Code.", "Code.")
    label: BothLanguages = field("Name.", "Bezeichnung.")

    @strawberry.field(description=both("By funding line.", "Je Baustein."))
    def eligibility(self) -> list[EligibilityOfLine]:
        return [
            EligibilityOfLine(funding_line=FundingLine(line), eligibility=Eligibility(answer))
            for line, answer in record_of(self)["eligibility"].items()
        ]


@strawberry.type(description=both("A code of funding.", "Ein Schlüssel der Förderung."))
class FundingCode(Published):
    code: str = field("Code.", "Code.")
    label: BothLanguages = field("Name.", "Bezeichnung.")


@strawberry.type(description=both("A code list of funding.", "Eine Codeliste der Förderung."))
class FundingCodeList(Published):
    name: str = field("Name.", "Name.")
    version: str = field("Version.", "Fassung.")
    urn: str = field("URN.", "URN.")
    codes: list[FundingCode] = field("Codes.", "Schlüssel.")


@strawberry.type(description=both("Which code lists there are.", "Welche Codelisten es gibt."))
class FundingCodeLists(Published):
    items: list[str] = field("Their names.", "Ihre Namen.")
