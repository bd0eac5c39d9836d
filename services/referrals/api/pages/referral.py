"""The page of one referral: the preview, the content after acceptance, and what can be done."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from markupsafe import Markup
from starlette.responses import HTMLResponse

from services.referrals.api.pages import words
from services.referrals.api.pages.files import files_part
from services.referrals.api.pages.frame import Fault, joined, page
from services.referrals.domain.codes import (
    ACCEPTED_OR_LATER,
    DataCategory,
    ReferralAction,
    ReferralState,
    RejectReason,
)
from services.referrals.domain.content_labels import MEMBERS, PRECISIONS, RESIDENCE_GROUPS
from services.referrals.domain.disclosures import DISPUTED
from services.referrals.domain.labels import CODE_LISTS, DATA_CATEGORIES, REJECT_REASONS
from services.referrals.operations.disclose import Disclosed
from services.referrals.operations.link_visits import BY_LINK, Sight
from shared.kernel.text import Text

_LINE = Markup("<div><dt>{}</dt><dd>{}{}</dd></div>")
_NOTE = Markup('<span class="note">{}</span>')
_HIDDEN = Markup(
    '<input type="hidden" name="form" value="{}"><input type="hidden" name="version" value="{}">'
)
_STEP = Markup(
    '<form method="post" action="referral">{hidden}<p class="hint" id="hint-{action}">{hint}</p>'
    '<button name="do" value="{action}" aria-describedby="hint-{action}">{button}</button></form>'
)
_REJECT = Markup(
    '<form method="post" action="referral" novalidate>{hidden}<fieldset><legend>{legend}</legend>'
    '<label for="reason">{reason}</label>{reason_error}'
    '<select id="reason" name="reason" required{reason_invalid}>'
    '<option value="">{choose}</option>{options}</select>'
    '<label for="detail">{detail}</label><p class="hint" id="hint-detail">{detail_hint}</p>'
    "{detail_error}"
    '<textarea id="detail" name="detail" rows="4" maxlength="500"'
    ' aria-describedby="hint-detail{detail_described}"{detail_invalid}>{written}</textarea>'
    '<button class="second" name="do" value="reject">{button}</button></fieldset></form>'
)


def referral_page(
    language: str,
    sight: Sight,
    form: str,
    *,
    status: int = 200,
    faults: tuple[Fault, ...] = (),
    written: Mapping[str, str] | None = None,
) -> HTMLResponse:
    """`form` is the token of the session; `written` what was typed before it was refused."""
    say = _Speaker(language)
    parts = [say.preview(sight), *say.content(sight), *files_part(language, sight.files)]
    parts += say.steps(sight, form, faults, written or {})
    return page(language, words.REFERRAL, joined(parts), status=status, faults=faults)


class _Speaker:
    """Everything said in one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def preview(self, sight: Sight) -> Markup:
        found = sight.referral
        rows: list[tuple[Text, str | Text]] = [
            (words.FROM, sight.sender),
            (words.STATE, _label("referral-states", found["state"])),
            (words.MODE, _label("modes", found["mode"])),
            (words.TOPIC, _label("topics", found["topic"])),
            (words.PURPOSE, _label("purposes", found["purpose"])),
            (words.URGENCY, _label("urgencies", found["urgency"])),
            (words.AGE, _label("age-bands", found["ageBand"])),
            (words.LANGUAGE, found["language"] or "–"),
            (words.INTERPRETER, words.YES if found["interpreterNeeded"] else words.NO),
        ]
        lines = [_LINE.format(self(name), self(value), "") for name, value in rows]
        return Markup("<dl>{}</dl>").format(joined(lines))

    def content(self, sight: Sight) -> list[Markup]:
        heading = Markup("<h2>{}</h2>").format(self(words.CONTENT))
        if sight.content is not None:
            return [heading, *self._parts(sight.content)]
        is_later = ReferralState(sight.referral["state"]) not in ACCEPTED_OR_LATER
        can_accept = bool(sight.referral["allowedActions"])
        said = words.CONTENT_LATER if is_later and can_accept else words.CONTENT_GONE
        return [heading, Markup("<p>{}</p>").format(self(said))]

    def steps(
        self, sight: Sight, form: str, faults: tuple[Fault, ...], written: Mapping[str, str]
    ) -> list[Markup]:
        allowed = [action for action in BY_LINK if action in sight.referral["allowedActions"]]
        parts = [Markup("<h2>{}</h2>").format(self(words.WHAT_TO_DO))]
        hidden = _HIDDEN.format(form, sight.referral["version"])
        if not allowed:
            return [*parts, Markup("<p>{}</p>").format(self(words.NOTHING_TO_DO))]
        for action in allowed:
            if action is ReferralAction.REJECT:
                parts.append(self._reject(hidden, faults, written))
            else:
                hint, button = self(words.HINTS[action]), self(words.BUTTONS[action])
                step = _STEP.format(hidden=hidden, action=action.value, hint=hint, button=button)
                parts.append(step)
        return parts

    def _parts(self, opened: Disclosed) -> list[Markup]:
        """In the order of the categories; each disputed field with its note (§ 84 (2) SGB X)."""
        shown: list[Markup] = []
        for category in DataCategory:
            members = opened.content.get(category.value)
            if not members:
                continue
            shown.append(Markup("<h3>{}</h3>").format(self(DATA_CATEGORIES[category])))
            lines = []
            for name, value in members.items():
                path = f"{category.value}.{name}"
                note = _NOTE.format(self(DISPUTED)) if path in opened.disputed_fields else ""
                said = self._said(path, value, members)
                lines.append(_LINE.format(self(MEMBERS.get(path, path)), said, note))
            shown.append(Markup("<dl>{}</dl>").format(joined(lines)))
        return shown

    def _said(self, path: str, value: Any, members: dict[str, Any]) -> str:
        if path == "identity.birthDate":
            return _day(value, members.get("birthDatePrecision", "DAY"))
        if path == "identity.birthDatePrecision":
            return self(PRECISIONS.get(value, value))
        if path == "residence.group":
            return self(RESIDENCE_GROUPS.get(value, value))
        if path == "need.topics":
            return ", ".join(self(_label("topics", topic)) for topic in value)
        return ", ".join(map(str, value)) if isinstance(value, list) else str(value)

    def _reject(
        self, hidden: Markup, faults: tuple[Fault, ...], written: Mapping[str, str]
    ) -> Markup:
        option = Markup('<option value="{}"{}>{}</option>')
        chosen = Markup(" selected")
        options = [
            option.format(
                reason.value, chosen if reason.value == written.get("reason") else "", self(label)
            )
            for reason, label in REJECT_REASONS.items()
            if reason is not RejectReason.EXPIRED
        ]
        wrong = {fault.field: self(fault.message) for fault in faults}
        invalid = Markup(' aria-invalid="true" aria-describedby="error-reason"')
        return _REJECT.format(
            hidden=hidden,
            legend=self(words.REFUSE),
            reason=self(words.REASON),
            reason_error=_error("reason", wrong),
            reason_invalid=invalid if "reason" in wrong else "",
            choose=self(words.CHOOSE),
            options=joined(options),
            detail=self(words.DETAIL),
            detail_hint=self(words.DETAIL_HINT),
            detail_error=_error("detail", wrong),
            detail_described=" error-detail" if "detail" in wrong else "",
            detail_invalid=Markup(' aria-invalid="true"') if "detail" in wrong else "",
            written=written.get("detail", ""),
            button=self(words.BUTTONS[ReferralAction.REJECT]),
        )

    def __call__(self, said: str | Text) -> str:
        return said.in_language(self.language) if isinstance(said, Text) else said


def _label(codes: str, value: str) -> str | Text:
    return CODE_LISTS[codes].get(value, value)


def _error(field: str, wrong: Mapping[str, str]) -> Markup | str:
    line = Markup('<p class="error" id="error-{}">{}</p>')
    return line.format(field, wrong[field]) if field in wrong else ""


def _day(value: str, precision: str) -> str:
    """No more than is known: the first of January may mean "some day of that year"."""
    forms = {"DAY": "%d.%m.%Y", "MONTH": "%m.%Y", "YEAR": "%Y"}
    return date.fromisoformat(value).strftime(forms[precision])
