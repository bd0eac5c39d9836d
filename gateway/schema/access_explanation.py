"""Why the caller sees a record and what of it is hidden: said by the service that has it."""

import asyncio

import strawberry

from gateway.clients.conversation import Record
from gateway.clients.faults import ServiceFault, ServiceRefused
from gateway.context import Info
from gateway.schema.codes.access import ExplainedKind
from gateway.schema.node import record_id
from gateway.schema.published import Published, both, field
from gateway.schema.texts import BothLanguages


@strawberry.type(
    description=both(
        "A rule that shows a record or hides a part of it.",
        "Eine Regel, die einen Datensatz zeigt oder einen Teil davon verbirgt.",
    )
)
class AccessRule(Published):
    code: str = field("Code of the rule.", "Schlüssel der Regel.")
    basis: BothLanguages = field(
        "Article of law, or decision of the project.", "Rechtsgrundlage oder Entscheidung."
    )
    text: BothLanguages = field("Sentence for people.", "Satz für Menschen.")
    members: list[str] = field(
        "Members it is about, as in the document of the REST interface; empty: the whole record.",
        "Angaben, um die es geht, wie im Dokument der REST-Schnittstelle; leer: der ganze"
        " Datensatz.",
    )


@strawberry.type(
    description=both(
        "Why the caller sees a record, and what of it is hidden.",
        "Warum ein Datensatz zu sehen ist und was davon verborgen bleibt.",
    )
)
class AccessExplanation(Published):
    id: strawberry.ID = field("UUID of the record.", "UUID des Datensatzes.")
    kind: ExplainedKind = field("What kind of record it is.", "Welche Art von Datensatz es ist.")
    shown_by: list[AccessRule] = field(
        "Rules that show it or some of its members.",
        "Regeln, die ihn oder einzelne Angaben zeigen.",
    )
    narrowed_by: list[AccessRule] = field(
        "Rules by which only some of a member is there.",
        "Regeln, nach denen eine Angabe nur zum Teil da ist.",
    )
    hidden_by: list[AccessRule] = field(
        "Rules that hide members.", "Regeln, die Angaben verbergen."
    )
    hidden_members: list[str] = field(
        "Members that are hidden: null or left out.",
        "Verborgene Angaben: null oder weggelassen.",
    )


async def access_explanation(info: Info, id_: strawberry.ID) -> AccessExplanation | None:
    """One call for each service, all at the same time; None where none shows such a record.

    Raises ServiceFault where nobody knows it and a service gave no answer: None would be a guess.
    """
    known = record_id(id_)
    if known is None:
        return None
    services = info.context.services

    async def asked(service: str) -> Record | ServiceFault | None:
        try:
            return await services.of(service).find(f"/v1/access-explanations/{known}")
        except ServiceFault as fault:
            is_hidden = isinstance(fault, ServiceRefused) and fault.is_hidden
            return None if is_hidden else fault

    answers = await asyncio.gather(*(asked(one) for one in ("cases", "funding", "referrals")))
    for answer in answers:
        if isinstance(answer, dict):
            return AccessExplanation.from_record(answer)
    for answer in answers:
        if isinstance(answer, ServiceFault):
            raise answer
    return None
