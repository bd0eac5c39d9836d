"""Referrals as both sides see them."""

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry

from gateway.context import Info
from gateway.schema.node import Node
from gateway.schema.published import Published, both, field
from gateway.schema.referral_codes import (
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
from gateway.schema.scalars import Date, DateTime

if TYPE_CHECKING:
    from gateway.schema.case import Case

PROBLEM_PREFIX = "urn:kim:problem:referral:"


@strawberry.type(
    description=both(
        "One reason for refusing a referral.", "Ein Grund für die Ablehnung einer Überleitung."
    )
)
class ReferralProblem:
    reason: RejectReason = field("The coded reason.", "Der Grund als Code.")
    detail: str = field(
        "Explanation without personal data.", "Erläuterung ohne personenbezogene Daten."
    )
    instance: str = field(
        "JSON pointer into the content, where a part of it is meant.",
        "JSON-Zeiger in den Inhalt, wenn ein Teil davon gemeint ist.",
    )


@strawberry.type(
    description=both(
        "A referral from one unit to another, on the caller's side of it.",
        "Eine Überleitung von einer Stelle zu einer anderen, aus Sicht der anfragenden Seite.",
    )
)
class Referral(Published, Node):
    id: strawberry.ID = field("UUID of the referral.", "UUID der Überleitung.")
    version: int = field(
        "Version, to be named with every change.", "Fassung, bei jeder Änderung zu nennen."
    )
    state: ReferralState = field("State.", "Stand.")
    side: ReferralSide | None = field(
        "The side on which the caller's unit stands.",
        "Die Seite, auf der die eigene Stelle steht.",
    )
    mode: ReferralMode = field("Kind of referral.", "Art der Überleitung.")
    service_code: str = field("The service asked for.", "Die gewünschte Leistung.")
    topic: Topic = field("Field of action.", "Handlungsfeld.")
    purpose: Purpose = field("What the data are sent for.", "Wozu die Daten gesendet werden.")
    urgency: Urgency = field("Urgency.", "Dringlichkeit.")
    language: str = field("Language of the person, ISO 639-3.", "Sprache der Person, ISO 639-3.")
    interpreter_needed: bool = field("An interpreter is needed.", "Sprachmittlung ist nötig.")
    municipality_ags: str = field(
        "Municipality by its eight-digit key.", "Gemeinde mit achtstelligem Schlüssel."
    )
    age_band: AgeBand = field("Age band.", "Altersgruppe.")
    sender_unit: str = field("The sending unit.", "Die absendende Stelle.")
    recipient_unit: str | None = field(
        "The receiving unit; none while a person has to choose it.",
        "Die empfangende Stelle; leer, solange ein Mensch sie wählen muss.",
    )
    manual_reason: ManualReason | None = field(
        "Why no rule found a unit.", "Warum keine Regel eine Stelle fand."
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
    covers_feedback: bool | None = field(
        "Whether the outcome may be told to the sender.",
        "Ob das Ergebnis an die absendende Stelle zurückgehen darf.",
    )
    payload_digest: str | None = field(
        "Digest of the content, for the check on acceptance.",
        "Prüfsumme des Inhalts, für die Prüfung bei der Annahme.",
    )
    submitted_at: DateTime | None = field("When it was sent.", "Wann gesendet wurde.")
    expires_at: DateTime | None = field(
        "When it expires if nobody collects it.", "Wann sie verfällt, wenn niemand sie abholt."
    )
    reminded_at: DateTime | None = field("When the recipient was reminded.", "Wann erinnert wurde.")
    delivered_at: DateTime | None = field("When it was collected.", "Wann sie abgeholt wurde.")
    answered_at: DateTime | None = field("When it was answered.", "Wann sie beantwortet wurde.")
    outcome: Outcome | None = field("What became of it.", "Was daraus wurde.")
    withdraw_reason: WithdrawReason | None = field(
        "Why the sender took it back.", "Warum die absendende Stelle sie zurückzog."
    )
    created_at: DateTime = field("When it was drafted.", "Wann sie angelegt wurde.")
    updated_at: DateTime = field("Last change.", "Letzte Änderung.")
    allowed_actions: list[ReferralAction] = field(
        "What this side can do now: the buttons to draw.",
        "Was diese Seite jetzt tun kann: die Knöpfe, die zu zeigen sind.",
    )

    @strawberry.field(description=both("Why it was refused.", "Warum sie abgelehnt wurde."))
    def problems(self) -> list[ReferralProblem]:
        return [
            ReferralProblem(
                reason=RejectReason(str(one["type"]).removeprefix(PROBLEM_PREFIX)),
                detail=one.get("detail") or "",
                instance=one.get("instance") or "",
            )
            for one in self.record.get("problems") or ()
        ]

    @strawberry.field(
        description=both(
            "The case on the caller's own side, when there is one and it is visible.",
            "Der Fall auf der eigenen Seite, wenn es einen gibt und er sichtbar ist.",
        )
    )
    async def case(
        self, info: Info
    ) -> Annotated["Case", strawberry.lazy("gateway.schema.case")] | None:
        from gateway.schema.case import Case  # noqa: PLC0415 - the two types name each other

        case_id = self.record.get("caseId")
        if case_id is None:
            return None
        return Case.from_optional(await info.context.loaders.case.load(UUID(case_id)))
