"""The portal as people meet it: by eye, by keyboard, in both languages, light and dark."""

import re

import pytest
from playwright.async_api import Route, expect

from shared.kernel.clock import berlin_date, now
from tests.portal.conftest import Visit, Visitor

PUBLIC = ("start", "reference/referrals", "events", "problems")
SIGNED_IN = ("explore", "inbox", "partner/referrals", "report", "controlling")
LOADING = re.compile("Wird geladen …|Loading …")
TIMEOUT_MS = 90_000


async def _settled(visitor: Visitor) -> None:
    """What is fetched has come, the first details are open, the editor stands."""
    page = visitor.page
    if page.url.endswith("explore"):
        await page.wait_for_selector(".graphiql .view-line", timeout=TIMEOUT_MS)
    await expect(page.locator("main")).not_to_contain_text(LOADING, timeout=TIMEOUT_MS)
    details = page.locator("main details > summary")
    for at in range(min(2, await details.count())):
        await details.nth(at).click()


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("lang", ["de", "en"])
async def test_every_page_is_accessible_and_asks_nobody_else(
    visit: Visit, lang: str, colours: str
) -> None:
    visitor = await visit(lang, colours)
    assert await visitor.page.locator("html").get_attribute("lang") == lang
    for place in PUBLIC:
        await visitor.open(place)
        await _settled(visitor)
        assert (place, await visitor.violations()) == (place, [])
    await visitor.sign_in("waf-coordinator")
    for place in SIGNED_IN:
        await visitor.open(place)
        await _settled(visitor)
        assert (place, await visitor.violations()) == (place, [])
    assert len(visitor.asked) > 20
    assert visitor.foreign == set()
    assert visitor.faults == []


async def test_signing_in_works_by_keyboard_alone(visit: Visit) -> None:
    visitor = await visit("en")
    keyboard = visitor.page.keyboard
    await _tab_to(visitor, "Sign in")
    await keyboard.press("Enter")
    await visitor.page.wait_for_url(f"{visitor.issuer}/authorize**")
    await _tab_to(visitor, "Hatice Brinkhoff")
    await keyboard.press("Enter")
    await expect(visitor.page.locator("header .person")).to_contain_text("Hatice Brinkhoff")
    assert visitor.page.url == f"{visitor.gateway}/#/start"
    await _tab_to(visitor, "Sign out")
    await keyboard.press("Enter")
    await visitor.page.wait_for_url(f"{visitor.gateway}/")
    await expect(visitor.page.locator("header .strong")).to_have_text("Sign in")
    assert visitor.asked.count(f"{visitor.issuer}/end-session") == 1
    assert await visitor.page.evaluate("sessionStorage.length") == 0
    assert [url for url in visitor.asked if "eyJ" in url] == []


async def _tab_to(visitor: Visitor, name: str) -> None:
    for _ in range(60):
        await visitor.page.keyboard.press("Tab")
        if name in await visitor.page.evaluate("document.activeElement.textContent"):
            return
    pytest.fail(f"{name} cannot be reached with the tab key")


async def test_a_faulty_way_back_signs_nobody_in(visit: Visit) -> None:
    visitor = await visit("en")
    await visitor.page.goto(f"{visitor.gateway}/?code=stolen&state=guessed")
    await expect(visitor.page.get_by_role("alert")).to_contain_text("did not succeed")
    assert visitor.page.url == f"{visitor.gateway}/"
    await expect(visitor.page.locator("header .strong")).to_have_text("Sign in")


async def test_pages_for_people_signed_in_say_so(visit: Visit) -> None:
    visitor = await visit("en")
    for place in SIGNED_IN:
        await visitor.open(place)
        main = visitor.page.get_by_role("main")
        await expect(main.get_by_role("button", name="Sign in")).to_be_visible()
    assert [url for url in visitor.asked if url.endswith("/graphql")] == []


async def test_graphiql_runs_an_operation_under_the_signed_in_name(visit: Visit) -> None:
    visitor = await visit()
    await visitor.sign_in("waf-case-manager")
    await visitor.open("explore")
    await visitor.page.wait_for_selector(".graphiql .view-line", timeout=TIMEOUT_MS)
    await visitor.page.locator(".graphiql-execute-button").click()
    answer = visitor.page.locator(".graphiql-response")
    await expect(answer).to_contain_text('"waf-cm"', timeout=TIMEOUT_MS)
    await expect(answer).to_contain_text("case_manager")
    await visitor.page.locator(".graphiql-sidebar button").first.click()
    docs = visitor.page.locator(".graphiql-plugin")
    await expect(docs).to_contain_text("Query", timeout=TIMEOUT_MS)
    assert visitor.foreign == set()
    assert visitor.faults == []


