"""`python -m deploy.local.demo.story`: the main job, played by real clients step by step."""

import secrets
import sys

from deploy.local.demo.client import Client
from deploy.local.demo.load import load, reported
from deploy.local.demo.narrator import Narrator
from deploy.local.demo.story_case import work_on_case
from deploy.local.demo.story_funding import control_funding
from deploy.local.demo.story_referral import receive_referral, refer_people, tell_outcome
from deploy.local.demo.story_report import report_status
from deploy.local.settings import LocalSettings


async def play(settings: LocalSettings) -> None:
    """Load what is missing, then play. Raises NotAnswered, SignInRefused in a group or alone."""
    await load(settings)
    async with Client(settings) as client:
        narrator = Narrator(client, run=f"demo-{secrets.token_hex(3)}")
        sent = await refer_people(narrator)
        case = await receive_referral(narrator, sent)
        await work_on_case(narrator, case)
        await tell_outcome(narrator, sent)
        await control_funding(narrator)
        await report_status(narrator, settings.state_dir / "reports")


def main() -> int:
    return reported(play)


if __name__ == "__main__":
    sys.exit(main())
