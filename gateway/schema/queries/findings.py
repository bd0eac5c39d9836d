"""What can be asked about structural findings, conferences, meetings and the concept."""

from typing import Annotated

import strawberry

from gateway.context import Info
from gateway.schema.conference import CaseConference, ConferenceStatistics
from gateway.schema.filters import FindingFilter, MeetingFilter, OfferFilter
from gateway.schema.meeting import ConceptVersion, Meeting
from gateway.schema.offer import Offer
from gateway.schema.published import REQUEST, both
from gateway.schema.reads import record, records
from gateway.schema.structural_finding import CaseExtract, StructuralFinding

Year = Annotated[
    int | None,
    strawberry.argument(
        description=both("The year; the present one if left out.", "Das Jahr; ohne Angabe dieses.")
    ),
]


@strawberry.type
class FindingQueries:
    structural_finding = record(
        "cases /v1/structural-findings",
        StructuralFinding,
        en="One structural finding.",
        de="Eine Fallanalyse.",
    )
    structural_findings = records(
        "cases /v1/structural-findings",
        StructuralFinding,
        FindingFilter,
        en="Structural findings of the whole area; they name no case and no person.",
        de="Fallanalysen des ganzen Gebiets; sie nennen keinen Fall und keine Person.",
    )
    offer = record("cases /v1/offers", Offer, en="One offer.", de="Ein Angebot.")
    offers = records(
        "cases /v1/offers",
        Offer,
        OfferFilter,
        en="The offer directory of the whole area, and what is missing in it.",
        de="Das Angebotsverzeichnis des ganzen Gebiets, und was darin fehlt.",
    )
    case_conference = record(
        "cases /v1/case-conferences",
        CaseConference,
        en="One case conference.",
        de="Eine Fallbesprechung.",
    )
    meeting = record("cases /v1/meetings", Meeting, en="One meeting.", de="Eine Sitzung.")
    meetings = records(
        "cases /v1/meetings",
        Meeting,
        MeetingFilter,
        en="Meetings of the bodies, the latest first.",
        de="Sitzungen der Gremien, die neuesten zuerst.",
    )
    concept_version = record(
        "cases /v1/concept-versions",
        ConceptVersion,
        en="One version of the concept.",
        de="Eine Fassung des Handlungskonzepts.",
    )
    concept_versions = records(
        "cases /v1/concept-versions",
        ConceptVersion,
        en="Versions of the concept.",
        de="Fassungen des Handlungskonzepts.",
    )

    @strawberry.field(
        description=both(
            "Case conferences of a year by quarter and topic; small figures are null.",
            "Fallbesprechungen eines Jahres je Quartal und Thema; kleine Zahlen sind null.",
        ),
        metadata={REQUEST: "GET cases /v1/reports/case-conferences"},
    )
    async def conference_statistics(
        self, info: Info, year: Year = None
    ) -> ConferenceStatistics | None:
        query = () if year is None else (("year", str(year)),)
        cases = info.context.services.of("cases")
        found = await cases.get("/v1/reports/case-conferences", query)
        return ConferenceStatistics.from_record(found)

    @strawberry.field(
        description=both(
            "Cases without anything that points to a person.",
            "Fälle ohne alles, was auf eine Person hinweist.",
        ),
        metadata={REQUEST: "GET cases /v1/reports/case-extracts"},
    )
    async def case_extracts(self, info: Info) -> list[CaseExtract] | None:
        found = await info.context.services.of("cases").get("/v1/reports/case-extracts")
        return [CaseExtract.from_record(one) for one in found["items"]]
