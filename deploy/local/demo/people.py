"""Invented families for the demonstration: the same ones on every machine, nobody real.

The counts follow the papers (379 families, of them 111 recorded as having fled Ukraine); names,
dates and addresses are drawn with a fixed seed from the stock in `names.yaml`.
"""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, TypeVar

from deploy.local.demo.papers import paper

SEED = "kim-demo-2022"
FLED_UKRAINE = "UKRAINE_TEMP_PROTECTION"
REPORTED_ON = date(2022, 11, 21)
# Figures are told of ends of quarters: nobody comes between that of the report and the report.
COUNTED_ON = date(2022, 9, 30)
EIGHT_WEEKS = timedelta(weeks=8)
CASE_MANAGEMENT_BEGAN_ON = date(2021, 2, 1)
FIRST_ARRIVALS_FROM_UKRAINE_ON = date(2022, 3, 1)
SATURDAY = 5

Choice = TypeVar("Choice")
Precision = Literal["DAY", "MONTH", "YEAR"]
Gender = Literal["FEMALE", "MALE"]

# Shares in per cent. Where papers were lost only the year is known; "1 January" would be a lie.
PRECISIONS: dict[Precision, int] = {"DAY": 88, "MONTH": 4, "YEAR": 8}
UNRECORDED_NATIONALITY = 0.06
BORN_GERMAN = 0.4
CHILDREN = {0: 24, 1: 25, 2: 27, 3: 14, 4: 6, 5: 3, 6: 1}


@dataclass(frozen=True, slots=True)
class Name:
    """A name as its bearer writes it, and in Latin letters."""

    written: str
    latin: str


@dataclass(frozen=True, slots=True)
class Person:
    """One member of a family.

    `born` is as exact as it is known: `1987-04-12`, `1987-04` or `1987`. `languages` are ISO
    639-3, `nationalities` keys of the Destatis list, none to several.
    """

    family_name: Name
    given_name: Name
    gender: Gender
    born: str
    birth_precision: Precision
    languages: tuple[str, ...]
    nationalities: tuple[str, ...]
    is_adult: bool


@dataclass(frozen=True, slots=True)
class Family:
    """A family in counselling, with the phase of its case on the reporting day.

    `cohorts` holds recorded codes; that of having fled Ukraine is independent of nationality.
    """

    number: int
    origin: str
    script: str
    members: tuple[Person, ...]
    municipality_ags: str
    cohorts: tuple[str, ...]
    phase: str
    opened_on: date
    in_phase_since: date

    @property
    def key(self) -> str:
        """Stable across machines and starts: the loader's idempotency keys are made of it."""
        return f"waf-family-{self.number:03d}"

    @property
    def client(self) -> Person:
        """The adult who asked for counselling."""
        return self.members[0]


def families() -> list[Family]:
    """The families of Kreis Warendorf in counselling for the paper of November 2022."""
    draw = random.Random(SEED)  # noqa: S311 - repeatable invention, nothing secret
    pairs = [*_pairs(draw, has_fled=True), *_pairs(draw, has_fled=False)]
    phases = [
        phase
        for phase, count in paper("warendorf")["invented_phases"].items()
        for _ in range(count)
    ]
    draw.shuffle(phases)
    made = [
        _family(draw, number, pair, phase)
        for number, (pair, phase) in enumerate(zip(pairs, phases, strict=True), start=1)
    ]
    return sorted(made, key=lambda family: (family.opened_on, family.number))


@dataclass(frozen=True, slots=True)
class _Pair:
    """Where a family comes from and where it lives now."""

    origin: dict[str, Any]
    municipality_ags: str
    has_fled: bool


def _pairs(draw: random.Random, *, has_fled: bool) -> list[_Pair]:
    """Origins and municipalities at random, both in the exact numbers of the data files."""
    counted = "in_cohort" if has_fled else "outside"
    origins = [origin for origin in paper("names")["origins"] for _ in range(origin[counted])]
    places = [
        place["ags"]
        for place in paper("warendorf")["invented_families"]
        for _ in range(_families_in(place, has_fled=has_fled))
    ]
    draw.shuffle(places)
    return [_Pair(origin, ags, has_fled) for origin, ags in zip(origins, places, strict=True)]


def _families_in(place: dict[str, int], *, has_fled: bool) -> int:
    return place["fled_ukraine"] if has_fled else place["families"] - place["fled_ukraine"]


