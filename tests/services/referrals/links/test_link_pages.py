"""The pages behind a link: without script, by keyboard, in two languages, and telling no more."""

from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI

from services.referrals.api.content_schemas import ReferralContent
from services.referrals.domain.content_labels import MEMBERS
from shared.kernel.text import camel
from tests.services.referrals.desk import Desk
from tests.services.referrals.links.browsers import Browser, Page, link_to
from tests.services.referrals.papers import NAME, referral


async def test_the_page_works_without_script_by_keyboard(
    app: FastAPI, sender: Desk, sent: dict[str, Any]
) -> None:
    link = await link_to(sender, sent)
    browser = Browser(app)
    answers = [await browser.get(link["url"])]
    await browser.open(link["url"])
    answers.append(await browser.get("/l/referral"))
    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert "script" not in answer.text
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cache-control"] == "no-store"
        page = Page(answer.text)
        assert page.all("html") == [{"lang": "de"}]
        assert len(page.all("h1")) == 1
        headings = [int(tag[1]) for tag, _ in page.elements if tag in {"h1", "h2", "h3"}]
        assert all(b - a <= 1 for a, b in pairwise(headings))
        labelled = {one["for"] for one in page.all("label")}
        fields = [*page.all("select"), *page.all("textarea")]
        assert {one["id"] for one in fields} == labelled
        assert not any("tabindex" in attributes for _, attributes in page.elements)
        assert [tag for tag, _ in page.elements if tag == "fieldset"] == ["fieldset"] * len(
            page.all("legend")
        )
        # The first thing the keyboard reaches leads past the head of the page.
        first = next(a for tag, a in page.elements if tag in {"a", "button", "select"})
        assert (first["href"], page.all("main")) == ("#content", [{"id": "content"}])


async def test_english_is_spoken_to_who_asks_for_it(
    app: FastAPI, sender: Desk, sent: dict[str, Any]
) -> None:
    link = await link_to(sender, sent)
    for accepted, language, said in (
        ("en-GB,en;q=0.9,de;q=0.5", "en", "Open the referral"),
        ("fr", "de", "Zusteuerung öffnen"),
        ("", "de", "Zusteuerung öffnen"),
    ):
        answer = await Browser(app, accepted).get(link["url"])
        page = Page(answer.text)
        assert (page.all("html")[0]["lang"], said in page.text) == (language, True)


async def test_what_was_refused_stands_first_with_what_was_written(
    app: FastAPI, sender: Desk, sent: dict[str, Any]
) -> None:
    link = await link_to(sender, sent)
    browser = Browser(app)
    page = await browser.open(link["url"])
    for fields, field in (
        ({"reason": "", "detail": "Wir sind voll <b>"}, "reason"),
        ({"reason": "expired?", "detail": "Wir sind voll <b>"}, "reason"),
        ({"reason": "capacity", "detail": "Wir sind voll <b>" * 40}, "detail"),
        ({"reason": "capacity", "detail": "Wir sind voll <b>\x00"}, "detail"),
        ({"reason": "capacity", "detail": "Wir sind voll <b>, post@example.org"}, "detail"),
    ):
        answer = await browser.do(page, "reject", **fields)
        assert answer.status_code == 422
        refused = Page(answer.text)
        summary = refused.elements.index(
            ("div", {"class": "errors", "role": "alert", "aria-labelledby": "error-summary"})
        )
        assert summary < refused.elements.index(("h1", {}))
        assert refused.all("a")[1] == {"href": f"#{field}"}
        wrong = next(a for _, a in refused.elements if a.get("id") == field)
        assert wrong["aria-invalid"] == "true"
        assert f"error-{field}" in str(wrong["aria-describedby"])
        assert "Wir sind voll <b>" in refused.text
        assert "<b>" not in answer.text
        assert "<title>Fehler: " in answer.text
    assert (await sender.read(sent["id"]))["state"] == "SUBMITTED"
    assert (await browser.do(page, "reject", reason="capacity", detail="voll")).status_code == 303
    rejected = await sender.read(sent["id"])
    assert (rejected["state"], rejected["problems"][0]["reason"]) == ("REJECTED", "capacity")
    assert (await browser.look()).buttons == []


