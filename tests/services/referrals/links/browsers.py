"""An agency without software before its browser: pages, forms, a cookie of its own."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import httpx
from fastapi import FastAPI

from tests.services.referrals.desk import Desk

LINK_KEY = "a secret of the tests that is long enough"
PUBLIC_URL = "https://kim.example"


class Page(HTMLParser):
    """The elements of a page in their order, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def hidden(self) -> dict[str, str]:
        """What every form of the page carries."""
        fields = [one for one in self.all("input") if one.get("type") == "hidden"]
        return {str(one["name"]): str(one["value"]) for one in fields}

    @property
    def buttons(self) -> list[str | None]:
        return [one.get("value") for one in self.all("button")]


@dataclass
class Browser:
    app: FastAPI
    accepted: str = "de-DE,de;q=0.9"
    http: httpx.AsyncClient = field(init=False)

    def __post_init__(self) -> None:
        transport = httpx.ASGITransport(self.app)
        self.http = httpx.AsyncClient(
            transport=transport, base_url=PUBLIC_URL, headers={"Accept-Language": self.accepted}
        )

    async def get(self, path: str) -> httpx.Response:
        return await self.http.get(path)

    async def send(self, path: str, **fields: Any) -> httpx.Response:
        return await self.http.post(path, data=fields)

    async def open(self, url: str) -> Page:
        """Press the button of the link and follow where it leads."""
        answer = await self.send(url)
        assert (answer.status_code, answer.headers["location"]) == (303, "referral"), answer.text
        return await self.look()

    async def look(self) -> Page:
        answer = await self.get("/l/referral")
        assert answer.status_code == 200, answer.text
        return Page(answer.text)

    async def do(self, page: Page, action: str, **fields: Any) -> httpx.Response:
        return await self.send("/l/referral", do=action, **(page.hidden | fields))


async def link_to(sender: Desk, sent: dict[str, Any], **body: Any) -> dict[str, Any]:
    answer = await sender.post(f"/v1/referrals/{sent['id']}/access-links", body or None)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found
