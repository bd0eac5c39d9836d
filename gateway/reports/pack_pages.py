"""Cases and referrals of the controlling report as they stand on paper."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from gateway.clients.conversation import Record
from gateway.reports import german
from gateway.reports.charts import bar_chart
from gateway.reports.pack import ControllingPack
from gateway.reports.pack_wording import HIDDEN, agency, count, days, group, outcome
from gateway.reports.wording import FUNDING_LINES
from gateway.schema.case_controlling import LINE_OF_CASES, WITHOUT_CASES
from gateway.schema.codes.controlling import ReferralOutcome
from shared.kernel.money import Money

NONE = "–"
MOVEMENT = (
    ("openBefore", "offen zu Beginn"),
    ("opened", "eröffnet"),
    ("closed", "abgeschlossen"),
    ("openAtEnd", "offen am Ende"),
)
CASE_CHARTS = (
    ("byPhase", "Offene Fälle nach Phase"),
    ("byFieldOfAction", "Offene Fälle mit Bedarf nach Handlungsfeld"),
    ("byTargetGroup", "Offene Fälle nach Zielgruppe"),
    ("byAge", "Offene Fälle nach Dauer"),
    ("closedByReason", "Abgeschlossene Fälle nach Grund"),
)
Page = dict[str, Any]


def key_figures(pack: ControllingPack) -> list[Page]:
    """What a committee asks first; what a missing part would have told is left out."""
    return [
        *(_of_cases(pack.cases) if pack.cases else ()),
        *(_of_funding(pack.funding) if pack.funding else ()),
        *(_of_referrals(pack.referrals) if pack.referrals else ()),
    ]


def _of_cases(cases: Record) -> Iterable[Page]:
    moved = f"{count(cases['opened'])} eröffnet, {count(cases['closed'])} abgeschlossen"
    yield _key("Offene Fälle", count(cases["openAtEnd"]), moved)


def _of_funding(funding: Record) -> Iterable[Page]:
    posts = funding["positions"]
    total = posts["reportedTotal"] or posts["computedTotal"]
    filled, approved = (german.posts(Decimal(total[one])) for one in ("filled", "approved"))
    yield _key("Besetzte Stellen", filled, f"von {approved} bewilligten")
    volume = Money.parse(funding["programmeVolume"])
    yield _key(
        "Fördervolumen", f"{volume.german()[:-3]} €", f"Haushaltsjahr {funding['fiscalYear']}"
    )


def _of_referrals(told: Record) -> Iterable[Page]:
    answer = told["medianDaysToAnswer"]
    hint = "Antwort: noch kein Median" if answer is None else f"Antwort nach {days(answer)} Tagen"
    yield _key("Überleitungen", count(told["referrals"]), hint)


def _key(label: str, value: str, hint: str) -> Page:
    return {"label": label, "value": value, "hint": hint}


def cases_page(cases: Record) -> Page:
    return {
        "movement": [{"label": label, "text": count(cases[member])} for member, label in MOVEMENT],
        "line": FUNDING_LINES[LINE_OF_CASES.value],
        "otherLines": [why.de for why in WITHOUT_CASES.values()],
        "edition": german.day_of(cases["editionOn"]),
        "charts": [
            bar_chart(
                title, [(group(item), item["cases"]) for item in cases[member]], "Fälle", HIDDEN
            )
            for member, title in CASE_CHARTS
            if cases[member]
        ],
    }


def referrals_page(told: Record) -> Page:
    used = {one["outcome"] for row in told["recipients"] for one in row["outcomes"]}
    columns = [one.value for one in ReferralOutcome if one.value in used]
    return {
        "summary": _summary(told),
        "charts": [
            bar_chart(title, bars, "Überleitungen", HIDDEN)
            for title, bars in (
                (
                    "Überleitungen nach Ausgang",
                    [(outcome(one["outcome"]), one["referrals"]) for one in told["outcomes"]],
                ),
                (
                    "Überleitungen nach empfangender Stelle",
                    [(agency(one["agencyType"]), one["referrals"]) for one in told["recipients"]],
                ),
            )
            if bars
        ],
        "columns": [outcome(code) for code in columns],
        "agencies": [_agency(row, columns) for row in told["recipients"]] if columns else [],
        "matrix": _matrix(told) if told["flows"] else None,
    }


def _summary(told: Record) -> str:
    if told["referrals"] == 0:
        return "Im Zeitraum wurde keine Überleitung gesandt."
    sent = f"Im Zeitraum gesandt: {count(told['referrals'])}."
    if not told["isSettled"]:
        end = german.day_of(told["settledOn"])
        return f"{sent} Nach Stellen und Ausgängen wird berichtet, sobald das Jahr am {end} endet."
    pull, answer = days(told["medianDaysToPull"]), days(told["medianDaysToAnswer"])
    return f"{sent} Abruf nach {pull} Tagen, Antwort nach {answer} Tagen (Mediane)."


def _agency(row: Record, columns: Sequence[str]) -> Page:
    counts = {one["outcome"]: count(one["referrals"]) for one in row["outcomes"]}
    return {
        "label": agency(row["agencyType"]),
        "total": count(row["referrals"]),
        "outcomes": [counts.get(code, NONE) for code in columns],
        "pull": days(row["medianDaysToPull"]),
        "answer": days(row["medianDaysToAnswer"]),
    }


def _matrix(told: Record) -> Page:
    ways = {(one["senderType"], one["recipientType"]): one for one in told["flows"]}
    columns = [one["agencyType"] for one in told["recipients"]]
    return {
        "columns": [agency(kind) for kind in columns],
        "rows": [
            {
                "label": agency(row["agencyType"]),
                "cells": [_way(ways.get((row["agencyType"], kind))) for kind in columns],
                "total": count(row["referrals"]),
            }
            for row in told["senders"]
        ],
        "totals": [
            *(count(one["referrals"]) for one in told["recipients"]),
            count(told["referrals"]),
        ],
    }


def _way(way: Record | None) -> Page:
    if way is None:
        return {"text": NONE, "days": ""}
    answer = way["medianDaysToAnswer"]
    return {"text": count(way["referrals"]), "days": "" if answer is None else f"{days(answer)} T."}
