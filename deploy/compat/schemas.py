"""Two JSON Schemas of one place, before and now, in one direction.

What a client sends must go on being taken; what it reads must go on being what it was told.
"""

from collections.abc import Iterator
from enum import Enum
from typing import Any, Final

from deploy.compat.changes import Found

Json = dict[str, Any]

UPPER: Final = ("maxLength", "maximum", "exclusiveMaximum", "maxItems", "maxProperties")
LOWER: Final = ("minLength", "minimum", "exclusiveMinimum", "minItems", "minProperties")


class Direction(Enum):
    SENT = "sent"
    READ = "read"


class SchemaComparison:
    """Follows references on both sides; each pair of named schemas is compared once."""

    def __init__(self, old: Json, new: Json, found: Found) -> None:
        self.old, self.new, self.found = old, new, found
        self._seen: set[tuple[str, str, Direction]] = set()

    def compare(self, old: Any, new: Any, place: str, direction: Direction) -> None:
        name = _name(old)
        if name:
            pair = (name, _name(new) or place, direction)
            if pair in self._seen:
                return
            self._seen.add(pair)
        before, now = _choices(old, self.old), _choices(new, self.new)
        self._null(before, now, place, direction)
        before = [one for one in before if not _is_null(one)]
        now = [one for one in now if not _is_null(one)]
        if len(before) != 1 or len(now) != 1:
            self._several(before, now, place, direction)
        elif before[0] is old or not _name(before[0]):
            meant = _meant(before[0], self.old), _meant(now[0], self.new)
            self._one(*meant, name or place, direction)
        else:
            self.compare(before[0], now[0], place, direction)

    def _null(self, old: list[Any], new: list[Any], place: str, direction: Direction) -> None:
        was, may = any(map(_is_null, old)), any(map(_is_null, new))
        if direction is Direction.READ and may and not was:
            self.found.breaking(place, "may-be-null", "was never null in an answer")
        if direction is Direction.SENT and was and not may:
            self.found.breaking(place, "null-refused", "null was taken")

    def _several(self, old: list[Any], new: list[Any], place: str, direction: Direction) -> None:
        """A choice between schemas. Those of one name are compared, others must be met by one."""
        names = {_name(one): one for one in new}
        for one in old:
            if _name(one) and _name(one) in names:
                self.compare(one, names[_name(one)], place, direction)
        if direction is Direction.SENT:
            for one in old:
                if not any(self._fits(one, other, direction) for other in new):
                    self.found.breaking(place, f"choice-removed={_label(one)}", "was taken")
        else:
            for other in new:
                if not any(self._fits(one, other, direction) for one in old):
                    self.found.dangerous(place, f"choice-added={_label(other)}", "may be answered")

    def _fits(self, old: Any, new: Any, direction: Direction) -> bool:
        if _name(old) and _name(old) == _name(new):
            return True
        trial = Found(self.found.contract)
        SchemaComparison(self.old, self.new, trial).compare(old, new, "", direction)
        return not trial.is_broken

    def _one(self, old: Json, new: Json, place: str, direction: Direction) -> None:
        if not self._types(old, new, place, direction):
            return
        self._values(old, new, place, direction)
        self._forms(old, new, place, direction)
        self._limits(old, new, place, direction)
        self._members(old, new, place, direction)
        self._others(old, new, place, direction)
        if "items" in old and "items" in new:
            self.compare(old["items"], new["items"], f"{place}[]", direction)
        if len(old.get("prefixItems", ())) != len(new.get("prefixItems", ())):
            self.found.breaking(place, "type-changed", "a row of another length")
        for number, pair in enumerate(zip(*_both(old, new, "prefixItems"), strict=False)):
            self.compare(*pair, f"{place}[{number}]", direction)

    def _types(self, old: Json, new: Json, place: str, direction: Direction) -> bool:
        """Whether the kinds of value agree; if not, nothing within is worth comparing."""
        before, now = _type(old), _type(new)
        taken, given = (before, now) if direction is Direction.SENT else (now, before)
        if given in (taken, "") or (taken, given) == ("integer", "number"):
            return True
        self.found.breaking(place, "type-changed", f"{before or 'anything'} → {now or 'anything'}")
        return False

    def _values(self, old: Json, new: Json, place: str, direction: Direction) -> None:
        before, now = _enum(old), _enum(new)
        if direction is Direction.SENT and now is not None:
            if before is None:
                self.found.breaking(place, "values-limited", "any value was taken")
            for value in _lacking(before, now):
                self.found.breaking(f"{place}={value}", "removed", "the value was taken")
        if direction is Direction.READ and before is not None:
            if now is None:
                self.found.dangerous(place, "values-opened", "were of a closed list")
            for value in _lacking(now, before):
                self.found.dangerous(f"{place}={value}", "added", "a value that answers never had")

    def _forms(self, old: Json, new: Json, place: str, direction: Direction) -> None:
        for form in ("format", "pattern"):
            before, now = old.get(form), new.get(form)
            if before == now:
                continue
            is_sent = direction is Direction.SENT
            if now is not None if is_sent else form == "format" and before is not None:
                self.found.breaking(place, f"{form}-changed", f"{before} → {now}")

    def _limits(self, old: Json, new: Json, place: str, direction: Direction) -> None:
        """Narrower is a break of what is sent; wider may not fit where answers are kept."""
        for limit, sign in (*((one, 1) for one in UPPER), *((one, -1) for one in LOWER)):
            before, now = _bound(old, limit, sign), _bound(new, limit, sign)
            text = f"{old.get(limit)} → {new.get(limit)}"
            if direction is Direction.SENT and now < before:
                self.found.breaking(place, f"{limit}-narrowed", text)
            if direction is Direction.READ and now > before and limit in UPPER:
                self.found.dangerous(place, f"{limit}-widened", text)

    def _members(self, old: Json, new: Json, place: str, direction: Direction) -> None:
        before, now = old.get("properties", {}), new.get("properties", {})
        for name in before.keys() - now.keys():
            text = "is refused or not heeded" if direction is Direction.SENT else "is not answered"
            self.found.breaking(f"{place}.{name}", "removed", text)
        for name in before.keys() & now.keys():
            self.compare(before[name], now[name], f"{place}.{name}", direction)
        asked, was_asked = set(new.get("required", ())), set(old.get("required", ()))
        if direction is Direction.SENT:
            for name in asked - was_asked:
                self.found.breaking(f"{place}.{name}", "now-required", "could be left out")
        else:
            for name in (was_asked - asked) & now.keys():
                self.found.breaking(f"{place}.{name}", "may-be-missing", "was in every answer")

    def _others(self, old: Json, new: Json, place: str, direction: Direction) -> None:
        """Members of any name."""
        before = old.get("additionalProperties", True)
        now = new.get("additionalProperties", True)
        if before is not False and now is False and direction is Direction.SENT:
            self.found.breaking(place, "other-members-refused", "members of any name were taken")
        elif isinstance(before, dict) and now is False:
            self.found.breaking(place, "other-members-removed", "members of any name were answered")
        elif isinstance(before, dict) and isinstance(now, dict):
            self.compare(before, now, f"{place}.*", direction)
        for names in ("propertyNames", "patternProperties"):
            if direction is Direction.SENT and names in new and old.get(names) != new[names]:
                self.found.breaking(place, f"{names}-changed", "other names were taken")


