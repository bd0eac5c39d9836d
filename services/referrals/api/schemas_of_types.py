"""JSON Schema of each type of referral: what a partner's software can check before it sends.

The rules of sending stand behind it: a body that fits may still be refused by what is known of
the recipient, the consent or the day.
"""

from collections.abc import Mapping
from typing import Any, Final, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict
from starlette.responses import JSONResponse, Response

from services.referrals.api.referral_schemas import EXAMPLE, NewReferral
from services.referrals.domain.codes import Mode
from services.referrals.domain.labels import MODES
from shared.web.fields import ResponseModel

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
SCHEMA_JSON: Final = "application/schema+json"
CACHED: Final = {"Cache-Control": "public, max-age=300"}
router = APIRouter(prefix="/v1/schemas", tags=["meta"])

_CHILD_PROTECTION: Final[dict[str, Any]] = EXAMPLE | {
    "serviceCode": "CHILD_PROTECTION",
    "topic": "FAMILY",
    "purpose": "CHILD_PROTECTION",
    "recipientUnit": "waf-jugendamt",
    "secretCategories": ["need"],
    "legalGround": {
        "statutory": {
            "ground": "KKG_4_3",
            "decidedBy": "u-17",
            "decidedAt": "2026-03-10T09:00:00Z",
        }
    },
    "protectionSteps": {
        "discussedWithFamily": True,
        "specialistConsulted": True,
        "familyInformed": True,
    },
}
_ANONYMOUS: Final[dict[str, Any]] = {
    name: value for name, value in EXAMPLE.items() if name != "legalGround"
} | {
    "serviceCode": "YOUTH_WELFARE",
    "topic": "FAMILY",
    "purpose": "YOUTH_WELFARE",
    "recipientUnit": "waf-jugendamt",
    "content": {
        "languages": {"spoken": ["tur"]},
        "need": {"summary": "Ein Kind kommt oft ohne Frühstück in die Schule."},
    },
}
_OWN: Final = {Mode.CHILD_PROTECTION: _CHILD_PROTECTION, Mode.ANONYMOUS_CONSULT: _ANONYMOUS}
EXAMPLES: Final[Mapping[Mode, dict[str, Any]]] = {
    mode: _OWN.get(mode, EXAMPLE) | {"mode": mode.value} for mode in Mode
}
"""One of each type, sent at once."""

ASKED_WHEN_SENT: Final[Mapping[Mode, tuple[str, ...]]] = {
    Mode.CHILD_PROTECTION: ("legalGround", "protectionSteps"),
    # What names nobody needs no ground: § 64 (2a) SGB VIII.
    Mode.ANONYMOUS_CONSULT: (),
}
"""Of types not named here the legal ground alone."""

_IS_SENT: Final = {"properties": {"submit": {"const": True}}, "required": ["submit"]}
_NAME_OR_PSEUDONYM: Final = {
    "anyOf": [
        {"required": [name], "properties": {name: {"type": "string"}}}
        for name in ("familyName", "pseudonym")
    ]
}


class SchemaAnswer(JSONResponse):
    media_type = SCHEMA_JSON


class SchemaOfType(ResponseModel):
    mode: Mode
    title_de: str
    title_en: str
    schema_path: str


class SchemaDocument(BaseModel):
    """JSON Schema 2020-12: what every one of them says, and the rest as the dialect has it."""

    model_config = ConfigDict(extra="allow")

    title: str
    type: Literal["object"]


class SchemasOfTypes(ResponseModel):
    items: list[SchemaOfType]


def schema_of(mode: Mode) -> dict[str, Any]:
    """What `POST /v1/referrals` takes for this type, with what it asks for when it is sent."""
    schema = NewReferral.model_json_schema(by_alias=True)
    title = MODES[mode]
    schema["properties"]["mode"] = {"const": mode.value}
    schema["$defs"].pop("Mode", None)
    schema["$defs"]["Identity"] |= _NAME_OR_PSEUDONYM
    return schema | {
        "$schema": DIALECT,
        "$id": f"urn:kim:referrals:schema:{mode.value}",
        "title": f"{title.en} / {title.de}",
        "examples": [EXAMPLES[mode]],
        "if": _IS_SENT,
        "then": _asked_when_sent(mode),
    }


def _asked_when_sent(mode: Mode) -> dict[str, Any]:
    needed = ASKED_WHEN_SENT.get(mode, ("legalGround",))
    return {"required": list(needed), "properties": {name: {"type": "object"} for name in needed}}


@router.get(
    "", response_model=SchemasOfTypes, summary="Types of referrals / Arten von Zusteuerungen"
)
async def list_schemas() -> Response:
    types = SchemasOfTypes(
        items=[
            SchemaOfType(
                mode=mode,
                title_de=title.de,
                title_en=title.en,
                schema_path=f"{router.prefix}/{mode.value}",
            )
            for mode, title in MODES.items()
        ]
    )
    body = types.model_dump_json(by_alias=True)
    return Response(body, media_type="application/json", headers=CACHED)


@router.get(
    "/{mode}",
    response_class=SchemaAnswer,
    response_model=SchemaDocument,
    summary="JSON Schema of one type / JSON-Schema einer Art",
)
async def read_schema(mode: Mode) -> Response:
    return SchemaAnswer(schema_of(mode), headers=CACHED)
