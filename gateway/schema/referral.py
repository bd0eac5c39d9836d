"""Referrals as both sides see them."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from gateway.clients.conversation import Record
from gateway.context import Info
from gateway.schema.access import access_of
from gateway.schema.access_money import ReferralAccess
from gateway.schema.ahead import id_text, own_id
from gateway.schema.codes.contents import DataCategory
from gateway.schema.codes.exchange import HoldReason, OverlayAction
from gateway.schema.codes.referrals import (
    AgeBand,
    ManualReason,
    Outcome,
    Purpose,
    ReferralAction,
    ReferralMode,
    ReferralSide,
    ReferralState,
    RejectReason,
    Topic,
    Urgency,
    WithdrawReason,
)
from gateway.schema.node import Node
from gateway.schema.parts_of_referral import PartsOfReferral
from gateway.schema.provenance import ExternalId
from gateway.schema.published import REQUEST, Published, both, field, record_of
from gateway.schema.referral_content import ReferralContent
from gateway.schema.referral_disclosure import FieldDispute
from gateway.schema.scalars import Date, DateTime
from gateway.schema.texts import BothLanguages

if TYPE_CHECKING:
    from gateway.schema.case import Case


@strawberry.type(
    description=both(
        "One reason for refusing a referral.", "Ein Grund für die Ablehnung einer Überleitung."
    )
)
class ReferralProblem(Published):
    type: str = field("Problem type, a URN.", "Fehlerart, eine URN.")
    reason: RejectReason = field("Reason.", "Begründung.")
    title: BothLanguages = field("Title.", "Titel.")
    detail: str = field(
        "Explanation without personal data.", "Erläuterung ohne personenbezogene Daten."
    )
    instance: str = field(
        "JSON pointer to the part that is meant.", "JSON-Zeiger auf den gemeinten Teil."
    )


@strawberry.type(
    description=both(
        "A referral from one unit to another, on the caller's side of it.",
        "Eine Überleitung von einer Stelle zu einer anderen, aus Sicht der eigenen Seite.",
    )
)
class Referral(PartsOfReferral, Node):
    access = access_of(ReferralAccess)
    id: strawberry.ID = field("UUID.", "UUID.")
    version: int = field(
        "Version, to be named with every change.", "Fassung, bei jeder Änderung zu nennen."
    )
    state: ReferralState = field("State.", "Stand.")
    mode: ReferralMode = field("Kind of referral.", "Art der Überleitung.")
    service_code: str = field("The service asked for.", "Die gewünschte Leistung.")
    topic: Topic = field("Field of action.", "Handlungsfeld.")
    purpose: Purpose = field("What the data are sent for.", "Wozu die Daten gesendet werden.")
    urgency: Urgency = field("Urgency.", "Dringlichkeit.")
    language: str = field("Language, ISO 639-3.", "Sprache, ISO 639-3.")
    interpreter_needed: bool = field("An interpreter is needed.", "Sprachmittlung ist nötig.")
    municipality_ags: str = field(
        "Municipality by its eight-digit key.", "Gemeinde mit achtstelligem Schlüssel."
    )
    age_band: AgeBand = field("Age band.", "Altersgruppe.")
    sender_unit: str = field("The sending unit.", "Die absendende Stelle.")
    recipient_unit: str | None = field("The receiving unit.", "Die empfangende Stelle.")
    manual_reason: ManualReason | None = field(
        "Why no rule found a unit.", "Warum keine Regel eine Stelle fand."
    )
    external_ids: list[ExternalId] = field(
        "What software of the own unit knows the referral by.",
        "Wie Verfahren der eigenen Stelle die Überleitung kennen.",
    )
    created_at: DateTime = field("When it was recorded.", "Wann es erfasst wurde.")
    updated_at: DateTime = field("Last change.", "Letzte Änderung.")
    side: ReferralSide | None = field(
        "The side on which the caller's unit stands.", "Die Seite, auf der die eigene Stelle steht."
    )
    allowed_actions: list[ReferralAction] = field(
        "What can be done now: the buttons to draw.",
        "Was jetzt möglich ist: die Knöpfe, die zu zeigen sind.",
    )
    overlay_actions: list[OverlayAction] = field(
        "What can be done beside the steps: the buttons to draw.",
        "Was neben den Schritten möglich ist: die Knöpfe, die zu zeigen sind.",
    )
    rules_version: int | None = field(
        "Version of the routing rules that chose the unit.",
        "Fassung der Zuständigkeitsregeln, die die Stelle bestimmte.",
    )
    ground_kind: str | None = field("Kind of legal ground.", "Art der Rechtsgrundlage.")
    ground_code: str | None = field(
        "Code of the statutory ground.", "Code der gesetzlichen Grundlage."
    )
    ground_valid_to: Date | None = field(
        "Last day on which the ground holds.", "Letzter Tag, an dem die Grundlage gilt."
    )
    covers_feedback: bool = field(
        "Whether the outcome may be told to the sender.",
        "Ob das Ergebnis an die absendende Stelle zurückgehen darf.",
    )
    payload_digest: str | None = field(
        "Digest of the content, compared on acceptance.",
        "Prüfsumme des Inhalts, verglichen bei der Annahme.",
    )
    content_version: int = field("Version of the content.", "Fassung des Inhalts.")
    is_sealed: bool = field(
        "The content is encrypted for its recipient.",
        "Der Inhalt ist für die empfangende Stelle verschlüsselt.",
    )
    submitted_at: DateTime | None = field("When it was sent.", "Wann gesendet wurde.")
    expires_at: DateTime | None = field(
        "When it expires if nobody collects it.", "Wann sie verfällt, wenn niemand sie abholt."
    )
    reminded_at: DateTime | None = field("When the recipient was reminded.", "Wann erinnert wurde.")
    delivered_at: DateTime | None = field("When it was collected.", "Wann sie abgeholt wurde.")
    answered_at: DateTime | None = field("When it was answered.", "Wann sie beantwortet wurde.")
    held_since: DateTime | None = field("On hold since.", "Ruht seit.")
    hold_reason: HoldReason | None = field("Why it is on hold.", "Warum sie ruht.")
    assignee: str | None = field(
        "Who works on it; the recipient's own.", "Wer sie bearbeitet; nur für die empfangende."
    )
    assigned_at: DateTime | None = field("When it was assigned.", "Wann sie zugewiesen wurde.")
    escalated_at: DateTime | None = field("When it was escalated.", "Wann eskaliert wurde.")
    escalated_to: str | None = field(
        "To whom; the recipient's own.", "An wen; nur für die empfangende Stelle."
    )
    problems: list[ReferralProblem] = field("Why it was refused.", "Warum sie abgelehnt wurde.")
    outcome: Outcome | None = field("What became of it.", "Was daraus wurde.")
    withdraw_reason: WithdrawReason | None = field(
        "Why the sender took it back.", "Warum die absendende Stelle sie zurückzog."
    )
    signposting_id: strawberry.ID | None = field(
        "UUID of the signposting it came from.", "UUID des Verweises, aus dem sie entstand."
    )

    follows_id: strawberry.ID | None = field(
        "UUID of the refused referral that it corrects.",
        "UUID der abgelehnten Überleitung, die sie berichtigt.",
    )
    transfers_ownership: bool = field(
        "After acceptance the recipient leads the case.",
        "Nach der Annahme führt die empfangende Stelle den Fall.",
    )
    owner_unit: str = field("The unit that leads.", "Die führende Stelle.")
    open_proposal_id: strawberry.ID | None = field(
        "UUID of the counter-proposal that waits.", "UUID des Gegenvorschlags, der wartet."
    )

    @strawberry.field(
        description=both(
            "The case on the caller's own side, when there is one and it is visible.",
            "Der Fall auf der eigenen Seite, wenn es einen gibt und er sichtbar ist.",
        ),
        metadata={REQUEST: "GET cases /v1/cases"},
    )
    async def case(
        self, info: Info
    ) -> Annotated["Case", strawberry.lazy("gateway.schema.case")] | None:
        from gateway.schema.case import Case  # noqa: PLC0415 - the two types name each other

        case_id = self.record.get("caseId")
        if case_id is None:
            return None
        return Case.from_optional(await info.context.loaders.case.load(id_text(case_id)))

    @strawberry.field(
        description=both(
            "Fields hidden from the caller, as the service says; `explainAccess` says why.",
            "Felder, die der anfragenden Person verborgen sind, wie der Dienst sagt; warum, sagt"
            " `explainAccess`.",
        )
    )
    def masked_fields(self) -> list[str]:
        # What only the sender is shown, the service keeps in one member.
        named = record_of(self)["maskedFields"]
        return sorted("subjectReference" if one == "sending" else one for one in named)

    @strawberry.field(
        description=both(
            "The content: for the sender while it exists, for the recipient after acceptance; one"
            " read per referral.",
            "Der Inhalt: für die absendende Stelle, solange es ihn gibt, für die empfangende nach"
            " der Annahme; ein Zugriff je Überleitung.",
        ),
        metadata={REQUEST: "GET referrals /v1/referrals/{referral_id}"},
    )
    async def content(self, info: Info) -> ReferralContent | None:
        return ReferralContent.from_optional((await self._full(info)).get("content"))

    @strawberry.field(
        description=both(
            "Fields whose correctness the person disputes (§ 84 SGB X).",
            "Felder, deren Richtigkeit die Person bestreitet (§ 84 SGB X).",
        ),
        metadata={REQUEST: "GET referrals /v1/referrals/{referral_id}"},
    )
    async def disputed_fields(self, info: Info) -> list[str]:
        return list((await self._full(info)).get("disputedFields") or ())

    @strawberry.field(
        description=both(
            "The note that each disputed field carries.",
            "Der Vermerk, den jedes bestrittene Feld trägt.",
        ),
        metadata={REQUEST: "GET referrals /v1/referrals/{referral_id}"},
    )
    async def disputes(self, info: Info) -> list[FieldDispute]:
        found = (await self._full(info)).get("disputes") or ()
        return [FieldDispute.from_record(one) for one in found]

    @strawberry.field(
        description=both("Parts under professional secrecy.", "Teile unter Berufsgeheimnis."),
        metadata={REQUEST: "GET referrals /v1/referrals/{referral_id}"},
    )
    async def secret_categories(self, info: Info) -> list[DataCategory]:
        found = (await self._full(info)).get("secretCategories") or ()
        return [DataCategory(category) for category in found]

    @strawberry.field(
        description=both(
            "The sender's own reference of the person; shown to the sender only.",
            "Eigenes Aktenzeichen der absendenden Stelle; nur ihr gezeigt.",
        ),
        metadata={REQUEST: "GET referrals /v1/referrals/{referral_id}"},
    )
    async def subject_reference(self, info: Info) -> str | None:
        sending: Record = (await self._full(info)).get("sending") or {}
        return sending.get("subjectReference")

    async def _full(self, info: Info) -> Record:
        """A row of a list has no content; the single record has it, null where it is hidden."""
        if "content" in self.record:
            return self.record
        return await info.context.loaders.referral_detail.load(own_id(self.record)) or {}