async def test_a_step_by_a_link_keeps_every_rule_of_the_step(
    app: FastAPI, sender: Desk, sent: dict[str, Any]
) -> None:
    link = await link_to(sender, sent)
    browser = Browser(app)
    page = await browser.open(link["url"])
    too_early = await browser.do(page, "accept")
    assert too_early.status_code == 409
    old = await browser.do(page, "pull", version="1" if page.hidden["version"] != "1" else "99")
    assert old.status_code == 412
    for fields in ({"do": "withdraw"}, {"do": "forward"}, {"version": "x"}, {"version": "9" * 30}):
        answer = await browser.send("/l/referral", **(page.hidden | {"do": "pull"} | fields))
        assert answer.status_code == 400
    foreign = await browser.send("/l/referral", do="pull", form="0" * 64, version=1)
    assert foreign.status_code == 403
    assert (await Browser(app).do(page, "pull")).status_code == 410
    assert (await sender.read(sent["id"]))["version"] == sent["version"]


@pytest.mark.parametrize(
    ("body", "media", "status"),
    [
        (b"{}", "application/json", 415),
        (b"do=pull&form=\xff", "application/x-www-form-urlencoded", 400),
        (b"&".join(b"a=1" for _ in range(11)), "application/x-www-form-urlencoded", 400),
        (b"detail=" + b"x" * 8_192, "application/x-www-form-urlencoded", 413),
    ],
)
async def test_a_form_that_is_none_is_refused(
    app: FastAPI, sender: Desk, sent: dict[str, Any], body: bytes, media: str, status: int
) -> None:
    link = await link_to(sender, sent)
    browser = Browser(app)
    await browser.open(link["url"])
    answer = await browser.http.post("/l/referral", content=body, headers={"Content-Type": media})
    assert answer.status_code == status
    assert (await sender.read(sent["id"]))["version"] == sent["version"]


async def test_f29_a_disputed_field_carries_its_note_on_the_page(
    app: FastAPI, sender: Desk, subject: str
) -> None:
    body = referral(subject, disputedFields=["identity.birthDate"])
    body["content"] = body["content"] | {
        "identity": {
            "familyName": NAME, "birthDate": "1990-01-01", "birthDatePrecision": "YEAR"
        }
    }  # fmt: skip
    sent = (await sender.post("/v1/referrals", body)).json()
    browser = Browser(app)
    page = await browser.open((await link_to(sender, sent))["url"])
    assert "bestreitet" not in page.text
    await browser.do(page, "pull")
    await browser.do(await browser.look(), "accept")
    page = await browser.look()
    assert page.text.count("Die betroffene Person bestreitet") == 1
    assert ("1990" in page.text, "01.01.1990" in page.text) == (True, False)


async def test_what_was_withdrawn_is_read_no_more_through_a_link(
    app: FastAPI, sender: Desk, sent: dict[str, Any], owner: Any
) -> None:
    browser = Browser(app)
    await browser.open((await link_to(sender, sent))["url"])
    await sender.step(sent, "withdraw", {"reason": "SENT_BY_MISTAKE"})
    page = await browser.look()
    assert ("Zurückgezogen" in page.text, page.buttons, NAME in page.text) == (True, [], False)
    who = await owner.fetchval(
        "select count(*) from audit_entry where actor like 'urn:kim:link|%' and action = 'read'"
        " and unit_id = 'waf-cm' and $1 = any(record_ids)",
        UUID(sent["id"]),
    )
    assert who >= 2


def test_every_field_of_the_content_has_a_name_for_people() -> None:
    paths = set()
    for name, part in ReferralContent.model_fields.items():
        model = next(one for one in part.annotation.__args__ if one is not type(None))  # type: ignore[union-attr]
        paths |= {f"{camel(name)}.{camel(member)}" for member in model.model_fields}
    assert paths == set(MEMBERS)
