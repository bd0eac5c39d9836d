"""The portal for those who are signed in: an inbox that is live, and what their programs did."""

from http import HTTPStatus
from uuid import uuid4

from playwright.async_api import WebSocketRoute, expect

from deploy.local.demo.client import Client
from deploy.local.demo.narrator import Narrator
from deploy.local.demo.story_referral import refer_people
from tests.portal.conftest import Visit
from tests.portal.test_portal import TIMEOUT_MS
from tests.receiver import PLAIN_HOSTS


async def test_the_inbox_shows_a_referral_as_soon_as_another_agency_sends_it(
    visit: Visit, people: Client
) -> None:
    visitor = await visit()
    await visitor.sign_in("rheine-caritas-case-manager")
    await visitor.open("inbox")
    rows = visitor.page.locator("main tbody tr")
    arrived = visitor.page.get_by_text("Neu eingegangen")
    await expect(visitor.page.locator("main .live")).to_have_text("live")
    await expect(arrived).to_have_count(0)
    loaded = visitor.asked.count(f"{visitor.gateway}/portal/settings.json")
    await refer_people(Narrator(people, run=f"portal-{uuid4().hex[:8]}"))
    await expect(arrived).to_be_visible(timeout=TIMEOUT_MS)
    await expect(rows.first).to_contain_text("Jobcenter")
    await expect(visitor.page.locator("main .live")).to_have_text("live")
    assert visitor.asked.count(f"{visitor.gateway}/portal/settings.json") == loaded
    assert visitor.faults == []


async def test_a_lost_connection_is_said_and_comes_back_with_what_was_missed(
    visit: Visit, people: Client
) -> None:
    """The proxy drops the WebSocket, and lets none through while a referral arrives."""
    visitor = await visit()
    await visitor.sign_in("rheine-caritas-case-manager")
    lines: list[WebSocketRoute] = []
    is_through = True

    async def proxied(line: WebSocketRoute) -> None:
        lines.append(line)
        if is_through:
            line.connect_to_server()
        else:
            await line.close(code=1012)

    await visitor.page.route_web_socket("**/graphql", proxied)
    await visitor.open("inbox")
    await expect(visitor.page.locator("main .live")).to_have_text("live")
    is_through = False
    await lines[0].close(code=1012)
    await expect(visitor.page.locator("main .interrupted")).to_contain_text("unterbrochen")
    await refer_people(Narrator(people, run=f"portal-{uuid4().hex[:8]}"))
    is_through = True
    await expect(visitor.page.locator("main .live")).to_have_text("live", timeout=TIMEOUT_MS)
    await expect(visitor.page.get_by_text("Neu eingegangen")).to_be_visible(timeout=TIMEOUT_MS)
    assert len(lines) >= 2


async def test_administrators_see_what_was_delivered_and_asked(
    visit: Visit, people: Client
) -> None:
    """The page of webhooks: their endpoints and their programs' requests, without content."""
    url = f"http://{PLAIN_HOSTS[0]}/{uuid4().hex[:8]}"
    body = {"url": url, "description": "Probe"}
    path = "/v1/webhook-endpoints"
    made = await people.post("waf-integrator", "referrals", path, body, key=uuid4().hex)
    assert made.status == HTTPStatus.CREATED
    visitor = await visit("en")
    await visitor.sign_in("waf-admin")
    await visitor.open("partner/referrals")
    main = visitor.page.get_by_role("main")
    await main.get_by_role("button", name=url).click()
    await expect(main.get_by_role("heading", name=url)).to_be_visible()
    await expect(main).to_contain_text("POST /v1/webhook-endpoints", timeout=TIMEOUT_MS)
    assert visitor.faults == []


async def test_who_connects_an_agencys_software_sees_its_webhooks_and_requests(
    visit: Visit, people: Client
) -> None:
    """Whoever is from the Jobcenter sees what its program made and asked, and nobody else's."""
    url = f"http://{PLAIN_HOSTS[0]}/{uuid4().hex[:8]}"
    path = "/v1/webhook-endpoints"
    for who, address in (("waf-jobcenter-system", url), ("waf-jugendamt-system", f"{url}-other")):
        body = {"url": address, "description": "Probe"}
        made = await people.post(who, "referrals", path, body, key=uuid4().hex)
        assert made.status == HTTPStatus.CREATED
    visitor = await visit("de")
    await visitor.sign_in("waf-jobcenter-it")
    await visitor.open("partner/referrals")
    main = visitor.page.get_by_role("main")
    await expect(main.get_by_role("cell", name="waf-jobcenter-system").first).to_be_visible(
        timeout=TIMEOUT_MS
    )
    await expect(main).to_contain_text(url)
    await expect(main).not_to_contain_text("-other")
    await expect(main).not_to_contain_text("waf-jugendamt-system")
    assert visitor.faults == []


async def test_signing_out_where_the_issuer_is_out_of_reach_says_what_to_do(visit: Visit) -> None:
    visitor = await visit("de")
    await visitor.sign_in("waf-coordinator")
    await visitor.page.route("**/.well-known/**", lambda route: route.abort())
    await visitor.page.get_by_role("button", name="Abmelden").click()
    await expect(visitor.page.get_by_role("alert")).to_contain_text("Melden Sie sich auch dort ab")
    assert await visitor.page.evaluate("sessionStorage.length") == 0
