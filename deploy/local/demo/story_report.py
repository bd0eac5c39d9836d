"""Chapter e: the status report of the county, over GraphQL, as PDF and as CSV."""

import asyncio
from pathlib import Path
from typing import Any

from deploy.local.demo.narrator import Narrator
from deploy.local.demo.papers import paper
from shared.kernel.money import Money

COORDINATION = "waf-coordinator"
QUERY = """
query StatusReport($asOf: Date!) {
  statusReport(asOf: $asOf) {
    funding {
      __typename
      ... on FundingStatus {
        programmeVolume
        additionalFunds
        ministryTotal
        positions {
          rows { label ...Figures }
          reportedTotal { ...TotalFigures }
          findings { code subject }
        }
      }
    }
    cases {
      __typename
      ... on CaseStatistics { unit families { total thereofFledUkraine others } }
    }
  }
}
fragment Figures on PostRow { approved filled reportedVacant residual }
fragment TotalFigures on PostFigures { approved filled reportedVacant residual }
"""


async def report_status(narrator: Narrator, folder: Path) -> None:
    """Print the figures and keep the two files in `folder`."""
    narrator.chapter(
        "e",
        "Der Sachstandsbericht zum 21.11.2022, Zahl für Zahl wie in der Vorlage.",
        "The status report of 21 November 2022, figure by figure as in the paper.",
    )
    as_of = paper("warendorf")["counselling"]["as_of"].isoformat()
    data = await narrator.client.graphql(COORDINATION, QUERY, {"asOf": as_of})
    report = data["statusReport"]
    narrator.say(f"{COORDINATION}  POST /graphql  statusReport(asOf: {as_of})", "")
    for line in [*_posts(report["funding"]), "", *_money(report["funding"])]:
        narrator.say(line)
    narrator.say("", *_families(report["cases"]), "")
    for ending in ("pdf", "csv"):
        await _keep(narrator, folder / f"status-{as_of}.{ending}", as_of)


async def _keep(narrator: Narrator, file: Path, as_of: str) -> None:
    path = f"/reports/status{file.suffix}"
    answer = await narrator.client.get(COORDINATION, "gateway", path, asOf=as_of)
    answer.raise_for_refusal()
    await asyncio.to_thread(_write, file, answer.body)
    narrator.say(f"{COORDINATION}  GET  {path}?asOf={as_of}")
    narrator.say(f"    → {answer.status} {len(answer.body)} bytes, kept in {file}")


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def _posts(funding: Any) -> list[str]:
    table = funding["positions"]
    rows = [(row["label"], row) for row in table["rows"]] + [("Gesamt", table["reportedTotal"])]
    head = f"{'Personalstellen':<22}{'bewilligt':>11}{'besetzt':>11}{'unbesetzt':>11}{'Rest':>9}"
    return [head] + [
        f"{label:<22}{_comma(row['approved']):>11}{_comma(row['filled']):>11}"
        f"{_comma(row['reportedVacant']):>11}{_comma(row['residual']):>9}"
        for label, row in rows
    ]


def _money(funding: Any) -> list[str]:
    named = (
        ("Fördervolumen", "programmeVolume"),
        ("zusätzlich (Übersetzung)", "additionalFunds"),
        ("Landesmittel insgesamt", "ministryTotal"),
    )
    return [f"{name:<26}{Money.parse(funding[key]).german():>16} EUR" for name, key in named]


def _families(cases: Any) -> list[str]:
    families = cases["families"]
    return [
        f"Familien in Beratung (Zählweise {cases['unit']}): {families['total']}",
        f"darunter aus der Ukraine geflüchtet: {families['thereofFledUkraine']}",
        f"übrige: {families['others']}",
    ]


def _comma(fte: str) -> str:
    return fte.replace(".", ",")