def _family(draw: random.Random, number: int, pair: _Pair, phase: str) -> Family:
    opened_on = _weekday(
        draw, FIRST_ARRIVALS_FROM_UKRAINE_ON if pair.has_fled else CASE_MANAGEMENT_BEGAN_ON
    )
    return Family(
        number=number,
        origin=pair.origin["key"],
        script=pair.origin["script"],
        members=_members(draw, pair.origin, opened_on.year),
        municipality_ags=pair.municipality_ags,
        cohorts=(FLED_UKRAINE,) if pair.has_fled else (),
        phase=phase,
        opened_on=_before_the_count(opened_on),
        in_phase_since=max(
            _before_the_count(_weekday(draw, opened_on)), _before_the_count(opened_on)
        ),
    )


def _members(draw: random.Random, origin: dict[str, Any], year: int) -> tuple[Person, ...]:
    surname = draw.choice(origin["family"])
    client_gender: Gender = draw.choice(("FEMALE", "FEMALE", "MALE"))
    partner_gender: Gender = "MALE" if client_gender == "FEMALE" else "FEMALE"
    count = _weighted(draw, CHILDREN)
    client = _adult(draw, origin, surname, client_gender, year)
    adults = [client]
    if draw.random() < (0.55 if count else 0.3):
        adults.append(_adult(draw, origin, surname, partner_gender, year))
    father = next((adult for adult in adults if adult.gender == "MALE"), None)
    children = [_child(draw, origin, surname, father, year) for _ in range(count)]
    return (*adults, *children)


def _adult(
    draw: random.Random, origin: dict[str, Any], surname: list[str], gender: Gender, year: int
) -> Person:
    born, precision = _birth(draw, year - draw.randint(22, 68))
    is_recorded = draw.random() >= UNRECORDED_NATIONALITY
    return Person(
        family_name=_surname(surname, gender),
        given_name=_given(draw, origin, gender),
        gender=gender,
        born=born,
        birth_precision=precision,
        languages=tuple(origin["languages"]),
        nationalities=(origin["nationality"],) if is_recorded else (),
        is_adult=True,
    )


def _child(
    draw: random.Random,
    origin: dict[str, Any],
    surname: list[str],
    father: Person | None,
    year: int,
) -> Person:
    gender: Gender = draw.choice(("FEMALE", "MALE"))
    bears_fathers_name = origin["naming"] == "FATHER" and father is not None
    was_born_german = origin["key"] == "turkish" and draw.random() < BORN_GERMAN
    born, precision = _birth(draw, year - draw.randint(1, 17))
    return Person(
        family_name=(
            father.given_name if bears_fathers_name and father else _surname(surname, gender)
        ),
        given_name=_given(draw, origin, gender),
        gender=gender,
        born=born,
        birth_precision=precision,
        languages=(*origin["languages"], "deu"),
        nationalities=(
            (origin["nationality"], "000") if was_born_german else (origin["nationality"],)
        ),
        is_adult=False,
    )


def _surname(forms: list[str], gender: Gender) -> Name:
    """A family name in the form of its bearer; see the head of `names.yaml`."""
    if len(forms) == 4 and gender == "FEMALE":  # noqa: PLR2004 - two names with a Latin form each
        return Name(forms[2], forms[3])
    return Name(forms[0], forms[1] if len(forms) > 1 else forms[0])


def _given(draw: random.Random, origin: dict[str, Any], gender: Gender) -> Name:
    forms = draw.choice(origin["female" if gender == "FEMALE" else "male"])
    return Name(forms[0], forms[-1])


def _birth(draw: random.Random, year: int) -> tuple[str, Precision]:
    day = date(year, 1, 1) + timedelta(days=draw.randrange(365))
    precision = _weighted(draw, PRECISIONS)
    return day.isoformat()[: {"DAY": 10, "MONTH": 7, "YEAR": 4}[precision]], precision


def _weekday(draw: random.Random, first: date) -> date:
    """A working day from `first` to the last one before the report."""
    while True:
        day = first + timedelta(days=draw.randrange((REPORTED_ON - first).days))
        if day.weekday() < SATURDAY:
            return day


def _before_the_count(day: date) -> date:
    return day - EIGHT_WEEKS if day >= COUNTED_ON else day


def _weighted(draw: random.Random, shares: dict[Choice, int]) -> Choice:
    return draw.choices(list(shares), weights=list(shares.values()))[0]
