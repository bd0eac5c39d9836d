"""Legal grounds as stored JSON: camelCase, so that the sender reads them as they were sent."""

from datetime import date, datetime
from typing import Any

from services.referrals.domain.codes import DataCategory, Purpose
from services.referrals.domain.legal_ground import (
    ConsentForm,
    Declaration,
    DisclosureDecision,
    DisclosureGround,
    LegalGround,
    ProtectionSteps,
    StatutoryDecision,
    StatutoryGround,
)
from shared.kernel.clock import iso_instant

Form = dict[str, Any]


def ground_form(ground: LegalGround | None) -> Form | None:
    if ground is None:
        return None
    return {
        "consent": _declaration_form(ground.consent),
        "statutory": _statutory_form(ground.statutory),
        "secrecyRelease": _declaration_form(ground.secrecy_release),
        "coversFeedback": ground.covers_feedback,
    }


def read_ground(form: Form | None) -> LegalGround | None:
    if form is None:
        return None
    return LegalGround(
        consent=_read_declaration(form["consent"]),
        statutory=_read_statutory(form["statutory"]),
        secrecy_release=_read_declaration(form["secrecyRelease"]),
        covers_feedback=form["coversFeedback"],
    )


def disclosure_form(decision: DisclosureDecision | None) -> Form | None:
    if decision is None:
        return None
    return {
        "ground": decision.ground.value,
        "decidedBy": decision.decided_by,
        "decidedAt": iso_instant(decision.decided_at),
        "fields": sorted(decision.fields),
        "clientInformed": decision.client_informed,
        "reason": decision.reason,
        "requestReference": decision.request_reference,
    }


def read_disclosure(form: Form | None) -> DisclosureDecision | None:
    if form is None:
        return None
    return DisclosureDecision(
        ground=DisclosureGround(form["ground"]),
        decided_by=form["decidedBy"],
        decided_at=datetime.fromisoformat(form["decidedAt"]),
        fields=frozenset(form["fields"]),
        client_informed=form["clientInformed"],
        reason=form["reason"],
        request_reference=form["requestReference"],
    )


def steps_form(steps: ProtectionSteps | None) -> Form | None:
    if steps is None:
        return None
    return {
        "discussedWithFamily": steps.discussed_with_family,
        "notDiscussedReason": steps.not_discussed_reason,
        "specialistConsulted": steps.specialist_consulted,
        "familyInformed": steps.family_informed,
        "notInformedReason": steps.not_informed_reason,
    }


def read_steps(form: Form | None) -> ProtectionSteps | None:
    if form is None:
        return None
    return ProtectionSteps(
        discussed_with_family=form["discussedWithFamily"],
        not_discussed_reason=form["notDiscussedReason"],
        specialist_consulted=form["specialistConsulted"],
        family_informed=form["familyInformed"],
        not_informed_reason=form["notInformedReason"],
    )


def _declaration_form(declaration: Declaration | None) -> Form | None:
    if declaration is None:
        return None
    return {
        "reference": declaration.reference,
        "givenOn": declaration.given_on.isoformat(),
        "validTo": declaration.valid_to.isoformat(),
        "purpose": declaration.purpose.value,
        "recipientUnit": declaration.recipient_unit,
        "categories": sorted(category.value for category in declaration.categories),
        "form": declaration.form.value,
        "formReason": declaration.form_reason,
    }


def _read_declaration(form: Form | None) -> Declaration | None:
    if form is None:
        return None
    return Declaration(
        reference=form["reference"],
        given_on=date.fromisoformat(form["givenOn"]),
        valid_to=date.fromisoformat(form["validTo"]),
        purpose=Purpose(form["purpose"]),
        recipient_unit=form["recipientUnit"],
        categories=frozenset(map(DataCategory, form["categories"])),
        form=ConsentForm(form["form"]),
        form_reason=form["formReason"],
    )


def _statutory_form(decision: StatutoryDecision | None) -> Form | None:
    if decision is None:
        return None
    return {
        "ground": decision.ground.value,
        "decidedBy": decision.decided_by,
        "decidedAt": iso_instant(decision.decided_at),
    }


def _read_statutory(form: Form | None) -> StatutoryDecision | None:
    if form is None:
        return None
    return StatutoryDecision(
        ground=StatutoryGround(form["ground"]),
        decided_by=form["decidedBy"],
        decided_at=datetime.fromisoformat(form["decidedAt"]),
    )
