"""What belongs to a case, each kind read for all cases of a level in one call."""

import strawberry

from gateway.context import Info
from gateway.schema.ahead import own_id
from gateway.schema.case_file import CasePlan
from gateway.schema.case_work import Contact, Flag, Task
from gateway.schema.conference import CaseConference
from gateway.schema.consent import Consent
from gateway.schema.document import Assessment, CaseDocument, RelatedCase
from gateway.schema.note import Note
from gateway.schema.published import REQUEST, Published, both
from gateway.schema.reads import children
from gateway.schema.structural_finding import ExtractOrigin


@strawberry.type
class PartsOfCase(Published):
    """Lists of a case; what the caller may not see is not among them."""

    contacts = children(
        "cases /v1/contacts",
        Contact,
        "caseId",
        en="Counselling contacts, the latest last.",
        de="Beratungskontakte, die neuesten zuletzt.",
    )
    tasks = children(
        "cases /v1/tasks",
        Task,
        "caseId",
        en="Tasks, open and ended.",
        de="Aufgaben, offene und beendete.",
    )
    flags = children(
        "cases /v1/flags",
        Flag,
        "caseId",
        en="Flags, raised and lifted.",
        de="Hinweise, gesetzte und aufgehobene.",
    )
    notes = children(
        "cases /v1/notes",
        Note,
        "caseId",
        en="Notes in their current versions; entrusted ones of others are not among them.",
        de="Vermerke in ihrer geltenden Fassung; anvertraute anderer sind nicht dabei.",
    )
    consents = children(
        "cases /v1/consents",
        Consent,
        "caseId",
        en="Consents and releases from secrecy.",
        de="Einwilligungen und Schweigepflichtentbindungen.",
    )
    documents = children(
        "cases /v1/documents",
        CaseDocument,
        "caseId",
        en="Documents.",
        de="Dokumente.",
    )
    assessments = children(
        "cases /v1/assessment-entries",
        Assessment,
        "caseId",
        en="Assessments over time; every entry stays.",
        de="Einschätzungen im Verlauf; jeder Eintrag bleibt.",
    )
    plan_versions = children(
        "cases /v1/plan-versions",
        CasePlan,
        "caseId",
        en="Every version of the help plan.",
        de="Jede Fassung des Hilfeplans.",
    )
    conferences = children(
        "cases /v1/case-conferences",
        CaseConference,
        "caseId",
        en="Case conferences.",
        de="Fallbesprechungen.",
    )
    extract_origins = children(
        "cases /v1/extract-origins",
        ExtractOrigin,
        "caseId",
        en="Extracts made from the case, for its own unit alone.",
        de="Auszüge, die aus dem Fall entstanden; nur für die eigene Stelle.",
    )

    @strawberry.field(
        description=both(
            "Cases that this one has to do with, named from either side.",
            "Fälle, mit denen dieser zu tun hat, von beiden Seiten gesehen.",
        ),
        metadata={REQUEST: "GET cases /v1/related-cases"},
    )
    async def related_cases(self, info: Info) -> list[RelatedCase]:
        found = await info.context.loaders.relations_of_case.load(own_id(self.record))
        return [RelatedCase.from_record(one) for one in found]
