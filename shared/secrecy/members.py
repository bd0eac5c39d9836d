"""JSON of which some texts are sealed, each for its own place."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import orjson

from shared.secrecy.columns import MARK, Sealed, SealedJson, SealedMembers, with_members
from shared.secrecy.values import JSON_FORM, Place, seal


def sealed_json(
    key_id: UUID, key: bytes, content: Mapping[str, Any], place: Place
) -> dict[str, Any]:
    """Each member's value sealed by itself, for its own place."""
    return {
        part: {
            member: seal(
                key_id,
                key,
                orjson.dumps(value).decode(),
                place.within(f"{part}.{member}"),
                JSON_FORM,
            )
            for member, value in members.items()
        }
        for part, members in content.items()
    }


def sealed_members(
    key_id: UUID, key: bytes, content: Mapping[str, Any], column: SealedMembers, place: Place
) -> dict[str, Any]:
    """The free texts sealed, all else as it is."""
    texts = {
        path: seal(key_id, key, text, place.within(path))
        for path, text in column.texts(content).items()
    }
    return with_members(content, texts)


def is_mute(column: Sealed, value: Any) -> bool:
    """Nothing in it is to be sealed, now or ever."""
    return not value or (isinstance(column, SealedMembers) and not column.texts(value))


def has_plain(column: Sealed, value: Any) -> bool:
    """Whether some of it is not sealed yet."""
    if isinstance(column, SealedMembers):
        return not all(text.startswith(MARK) for text in column.texts(value).values())
    if isinstance(column, SealedJson):
        members = (one for part in value.values() for one in part.values())
        return not all(isinstance(one, str) and one.startswith(MARK) for one in members)
    return not str(value).startswith(MARK)