async def test_the_status_report_shows_the_figures_of_warendorf(visit: Visit) -> None:
    visitor = await visit()
    await visitor.sign_in("waf-coordinator")
    await visitor.open("report")
    figures = visitor.page.locator("dl.figures").first
    await expect(figures).to_contain_text("Fördervolumen", timeout=TIMEOUT_MS)
    shown = await figures.locator("dd").all_inner_texts()
    assert [text.replace("\xa0", " ") for text in shown] == [
        "1.222.800,00 €",
        "30.000,00 €",
        "21,00",
        "13,87",
    ]
    charts = visitor.page.get_by_role("img", name=re.compile("Mittel|Stellen|Familien"))
    assert await charts.count() == 3
    async with visitor.page.expect_download() as saved:
        await visitor.page.get_by_role("button", name="PDF").click()
    assert (await saved.value).suggested_filename == "kim-2022-11-21.pdf"
    assert visitor.faults == []


async def test_the_controlling_report_shows_the_year_of_warendorf(visit: Visit) -> None:
    """And says which funding line has no cases, and why; the table of the page is its chart."""
    visitor = await visit()
    await visitor.sign_in("waf-coordinator")
    await visitor.open("controlling")
    page = visitor.page
    lines = page.get_by_role("table", name="Zugänge und Abgänge nach Baustein").get_by_role("row")
    await expect(lines.nth(2)).to_contain_text("Baustein 2", timeout=TIMEOUT_MS)
    assert (await lines.nth(2).get_by_role("cell").all_inner_texts()) == ["145", "234", "0", "379"]
    await expect(lines.nth(3)).to_contain_text("KIM führt und zählt sie nicht")
    assert (await lines.nth(3).get_by_role("cell").all_inner_texts()) == ["–"] * 4
    async with page.expect_download() as saved:
        await page.get_by_role("button", name="PDF").click()
    assert (await saved.value).suggested_filename == "kim-controlling-2022-01-01-2022-12-31.pdf"
    await page.get_by_label("Jahr").select_option(page_year := str(berlin_date(now()).year))
    await page.get_by_label("Zeitraum").select_option("ganzes Jahr")
    await page.get_by_role("button", name="Anzeigen").click()
    await expect(page.get_by_text("läuft noch")).to_be_visible()
    assert page_year not in [url[-4:] for url in visitor.asked]
    assert visitor.faults == []


async def test_hidden_figures_are_marked_and_said(visit: Visit) -> None:
    """A figure that is not shown is a sign for the eye and words for the ear."""
    visitor = await visit("en")
    await visitor.sign_in("waf-coordinator")
    group = {"value": "INTAKE", "label": {"de": "Zugang", "en": "Intake"}, "cases": None}

    async def with_a_hidden_group(route: Route) -> None:
        answer = await route.fetch()
        told = await answer.json()
        cases = told["data"]["kimControlling"]["cases"]
        cases |= {"byPhase": [group], "opened": None}
        await route.fulfill(response=answer, json=told)

    await visitor.page.route("**/graphql", with_a_hidden_group)
    await visitor.open("controlling")
    opened = visitor.page.locator("dl.figures").first.locator("dd").nth(1)
    await expect(opened).to_have_text("•not shown", timeout=TIMEOUT_MS)
    chart = visitor.page.get_by_role("img", name="Open cases by phase")
    await expect(chart).to_contain_text("• not shown")
    assert await chart.locator(".length-bar").count() == 0
    assert await visitor.violations() == []


async def test_the_reference_finds_an_operation_and_explains_it(visit: Visit) -> None:
    visitor = await visit("en")
    await visitor.open("reference/referrals")
    page = visitor.page
    await page.get_by_label("Filter operations").fill("/v1/webhook-endpoints")
    shown = page.locator("details.operation")
    await expect(page.get_by_role("status")).to_have_text(re.compile(r"^1\d operations$"))
    await shown.first.locator("summary").first.click()
    await expect(shown.first).to_contain_text("WebhookEndpointView")


async def test_small_screens_need_no_sideways_scrolling(visit: Visit) -> None:
    """WCAG 2.2, 1.4.10: 320 CSS pixels; wide tables scroll within themselves."""
    visitor = await visit("de", "light", 320)
    await visitor.sign_in("waf-coordinator")
    for place in (*PUBLIC, *SIGNED_IN):
        await visitor.open(place)
        await _settled(visitor)
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert (place, await visitor.page.evaluate(wide)) == (place, 0)
        assert (place, await visitor.violations()) == (place, [])


async def test_language_and_colours_are_chosen_and_kept(visit: Visit) -> None:
    visitor = await visit("de", "light")
    page = visitor.page
    await page.get_by_label("Sprache").select_option("en")
    await page.get_by_label("Appearance").select_option("dark")
    await visitor.open()
    await page.reload()
    await expect(page.locator("h1")).to_contain_text("Municipal")
    await expect(page.locator("body")).to_have_css("background-color", "rgb(17, 22, 28)")
