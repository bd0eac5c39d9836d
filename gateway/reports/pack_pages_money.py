"""Posts and money of the controlling report as they stand on paper."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from gateway.clients.conversation import Record
from gateway.reports import german
from gateway.reports.charts import Chart, Stack, stack_chart
from gateway.reports.wording import FUNDING_LINES, TOTAL
from shared.kernel.money import ZERO, Money

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


def _post_chart(rows: Sequence[Record]) -> Chart:
    return posts_chart(
        (row["label"], Decimal(row["approved"]), Decimal(row["filled"])) for row in rows
    )


def posts_chart(rows: Iterable[tuple[str, Decimal, Decimal]]) -> Chart:
    """Label, approved and filled posts."""
    return stack_chart(
        "Besetzte und nicht besetzte Stellen",
        ("besetzt", "nicht besetzt (errechnet)"),
        [
            Stack(
                label,
                f"{german.posts(filled)} von {german.posts(approved)}",
                (Fraction(filled), Fraction(approved - filled)),
                f"{german.posts(filled)} von {german.posts(approved)} besetzt",
            )
            for label, approved, filled in rows
        ],
    )


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


def _money_chart(lines: Sequence[Record]) -> Chart:
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
    return stack_chart(
        "Verwendete, gebundene und freie Mittel nach den Büchern",
        ("verwendet", "gebunden und vorgemerkt", "frei"),
        [
            Stack(
                label,
                german.euros(used + committed + free),
                (used.cents, committed.cents, free.cents),
                f"verwendet {german.euros(used)}, gebunden {german.euros(committed)},"
                f" frei {german.euros(free)}",
            )
            for label, used, committed, free in parts
            if (used + committed + free).cents
        ],
    )
