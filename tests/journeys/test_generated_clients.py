"""The client that a team generates from the published contracts does the main job."""

import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import uuid4

import pytest

from deploy.clients import make_clients
from deploy.local.demo.client import Client
from deploy.local.demo.papers import paper
from deploy.local.demo.story_referral import consent_ground, referral_body
from deploy.local.settings import HOST
from tests.waiting import until

JOBCENTER = "st-jobcenter-system"
CARITAS = "rheine-caritas-case-manager"
SERVICES = ("cases", "referrals")
OTHER_BANK = "rheine-lernen-foerdern-case-manager"


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("clients")
    return [one.folder for one in make_clients(folder, SERVICES, ["python"])]


@pytest.fixture
def library(
    folders: list[Path], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], ModuleType]]:
    """`library("cases")`: the generated Python package, as one that was installed."""
    for folder in folders:
        monkeypatch.syspath_prepend(folder)
    yield lambda service: importlib.import_module(f"kim_{service}")
    packages = {f"kim_{service}" for service in SERVICES}
    for name in [one for one in sys.modules if one.partition(".")[0] in packages]:
        del sys.modules[name]


async def test_the_generated_python_client_runs_the_story(
    library: Callable[[str], ModuleType], people: Client
) -> None:
    referrals, cases = library("referrals"), library("cases")

    async def signed_in(package: ModuleType, service: str, persona: str) -> Any:
        port = people.settings.ports()[f"{service}_port"]
        return package.ApiClient(
            package.Configuration(
                host=f"http://{HOST}:{port}", access_token=await people.token(persona)
            )
        )

    jobcenter = await signed_in(referrals, "referrals", JOBCENTER)
    caritas = await signed_in(referrals, "referrals", CARITAS)
    other_bank = await signed_in(referrals, "referrals", OTHER_BANK)
    case_work = await signed_in(cases, "cases", CARITAS)
    async with jobcenter, caritas, other_bank, case_work:
        sent = await _refer(referrals, jobcenter)
        assert (sent.state, sent.recipient_unit) == ("SUBMITTED", "rheine-caritas")

        door = referrals.ReferralsApi(caritas)
        before = await door.read_referral(sent.id)
        assert (before.state, before.content) == ("SUBMITTED", None)
        with pytest.raises(referrals.exceptions.NotFoundException):
            await referrals.ReferralsApi(other_bank).read_referral(sent.id)

        steps = referrals.ReferralStepsApi(caritas)
        pulled = await steps.post_pull(sent.id, if_match=f'"{before.version}"')
        accepted = await steps.post_accept(sent.id, if_match=f'"{pulled.version}"')
        assert (pulled.state, accepted.state) == ("DELIVERED", "ACCEPTED")
        content = (await door.read_referral(sent.id)).content
        assert content["identity"]["familyName"] == "Aydoğan"

        async def case_of_it() -> Any:
            found = await cases.CasesApi(case_work).list_cases(referral_id=str(sent.id))
            return next(iter(found.items), None)

        listed = await until(case_of_it)
        case = await cases.CasesApi(case_work).read_case(listed.id)
        assert (case.state, case.referral_id) == ("REQUESTED", sent.id)


async def _refer(referrals: ModuleType, jobcenter: Any) -> Any:
    """Sent twice with one key, as after a broken connection: one referral."""
    areas = paper("rheine_areas")
    address = f"{areas['areas'][0]['streets_from_paper'][0]} 140"
    place = await referrals.RoutingApi(jobcenter).get_routing(
        service="CASE_MANAGEMENT", municipality=areas["municipality_ags"], address=address
    )
    reference = f"generated-{uuid4().hex[:8]}"
    ground = consent_ground(reference, place.unit_id)
    body = referral_body(reference, address) | {"legalGround": ground, "submit": True}
    new = referrals.NewReferral.from_dict(body)
    first, second = [
        await referrals.ReferralsApi(jobcenter).post_referral_with_http_info(
            new, idempotency_key=f"story-{reference}"
        )
        for _ in range(2)
    ]
    assert (first.status_code, second.data.id) == (201, first.data.id)
    assert second.headers["idempotency-replayed"] == "true"
    return first.data
