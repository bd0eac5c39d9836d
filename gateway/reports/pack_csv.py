"""The controlling report as one table for spreadsheets; `Abschnitt` says what a row belongs to.

A full stop in `Anzahl` is a small group that is not shown, or one that would tell it.
"""

from collections.abc import Iterable
from decimal import Decimal

from gateway.clients.conversation import Record
from gateway.reports import german
from gateway.reports.csv import EncodedTable, Encoding, Row, encoded_table, euros_of
from gateway.reports.pack import ControllingPack
from gateway.reports.pack_wording import agency, days, group, outcome, period_name
from gateway.reports.wording import FUNDING_LINES
from gateway.schema.case_controlling import LINE_OF_CASES, WITHOUT_CASES
from shared.kernel.money import Money

COLUMNS = (
    "Abschnitt",
    "Bezeichnung",
    "Von Stelle",
    "An Stelle",
    "Ausgang",
    "Anzahl",
    "Zähleinheit",
    "Tage bis Abruf (Median)",
    "Tage bis Antwort (Median)",
    "Bewilligt (Stellen)",
    "Besetzt (Stellen)",
    "Unbesetzt gemeldet (Stellen)",
    "Betrag (EUR)",
    "Hinweis",
)
CASE_GROUPS = (
    ("byPhase", "Offene Fälle nach Phase"),
    ("byFieldOfAction", "Offene Fälle nach Handlungsfeld"),
    ("byTargetGroup", "Offene Fälle nach Zielgruppe"),
    ("byAge", "Offene Fälle nach Dauer"),
    ("closedByReason", "Abgeschlossene Fälle nach Grund"),
)
MOVEMENT = (
    ("openBefore", "Offen zu Beginn"),
    ("opened", "Eröffnet"),
    ("closed", "Abgeschlossen"),
    ("openAtEnd", "Offen am Ende"),
)
LINE = FUNDING_LINES[LINE_OF_CASES.value]
AMOUNTS = (
    ("granted", "Bewilligt"),
    ("additional", "Zusätzliche Mittel"),
    ("reserved", "Vorgemerkt"),
    ("committed", "Gebunden"),
    ("used", "Verwendet"),
    ("free", "Frei"),
)


def pack_csv(pack: ControllingPack, encoding: Encoding) -> EncodedTable:
    return encoded_table(COLUMNS, _rows(pack), encoding)


def _rows(pack: ControllingPack) -> Iterable[Row]:
    period = pack.period
    span = f"{german.day(period.first)} bis {german.day(period.last)}"
    yield _row("Bericht", pack.area, Hinweis=f"{period_name(period)} ({span})")
    for missing in pack.missing:
        yield _row("Fehlender Teil", missing.part, Hinweis=missing.reason)
    if pack.cases is not None:
        yield from _cases(pack.cases)
    if pack.funding is not None:
        yield from _funding(pack.funding)
    if pack.referrals is not None:
        yield from _referrals(pack.referrals)


def _cases(cases: Record) -> Iterable[Row]:
    for name, label in MOVEMENT:
        yield _counted("Fälle", label, cases[name]) | {"Hinweis": LINE}
    for line, why in WITHOUT_CASES.items():
        yield _row("Fälle", FUNDING_LINES[line.value], Hinweis=why.de)
    for name, section in CASE_GROUPS:
        for item in cases[name]:
            yield _counted(section, group(item), item["cases"])


def _counted(section: str, label: str, number: int | None, unit: str = "Fälle") -> Row:
    return _row(section, label, Anzahl=german.count(number), Zähleinheit=unit)


def _funding(funding: Record) -> Iterable[Row]:
    posts = funding["positions"]
    total = posts["reportedTotal"] or posts["computedTotal"]
    for row in (*posts["rows"], {"label": "Gesamt", **total}):
        yield _row(
            "Personalstellen",
            row["label"],
            **{
                "Bewilligt (Stellen)": german.posts(Decimal(row["approved"])),
                "Besetzt (Stellen)": german.posts(Decimal(row["filled"])),
                "Unbesetzt gemeldet (Stellen)": ""
                if row["reportedVacant"] is None
                else german.posts(Decimal(row["reportedVacant"])),
            },
        )
    for line in funding["lines"]:
        name = FUNDING_LINES[line["fundingLine"]]
        for member, label in AMOUNTS:
            yield _amount(name, label, line[member])
        if line["outlook"] and line["outlook"]["expectedUnspent"] is not None:
            unspent = line["outlook"]["expectedUnspent"]
            yield _amount(name, "Voraussichtlich nicht verbraucht", unspent)
    yield _amount("Alle Bausteine", "Fördervolumen", funding["programmeVolume"])
    yield _amount("Alle Bausteine", "Mittel des Landes insgesamt", funding["ministryTotal"])


def _amount(name: str, label: str, amount: str) -> Row:
    text = euros_of(Money.parse(amount))
    return _row("Fördermittel", name, **{"Betrag (EUR)": text, "Hinweis": label})


def _referrals(told: Record) -> Iterable[Row]:
    yield _referred("Überleitungen", "Alle", told)
    for one in told["outcomes"]:
        yield _row(
            "Überleitungen nach Ausgang",
            outcome(one["outcome"]),
            Anzahl=german.count(one["referrals"]),
            Zähleinheit="Überleitungen",
        )
    for one in told["recipients"]:
        to = {"An Stelle": agency(one["agencyType"])}
        yield _referred("Überleitungen nach Stelle", "", one) | to
        for part in one["outcomes"]:
            yield _row(
                "Überleitungen nach Stelle und Ausgang",
                "",
                **to,
                Ausgang=outcome(part["outcome"]),
                Anzahl=german.count(part["referrals"]),
                Zähleinheit="Überleitungen",
            )
    for one in told["flows"]:
        ends = {
            "Von Stelle": agency(one["senderType"]),
            "An Stelle": agency(one["recipientType"]),
        }
        yield _referred("Wege von Stelle zu Stelle", "", one) | ends


def _referred(section: str, label: str, one: Record) -> Row:
    return _row(
        section,
        label,
        **{
            "Anzahl": german.count(one["referrals"]),
            "Zähleinheit": "Überleitungen",
            "Tage bis Abruf (Median)": _plain(one["medianDaysToPull"]),
            "Tage bis Antwort (Median)": _plain(one["medianDaysToAnswer"]),
        },
    )


def _plain(median: str | None) -> str:
    """Empty where there is none: a cell for figures holds figures."""
    return "" if median is None else days(median)


def _row(section: str, label: str, **values: str) -> Row:
    return {"Abschnitt": section, "Bezeichnung": label, **values}
