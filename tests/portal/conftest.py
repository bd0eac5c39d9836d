"""The portal in a real browser: headless Chromium before the gateway of the whole system."""

import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, ConsoleMessage, Error, Page, Request, async_playwright

from deploy.local.settings import PROJECT_DIR
from gateway.portal_files import BUILT
from tests.local_system import LocalSystem

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",  # tests run as root in containers
)
AXE = PROJECT_DIR / "gateway/portal/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SIGN_IN = {"de": "Anmelden", "en": "Sign in"}


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield started
        await started.close()


@dataclass
class Visitor:
    """A person before the portal; what the browser complains of and asks is kept."""

    page: Page
    gateway: str
    issuer: str
    lang: str = "de"
    faults: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    @property
    def foreign(self) -> set[str]:
        """Every address asked that is neither the gateway nor the issuer."""
        own = {urlsplit(self.gateway).netloc, urlsplit(self.issuer).netloc}
        parts = [urlsplit(url) for url in self.asked]
        return {one.geturl() for one in parts if one.scheme != "data" and one.netloc not in own}

    async def open(self, place: str = "start") -> None:
        await self.page.goto(f"{self.gateway}/#/{place}")
        await self.page.wait_for_selector("main h1")

    async def sign_in(self, persona: str) -> None:
        """As a person does: the button, the choice at the issuer, and back."""
        await self.page.get_by_role("banner").get_by_role("button", name=SIGN_IN[self.lang]).click()
        await self.page.locator(f"button[value={persona}]").click()
        await self.page.wait_for_selector("header .person")

    async def violations(self) -> list[str]:
        """What axe finds against WCAG 2.2 A and AA, one line for each element."""
        await self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found: dict[str, Any] = await self.page.evaluate(
            "rules => axe.run(document, {runOnly: rules})", RULES
        )
        assert found["passes"]
        return [
            f"{rule['id']}: {node['html'][:120]} {node['failureSummary']}"
            for rule in found["violations"]
            for node in rule["nodes"]
        ]

    def keep_request(self, request: Request) -> None:
        self.asked.append(request.url)

    def keep_complaint(self, said: ConsoleMessage) -> None:
        if said.type == "error":
            self.faults.append(said.text)

    def keep_fault(self, fault: Error) -> None:
        self.faults.append(str(fault))


class Visit:
    """Opens portals: each with a language, colours and a width of its own."""

    def __init__(self, browser: Browser, system: LocalSystem) -> None:
        self._browser = browser
        self._settings = system.settings

    async def __call__(
        self, lang: str = "de", colours: str = "light", width: int = 1280
    ) -> Visitor:
        context = await self._browser.new_context(
            locale={"de": "de-DE", "en": "en-GB"}[lang],
            color_scheme="dark" if colours == "dark" else "light",
            viewport={"width": width, "height": 900},
        )
        page = await context.new_page()
        visitor = Visitor(page, self._settings.gateway_url, self._settings.issuer_url, lang)
        page.on("request", visitor.keep_request)
        page.on("console", visitor.keep_complaint)
        page.on("pageerror", visitor.keep_fault)
        await visitor.open()
        return visitor


@pytest.fixture
def visit(browser: Browser, demo_system: LocalSystem) -> Visit:
    assert (BUILT / "index.html").is_file(), "make portal builds it"
    return Visit(browser, demo_system)
