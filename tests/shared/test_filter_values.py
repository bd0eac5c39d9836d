"""What a filter takes is what the contract says, and nothing else."""

import re
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import pytest
from sqlalchemy import Column, String

from shared.database.filter_values import TEXT_MAX, VALUES_MAX, Written, instant, written, yes_or_no
from shared.database.filters import Filter


class Colour(StrEnum):
    RED = "RED"
    BLUE = "BLUE"


ID = "0193a000-0000-7000-8000-000000000001"


def test_a_filter_is_published_as_what_it_reads() -> None:
    assert written(UUID).published == {"type": "string", "format": "uuid"}
    assert written(Colour).published == {"type": "string", "enum": ["RED", "BLUE"]}
    assert written(yes_or_no).published == {"type": "boolean"}
    assert written(instant).published == {"type": "string", "format": "date-time"}
    assert written(date.fromisoformat).published["format"] == "date"
    assert Written("[0-9]{4}", int).published == {"type": "string", "pattern": "^[0-9]{4}$"}


@pytest.mark.parametrize(
    ("parse", "raw"),
    [
        (UUID, ID.replace("-", "")),
        (UUID, f"{{{ID}}}"),
        (date.fromisoformat, "20221121"),
        (date.fromisoformat, "2022-W47-1"),
        (yes_or_no, "True"),
        (Colour, "red"),
        (str, "x" * (TEXT_MAX + 1)),
        (str, "a\x00"),
        (datetime.fromisoformat, "2022-11-21\n"),
    ],
)
def test_another_form_of_a_value_is_refused(parse: type, raw: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - which one, the list turns into its refusal
        Filter(Column("x", String), parse).read("eq", raw)


def test_a_list_is_read_up_to_the_number_that_its_pattern_allows() -> None:
    several = Filter(Column("x", String), UUID, ("in",))
    pattern = several.schema("in")["pattern"]
    enough, many = ",".join([ID] * VALUES_MAX), ",".join([ID] * (VALUES_MAX + 1))
    assert re.search(pattern, enough)
    assert several.read("in", enough) == [UUID(ID)] * VALUES_MAX
    assert not re.search(pattern, many)
    with pytest.raises(ValueError):  # noqa: PT011 - which one, the list turns into its refusal
        several.read("in", many)
