"""Posts and money of the controlling report as they stand on paper."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from gateway.clients.conversation import Record
from gateway.reports import german
from gateway.reports.wording import FUNDING_LINES, TOTAL
from shared.kernel.money import ZERO, Money

THOUSAND = 1000
Page = dict[str, Any]


def funding_page(funding: Record) -> Page:
    posts = funding["positions"]
    total = posts["reportedTotal"] or posts["computedTotal"]
    reported = posts["reportedOn"]
    source = f" (gemeldet am {german.day_of(reported)}; {posts['source']})" if reported else ""
    lines = [_line(line) for line in funding["lines"]]
    return {
        "asOf": german.day_of(funding["asOf"]),
        "source": source,
        "posts": [_post(row["label"], row) for row in (*posts["rows"], {"label": TOTAL, **total})],
        "postChart": _post_chart(posts["rows"]),
        "lines": [*lines, _total(funding)],
        "additional": german.euros(Money.parse(funding["additionalFunds"])),
        "volume": german.euros(Money.parse(funding["programmeVolume"])),
        "moneyChart": _money_chart(funding["lines"]),
    }


def _post(label: str, row: Record) -> Page:
    vacant = row["reportedVacant"]
    return {
        "label": label,
        "approved": german.posts(Decimal(row["approved"])),
        "filled": german.posts(Decimal(row["filled"])),
        "vacant": german.posts(None if vacant is None else Decimal(vacant)),
    }


def _post_chart(rows: Sequence[Record]) -> Page:
    """Filled and not filled, in thousandths of the most posts that a row has."""
    longest = max((Decimal(row["approved"]) for row in rows), default=Decimal(0)) or Decimal(1)
    title = "Besetzte und nicht besetzte Stellen"
    told = ", ".join(
        f"{row['label']} {german.posts(Decimal(row['filled']))} von"
        f" {german.posts(Decimal(row['approved']))}"
        for row in rows
    )
    return {
        "title": title,
        "alt": f"Gestapeltes Balkendiagramm: {title}. {told}.",
        "key": ["besetzt", "nicht besetzt (errechnet)"],
        "rows": [
            {
                "label": row["label"],
                "text": f"{german.posts(Decimal(row['filled']))}"
                f" von {german.posts(Decimal(row['approved']))}",
                "shares": [
                    int(Decimal(row["filled"]) * THOUSAND / longest),
                    int(max(Decimal(row["unoccupiedComputed"]), Decimal(0)) * THOUSAND / longest),
                ],
            }
            for row in rows
        ],
    }


def _line(line: Record) -> Page:
    committed = Money.parse(line["committed"]) + Money.parse(line["reserved"])
    return {
        "label": FUNDING_LINES[line["fundingLine"]],
        "granted": Money.parse(line["granted"]).german(),
        "committed": committed.german(),
        "used": Money.parse(line["used"]).german(),
        "free": Money.parse(line["free"]).german(),
        "unspent": _unspent(line),
    }


def _unspent(line: Record) -> str:
    outlook = line["outlook"]
    if outlook is None or outlook["expectedUnspent"] is None:
        return german.NO_FIGURE
    return Money.parse(outlook["expectedUnspent"]).german()


def _total(funding: Record) -> Page:
    lines = funding["lines"]
    unspent = [
        Money.parse(line["outlook"]["expectedUnspent"])
        for line in lines
        if line["outlook"] and line["outlook"]["expectedUnspent"] is not None
    ]
    return {
        "label": TOTAL,
        "granted": _sum(lines, "granted").german(),
        "committed": (_sum(lines, "committed") + _sum(lines, "reserved")).german(),
        "used": _sum(lines, "used").german(),
        "free": _sum(lines, "free").german(),
        "unspent": sum(unspent, ZERO).german() if unspent else german.NO_FIGURE,
    }


def _sum(lines: Sequence[Record], member: str) -> Money:
    return sum((Money.parse(line[member]) for line in lines), ZERO)


def _money_chart(lines: Sequence[Record]) -> Page:
    """Used, promised and free, of the money that the books know."""
    parts = [
        (
            FUNDING_LINES[line["fundingLine"]],
            Money.parse(line["used"]),
            Money.parse(line["committed"]) + Money.parse(line["reserved"]),
            Money.parse(line["free"]),
        )
        for line in lines
    ]
    shown = [one for one in parts if (one[1] + one[2] + one[3]).cents]
    longest = max(((one[1] + one[2] + one[3]).cents for one in shown), default=1)
    title = "Verwendete, gebundene und freie Mittel nach den Büchern"
    told = "; ".join(
        f"{label}: verwendet {german.euros(used)}, gebunden {german.euros(committed)},"
        f" frei {german.euros(free)}"
        for label, used, committed, free in shown
    )
    return {
        "title": title,
        "alt": f"Gestapeltes Balkendiagramm: {title}. {told}.",
        "key": ["verwendet", "gebunden und vorgemerkt", "frei"],
        "rows": [
            {
                "label": label,
                "text": german.euros(used + committed + free),
                "shares": [
                    max(part.cents, 0) * THOUSAND // longest for part in (used, committed, free)
                ],
            }
            for label, used, committed, free in shown
        ],
    }
