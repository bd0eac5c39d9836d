"""The main job as a story against the whole running system: it plays, and it can play again."""

from pathlib import Path

import pytest
from pypdf import PdfReader

from deploy.local.demo.client import Client
from deploy.local.demo.story import play
from tests.local_system import LocalSystem

CHAPTERS = ["a)", "b)", "c)", "d)", "e)"]


async def test_the_story_plays_to_its_end_and_can_be_played_again(
    demo_system: LocalSystem, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        capsys.readouterr()
        await play(demo_system.settings)
        told = capsys.readouterr().out
        assert [line[:2] for line in told.splitlines() if line[1:2] == ")"] == CHAPTERS
        for sentence in (
            "SUBMITTED to rheine-caritas",
            "SUBMITTED to rheine-lernen-foerdern",
            "READY, waits for a person: NOT_LOCATABLE",
            "(replayed: the same answer, nothing new)",
            "no name, no content",
            "is REQUESTED and nameless",
            "422 guard-failed",
            "Nothing has changed: the case is still in INTAKE.",
            "INTAKE → ASSESSMENT → PLANNING → LINKING → MONITORING → EVALUATION → CLOSED",
            "the sender sees COMPLETED: SERVICE_STARTED",
            "409 not-enough-free",
            "Free: 12.00 posts, 660.000,00 EUR.",
            "422 more-than-the-parent-has",
        ):
            assert sentence in told


async def test_the_story_leaves_the_award_of_warendorf_as_it_was(demo_system: LocalSystem) -> None:
    await play(demo_system.settings)
    async with Client(demo_system.settings) as client:
        awards = await client.items("waf-funding-officer", "funding", "/v1/awards")
        [award] = [one for one in awards if one["reference"] == "DEMO-KIM-WAF-2022"]
        shares = await client.items(
            "waf-funding-officer", "funding", "/v1/allocations", awardId=award["id"]
        )
    line = next(line for line in award["lines"] if line["key"] == "b2-posts")
    assert (line["allocatedFte"], line["freeFte"]) == ("0.00", "14.00")
    assert {share["state"] for share in shares} == {"CANCELLED"}


async def test_f1_f2_f15_the_story_keeps_a_report_with_the_figures_of_the_paper(
    demo_system: LocalSystem,
) -> None:
    await play(demo_system.settings)
    folder = demo_system.settings.state_dir / "reports"
    pdf = _words(folder / "status-2022-11-21.pdf")
    csv = (folder / "status-2022-11-21.csv").read_text(encoding="windows-1252")
    for figure in ("21,00", "13,87", "2,88", "4,25", "7,62", "1.222.800,00", "379", "111"):
        assert figure in pdf
    for figure in ("21,00", "13,87", "2,88", "4,25", "7,62", "1222800,00", "379", "111"):
        assert figure in csv


def _words(file: Path) -> str:
    return " ".join(page.extract_text() for page in PdfReader(file).pages)
