"""The names of nationalities beside their keys, joined from the code list while reading."""

from typing import Any

import orjson
from sqlalchemy import ColumnElement
from sqlalchemy import literal_column as sql

from services.cases.domain.nationalities import NATIONALITIES

_DETAILS = {
    code.code: {
        "key": code.code,
        "iso": code.iso,
        "labelDe": code.label.de,
        "labelEn": code.label.en,
        "validTo": code.valid_to,
    }
    for code in NATIONALITIES.codes
}
_LIST = orjson.dumps(_DETAILS).decode().replace("'", "''")
# A key from before there was a list stays visible, without a name.
_UNNAMED = "jsonb_build_object('key', n.key, 'iso', null, 'labelDe', null, 'labelEn', null,"
_UNNAMED += " 'validTo', null)"
NATIONALITY_DETAILS: ColumnElement[Any] = sql(
    f"(select coalesce(jsonb_agg(coalesce('{_LIST}'::jsonb -> n.key::text, {_UNNAMED})"  # noqa: S608 - constant list
    " order by n.place), '[]'::jsonb)"
    " from unnest(person.nationalities) with ordinality n(key, place))"
).label("nationality_details")
