"""Cases."""

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry

from gateway.clients.conversation import Record
from gateway.context import Info
from gateway.schema.access import ACCESS, CaseAccess
from gateway.schema.case_file import CaseFile, CaseTransition
from gateway.schema.codes.case_files import CaseOrigin
from gateway.schema.codes.cases import CaseAction, CaseState, ClosingReason, DeclineReason
from gateway.schema.family import Family
from gateway.schema.node import Node
from gateway.schema.parts_of_case import PartsOfCase
from gateway.schema.person import Person
from gateway.schema.provenance import Provenance
from gateway.schema.published import REQUEST, both, field
from gateway.schema.reads import children, part, related
from gateway.schema.retention import Erasure, Retention
from gateway.schema.scalars import Date, DateTime
from gateway.schema.timeline import ReferralProposal

if TYPE_CHECKING:
    from gateway.schema.referral import Referral


@strawberry.type(description=both("A case.", "Ein Fall."))
class Case(PartsOfCase, Node):
    id: strawberry.ID = field("UUID.", "UUID.")
    version: int = field(
        "Version, to be named with every change.", "Fassung, bei jeder Änderung zu nennen."
    )
    reference: str = field("Reference for people.", "Aktenzeichen.")
    origin: CaseOrigin = field("How the case came about.", "Wie der Fall entstand.")
    state: CaseState = field("State.", "Stand.")
    state_since: Date = field("Since when the state holds.", "Seit wann dieser Stand gilt.")
    opened_on: Date = field("Day on which the case was opened.", "Tag der Eröffnung.")
    closed_on: Date | None = field("Day on which the case ended.", "Tag des Abschlusses.")
    decline_reason: DeclineReason | None = field(
        "Why the case was not taken on.", "Warum der Fall nicht aufgenommen wurde."
    )
    closing_reason: ClosingReason | None = field("Why the case ended.", "Warum der Fall endete.")
    pseudonym: str | None = field(
        "Pseudonym, where a name is not needed yet.", "Pseudonym, solange kein Name nötig ist."
    )
    language: str | None = field("Language, ISO 639-3.", "Sprache, ISO 639-3.")
    person_id: strawberry.ID | None = field("UUID of the person.", "UUID der Person.")
    family_id: strawberry.ID | None = field("UUID of the family.", "UUID der Familie.")
    municipality_ags: str | None = field(
        "Municipality by its eight-digit key.", "Gemeinde mit achtstelligem Schlüssel."
    )
    referral_id: strawberry.ID | None = field("UUID of the referral.", "UUID der Überleitung.")
    case_manager: str | None = field(
        "Issuer and subject of the case manager.", "Aussteller und Kennung der Fachkraft."
    )
    is_processing_restricted: bool = field(
        "Processing is restricted (Art. 18 GDPR).",
        "Die Verarbeitung ist eingeschränkt (Art. 18 DSGVO).",
    )
    is_under_legal_hold: bool = field("Erasure is suspended.", "Die Löschung ist ausgesetzt.")
    is_child_protection: bool = field(
        "A matter of child protection.", "Ein Fall des Kinderschutzes."
    )
    unit_id: str = field("The unit that is responsible.", "Die verantwortliche Stelle.")
    updated_at: DateTime = field("Last change.", "Letzte Änderung.")

    @strawberry.field(
        description=both(
            "What can be done now: the buttons to draw.",
            "Was jetzt möglich ist: die Knöpfe, die zu zeigen sind.",
        ),
        metadata={REQUEST: "GET cases /v1/cases"},
    )
    async def allowed_actions(self, info: Info) -> list[CaseAction]:
        steps = await self._steps(info)
        return [CaseAction(action) for action in steps.get("allowedActions") or ()]

    @strawberry.field(description=ACCESS, metadata={REQUEST: "GET cases /v1/cases"})
    async def access(self, info: Info) -> CaseAccess | None:
        return CaseAccess.from_record(await self._steps(info))

    @strawberry.field(
        description=both(
            "Every action of the state, with what blocks it.",
            "Jede Aktion des Standes, mit dem, was sie hindert.",
        ),
        metadata={REQUEST: "GET cases /v1/cases"},
    )
    async def available_transitions(self, info: Info) -> list[CaseTransition]:
        steps = await self._steps(info)
        found = steps.get("availableTransitions") or ()
        return [CaseTransition.from_record(one) for one in found]

    @strawberry.field(
        description=both(
            "The referral the case came from, when it is visible to the caller's unit.",
            "Die Überleitung, aus der der Fall entstand, wenn sie für die eigene Stelle sichtbar"
            " ist.",
        ),
        metadata={REQUEST: "GET referrals /v1/referrals"},
    )
    async def referral(
        self, info: Info
    ) -> Annotated["Referral", strawberry.lazy("gateway.schema.referral")] | None:
        from gateway.schema.referral import Referral  # noqa: PLC0415 - the two types name each other

        referral_id = self.record.get("referralId")
        if referral_id is None:
            return None
        return Referral.from_optional(await info.context.loaders.referral.load(UUID(referral_id)))

    @strawberry.field(
        description=both(
            "What stands in the file; each file is logged as read.",
            "Was in der Akte steht; jede gelesene Akte wird protokolliert.",
        ),
        metadata={REQUEST: "GET cases /v1/case-files"},
    )
    async def file(self, info: Info) -> CaseFile | None:
        if "phases" in self.record:
            return CaseFile.from_record(self.record)
        full = await info.context.loaders.case_file.load(UUID(self.record["id"]))
        return CaseFile.from_optional(full)

    referrals = children(
        "referrals /v1/referrals",
        "gateway.schema.referral:Referral",
        "caseId",
        en="Every referral to or from this case that is visible to the caller's unit; null while"
        " the service cannot say.",
        de="Jede Überleitung zu diesem oder aus diesem Fall, die für die eigene Stelle sichtbar"
        " ist; null, solange der Dienst es nicht sagen kann.",
        is_answered_elsewhere=True,
    )
    person = related(
        "cases /v1/persons",
        Person,
        "personId",
        en="The person, where recorded.",
        de="Die Person, soweit erfasst.",
    )
    family = related(
        "cases /v1/families",
        Family,
        "familyId",
        en="The family with its members, where recorded.",
        de="Die Familie mit ihren Mitgliedern, soweit erfasst.",
    )
    referral_proposals = children(
        "cases /v1/referral-proposals",
        ReferralProposal,
        "caseId",
        en="Referrals proposed after a change of the body of law.",
        de="Überleitungen, die nach einem Rechtskreiswechsel vorgeschlagen sind.",
    )
    value_origins = part(
        "cases /v1/cases/{id}/provenance",
        Provenance,
        en="Where each value came from.",
        de="Woher jeder Wert kam.",
    )
    retention = part(
        "cases /v1/cases/{id}/retention",
        Retention,
        en="Until when the case is kept, why, and what would change it.",
        de="Bis wann der Fall aufbewahrt wird, warum, und was es ändern würde.",
    )
    erasure = part(
        "cases /v1/cases/{id}/erasure",
        Erasure,
        en="How far its erasure in every service is.",
        de="Wie weit seine Löschung in allen Diensten ist.",
    )

    async def _steps(self, info: Info) -> Record:
        """A row of a list does not say what can be done; a batch by ids does."""
        if self.record.get("availableTransitions") is not None:
            return self.record
        return await info.context.loaders.case.load(UUID(self.record["id"])) or {}
