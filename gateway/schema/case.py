"""Cases."""

from collections.abc import Callable
from typing import Any

import strawberry

from gateway.clients.conversation import Record
from gateway.schema.access import ACCESS, CaseAccess
from gateway.schema.ahead import Ahead, ahead, own_id
from gateway.schema.case_file import CaseFile, CaseTransition
from gateway.schema.codes.case_files import CaseOrigin
from gateway.schema.codes.cases import CaseAction, CaseState, ClosingReason, DeclineReason
from gateway.schema.family import Family
from gateway.schema.node import Node
from gateway.schema.parts_of_case import PartsOfCase
from gateway.schema.person import Person
from gateway.schema.provenance import Provenance
from gateway.schema.published import both, field
from gateway.schema.reads import children, part, related
from gateway.schema.retention import Erasure, Retention
from gateway.schema.scalars import Date, DateTime
from gateway.schema.timeline import ReferralProposal


def _case_ahead(made: Callable[[Record], Any]) -> Ahead:
    """A row of a list does not say what can be done; a batch by ids does."""

    def is_said(record: Record) -> bool:
        return record.get("availableTransitions") is not None

    return Ahead(
        loader=lambda loaders: loaders.case,
        key=lambda record: None if is_said(record) else own_id(record),
        made=lambda found, _: made(found or {}),
        at_hand=lambda record: record,
    )


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
    masked_fields: list[str] = field(
        "Fields of the case and its file that are hidden from the caller.",
        "Felder des Falls und seiner Akte, die der anfragenden Person verborgen sind.",
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

    allowed_actions = ahead(
        _case_ahead(lambda steps: list(steps.get("allowedActions") or ())),
        "GET cases /v1/cases",
        list[CaseAction],
        both(
            "What can be done now: the buttons to draw.",
            "Was jetzt möglich ist: die Knöpfe, die zu zeigen sind.",
        ),
    )
    access = ahead(
        _case_ahead(CaseAccess.from_record), "GET cases /v1/cases", CaseAccess | None, ACCESS
    )
    available_transitions = ahead(
        _case_ahead(
            lambda steps: [
                CaseTransition.from_record(one) for one in steps.get("availableTransitions") or ()
            ]
        ),
        "GET cases /v1/cases",
        list[CaseTransition],
        both(
            "Every action of the state, with what blocks it.",
            "Jede Aktion des Standes, mit dem, was sie hindert.",
        ),
    )
    referral = related(
        "referrals /v1/referrals",
        "gateway.schema.referral:Referral",
        "referralId",
        en="The referral the case came from, when it is visible to the caller's unit.",
        de="Die Überleitung, aus der der Fall entstand, wenn sie für die eigene Stelle sichtbar"
        " ist.",
    )

    file = ahead(
        Ahead(
            loader=lambda loaders: loaders.case_file,
            key=lambda record: None if "phases" in record else own_id(record),
            made=lambda found, _: CaseFile.from_optional(found),
            at_hand=lambda record: record,
        ),
        "GET cases /v1/case-files",
        CaseFile | None,
        both(
            "What stands in the file; each file is logged as read.",
            "Was in der Akte steht; jede gelesene Akte wird protokolliert.",
        ),
    )
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
