"""`GET /v1/access-explanations/{id}`: which rules show the caller a record, and which hide parts.

The record is read by the view of its own `GET`, in the caller's name and with the same entry in
the audit log: what is hidden there is unknown here.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, Self
from uuid import UUID

import orjson
from fastapi import APIRouter, Depends
from starlette.responses import Response

from shared.database.views import View
from shared.kernel.access_rules import AccessRule, Effect
from shared.kernel.caller import Caller
from shared.kernel.errors import NotFound
from shared.kernel.text import Text
from shared.service.desk import JSON, CurrentReading
from shared.web.access import CallerCheck
from shared.web.fields import ResponseModel

Published = Mapping[str, Any]
Rules = Sequence[AccessRule[Any]]


class ExplainedKind(StrEnum):
    CASE = "CASE"
    PERSON = "PERSON"
    REFERRAL = "REFERRAL"
    AWARD = "AWARD"
    ALLOCATION = "ALLOCATION"


class AccessSentence(ResponseModel):
    de: str
    en: str

    @classmethod
    def of(cls, text: Text) -> Self:
        return cls(de=text.de, en=text.en)


class AccessRuleView(ResponseModel):
    """`members` are paths into the document of the record; none: the rule is about all of it."""

    code: str
    basis: AccessSentence
    text: AccessSentence
    members: list[str]


class AccessExplanationView(ResponseModel):
    """Why the caller sees the record. `hiddenMembers` are null or left out of its document; of
    what `narrowedBy` names, only some is there.
    """

    id: UUID
    kind: ExplainedKind
    shown_by: list[AccessRuleView]
    narrowed_by: list[AccessRuleView]
    hidden_by: list[AccessRuleView]
    hidden_members: list[str]


@dataclass(frozen=True, slots=True)
class Explained:
    """A kind of record: the view of its own `GET`, the view's parameter that takes the id and the
    other values it asks for, and the rules about a document of it.
    """

    kind: ExplainedKind
    view: View
    parameter: str
    values: Callable[[Caller], Mapping[str, Any]]
    rules: Callable[[Caller, Published], Rules]


def access_explanations_router(check: CallerCheck, kinds: Sequence[Explained]) -> APIRouter:
    """`check` is the door that the records' own `GET` have."""
    router = APIRouter(tags=["access"])

    @router.get(
        "/v1/access-explanations/{record_id}",
        response_model=AccessExplanationView,
        summary="Which rules show and hide a record / Welche Regeln zeigen und verbergen",
    )
    async def read_access_explanation(
        record_id: UUID, caller: Annotated[Caller, Depends(check)], reading: CurrentReading
    ) -> Response:
        """Unknown and hidden are the same 404."""
        for one in kinds:
            values = {**one.values(caller), one.parameter: record_id}
            found = await one.view.one(reading.database, caller, **values)
            if found is not None:
                rules = one.rules(caller, orjson.loads(found.body))
                return _answer(_explanation(record_id, one.kind, rules))
        raise NotFound

    return router


def _answer(explanation: AccessExplanationView) -> Response:
    body = explanation.model_dump_json(by_alias=True)
    return Response(body, media_type=JSON, headers={"Cache-Control": "no-store"})


def _explanation(record_id: UUID, kind: ExplainedKind, rules: Rules) -> AccessExplanationView:
    hiding = [rule for rule in rules if rule.effect is Effect.HIDES]
    return AccessExplanationView(
        id=record_id,
        kind=kind,
        shown_by=_views(rule for rule in rules if rule.effect is Effect.SHOWS),
        narrowed_by=_views(rule for rule in rules if rule.effect is Effect.NARROWS),
        hidden_by=_views(hiding),
        hidden_members=sorted({member for rule in hiding for member in rule.members}),
    )


def _views(rules: Iterable[AccessRule[Any]]) -> list[AccessRuleView]:
    return [
        AccessRuleView(
            code=rule.code,
            basis=AccessSentence.of(rule.basis),
            text=AccessSentence.of(rule.text),
            members=list(rule.members),
        )
        for rule in rules
    ]
