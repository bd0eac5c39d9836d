"""JSON Schema of each type of referral: what a partner's software can check before it sends."""

from copy import deepcopy
from typing import Any, Final
from uuid import UUID

import orjson
from fastapi import APIRouter
from starlette.responses import Response

from services.referrals.api.referral_schemas import EXAMPLE, NewReferral
from services.referrals.domain.codes import Mode
from services.referrals.domain.labels import MODES
from shared.web.fields import ResponseModel

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
CACHED = {"Cache-Control": "public, max-age=300"}
router = APIRouter(prefix="/v1/schemas", tags=["meta"])
