"""Cases of a period for those who see no case: what came, what went, and what is open."""

from datetime import date
from typing import Any

from services.cases.domain.code_lists import CodeList
from services.cases.domain.codes import (
    ARRIVAL_COHORTS,
    CASE_AGES,
    CLOSING_REASONS,
    FIELDS_OF_ACTION,
    PHASES,
)
from services.cases.domain.figures import (
    CountOfQuarter,
    Counts,
    EditionOfCases,
    GroupOfCases,
    carried_on,
)
from services.cases.domain.statistics import CountingUnit
from services.cases.storage.queries.reports import (
    CASES_OF_QUARTERS,
    EARLIER_EDITION,
    EDITION,
    KEEP_EDITION,
)
from shared.database.transaction import Transaction
from shared.kernel.periods import Period
from shared.kernel.suppression import reporting_day
from shared.kernel.text import Text

Document = dict[str, Any]
NOT_RECORDED = Text(de="Nicht erfasst", en="Not recorded")


async def edition_of_cases(tx: Transaction, today: date, *, small_cell_min: int) -> EditionOfCases:
    """The figures of all quarters that have ended, each as whoever asked first saw it."""
    last_day = reporting_day(today)
    row = await tx.row(EDITION, edition_on=last_day)
    if row is None:
        counts = [_kept(one) for one in await _taken(tx, last_day)]
        await tx.execute(
            KEEP_EDITION, tenant_id=tx.caller.tenant_id, edition_on=last_day, counts=counts
        )
        row = await tx.row(EDITION, edition_on=last_day)
    assert row is not None
    return EditionOfCases(_read(row["counts"], last_day), last_day, small_cell_min)


async def _taken(tx: Transaction, last_day: date) -> list[CountOfQuarter]:
    """What earlier editions told, carried on."""
    earlier = await tx.row(EARLIER_EDITION, edition_on=last_day)
    known = [
        CountOfQuarter(one["quarter_end"], one["by_group"], one["value"], one["cases"])
        for one in await tx.rows(CASES_OF_QUARTERS, edition_on=last_day)
    ]
    told = _read(earlier["counts"], earlier["edition_on"]) if earlier else []
    return carried_on(told, known, last_day)


def _read(kept: list[Document], edition_on: date) -> list[CountOfQuarter]:
    return [
        CountOfQuarter(
            date.fromisoformat(one["quarter_end"]),
            one["by_group"],
            one["value"],
            one["cases"],
            date.fromisoformat(one["told_on"]) if one.get("told_on") else edition_on,
        )
        for one in kept
    ]


def _kept(one: CountOfQuarter) -> Document:
    return {
        "quarter_end": one.quarter_end.isoformat(),
        "by_group": one.by_group,
        "value": one.value,
        "cases": one.cases,
        "told_on": one.told_on.isoformat() if one.told_on else None,
    }


async def count_cases(
    tx: Transaction, period: Period, today: date, *, small_cell_min: int
) -> Document:
    """Cases of the whole tenant in a quarter or a year that has ended; None is a hidden group.

    Why cases were closed is told for whole years only: with quarters it would be a table that has
    to be made safe together with those of the year. Raises FiguresNotSettled (409).
    """
    period.require_ended(today)
    edition = await edition_of_cases(tx, today, small_cell_min=small_cell_min)
    end = period.last_quarter
    reasons = edition.closed_by_reason(period) if period.quarter is None else {}
    return {
        "fromOn": period.first.isoformat(),
        "toOn": period.last.isoformat(),
        "editionOn": reporting_day(today).isoformat(),
        "unit": CountingUnit.CASE.value,
        "smallCellMin": edition.k,
        "openBefore": edition.running(period.before),
        "opened": edition.opened(period),
        "closed": edition.closed(period),
        "openAtEnd": edition.running(end),
        "byPhase": _items(edition.groups(end, GroupOfCases.PHASE), PHASES),
        "byFieldOfAction": _items(edition.fields_of_action(end), FIELDS_OF_ACTION),
        "byTargetGroup": _items(edition.groups(end, GroupOfCases.TARGET_GROUP), ARRIVAL_COHORTS),
        "byAge": _items(edition.groups(end, GroupOfCases.AGE), CASE_AGES),
        "closedByReason": _items(reasons, CLOSING_REASONS),
    }


def _items(counts: Counts, codes: CodeList) -> list[Document]:
    """In the order of the code list; what it does not know comes last."""
    labels = {code.code: code.label for code in codes.codes}
    places = {code: place for place, code in enumerate(labels)}
    return [
        {
            "value": value,
            "label": {"de": label.de, "en": label.en},
            "cases": cases,
        }
        for value, cases in sorted(counts.items(), key=lambda one: places.get(one[0], len(places)))
        for label in (labels.get(value, NOT_RECORDED),)
    ]