def _name(schema: Any) -> str:
    return schema.get("$ref", "").rsplit("/", 1)[-1] if isinstance(schema, dict) else ""


def _meant(schema: Any, document: Json) -> Json:
    if not isinstance(schema, dict):
        return {}
    if "$ref" not in schema:
        return schema
    named: Json = document["components"]["schemas"][_name(schema)]
    return named | {name: value for name, value in schema.items() if name != "$ref"}


def _choices(schema: Any, document: Json) -> list[Any]:
    """The schemas between which a value may choose; itself alone, if it gives no choice."""
    meant = _meant(schema, document)
    for several in ("anyOf", "oneOf"):
        if several in meant:
            return [one for choice in meant[several] for one in _choices(choice, document)]
    return [schema]


def _type(schema: Any) -> str:
    kind: str = schema.get("type", "") if isinstance(schema, dict) else ""
    return kind


def _is_null(schema: Any) -> bool:
    return _type(schema) == "null"


def _enum(schema: Json) -> list[Any] | None:
    return [schema["const"]] if "const" in schema else schema.get("enum")


def _lacking(of: list[Any] | None, in_: list[Any]) -> Iterator[Any]:
    return (value for value in of or () if value not in in_)


def _bound(schema: Json, limit: str, sign: int) -> float:
    return float(schema[limit]) * sign if limit in schema else float("inf")


def _both(old: Json, new: Json, name: str) -> tuple[list[Any], list[Any]]:
    return old.get(name, []), new.get(name, [])


def _label(schema: Any) -> str:
    return _name(schema) or _type(schema) or "anything"
