"""Pages behind a link, for agencies without software: no script, no data before the opening.

Fetching a link shows a button and burns nothing, since mail scanners fetch; pressing it opens the
link, once. They stand in no contract: the link is the contract.
"""

from datetime import datetime
from typing import Annotated, Final
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from markupsafe import Markup
from pydantic import TypeAdapter, ValidationError
from starlette.responses import RedirectResponse, Response

from services.referrals.api.access import CurrentLinkTerms
from services.referrals.api.attachments import CurrentArchive, download
from services.referrals.api.fields import Detail
from services.referrals.api.pages import words
from services.referrals.api.pages.files import file_is_shut
from services.referrals.api.pages.frame import HEADERS, POLICY, Fault, page, page_language
from services.referrals.api.pages.referral import referral_page
from services.referrals.domain.access_links import Kind, LinkOver, Ticket
from services.referrals.domain.answers import DetailNamesAPerson, Problem
from services.referrals.domain.codes import ReferralAction, RejectReason
from services.referrals.domain.facts import Answer
from services.referrals.operations.link import LinkTerms
from services.referrals.operations.link_visits import (
    BY_LINK,
    Visit,
    look,
    open_file,
    step,
    use_link,
    visit,
)
from services.referrals.operations.receiving import Act
from shared.database.connection import Database
from shared.kernel.clock import now
from shared.kernel.errors import Malformed, NotFound, Refusal
from shared.kernel.text import Text
from shared.web.problems import MediaTypeUnsupported

LINK_PATH: Final = "/l/{token}"
FORM_BYTES_MAX: Final = 8_192
COOKIE: Final = "kim_link"
_FORM: Final = "application/x-www-form-urlencoded"
_DETAIL: TypeAdapter[str] = TypeAdapter(Detail)

router = APIRouter(include_in_schema=False)


async def _language(request: Request) -> str:
    return page_language(request.headers.get("accept-language", ""))


async def _database(request: Request) -> Database:
    found: Database = request.app.state.database
    return found


Language = Annotated[str, Depends(_language)]
CurrentDatabase = Annotated[Database, Depends(_database)]


@router.get("/l/referral")
async def show_referral(
    request: Request, database: CurrentDatabase, terms: CurrentLinkTerms, language: Language
) -> Response:
    try:
        who = await _visit(request, database, terms)
        sight = await look(database, who)
    except Refusal as refusal:
        return _shut(language, refusal, words.NO_SESSION)
    return referral_page(language, sight, who.form_token)


@router.post("/l/referral")
async def answer_referral(
    request: Request, database: CurrentDatabase, terms: CurrentLinkTerms, language: Language
) -> Response:
    """One step; what is refused is said on top of the same page, with what was written."""
    try:
        who = await _visit(request, database, terms)
        written = await _form(request)
    except Refusal as refusal:
        return _shut(language, refusal, words.NO_SESSION)
    try:
        faults, status = await _take(database, who, written)
        if not faults:
            return RedirectResponse("referral", status_code=303, headers=HEADERS)
        sight = await look(database, who)
    except Refusal as refusal:
        return _shut(language, refusal, words.NO_SESSION)
    return referral_page(
        language, sight, who.form_token, status=status, faults=faults, written=written
    )


@router.get("/l/attachments/{attachment_id}")
async def show_file(
    attachment_id: str,
    request: Request,
    database: CurrentDatabase,
    archive: CurrentArchive,
    terms: CurrentLinkTerms,
    language: Language,
) -> Response:
    """The bytes of one file of this referral, once it is accepted; always as a download."""
    try:
        who = await _visit(request, database, terms)
    except Refusal as refusal:
        return _shut(language, refusal, words.NO_SESSION)
    try:
        response = await download(archive, await open_file(database, who, _id(attachment_id)))
    except Refusal as refusal:
        return file_is_shut(language, refusal)
    response.headers.update(HEADERS | {"Content-Security-Policy": f"{POLICY}; sandbox"})
    return response


@router.get(LINK_PATH)
async def show_link(token: str, terms: CurrentLinkTerms, language: Language) -> Response:
    """No table is asked, so whoever fetches it learns nothing and changes nothing."""
    try:
        Ticket.read(token, terms.require_key(), Kind.LINK, now())
    except Refusal as refusal:
        return _shut(language, refusal)
    body = Markup('<p>{}</p><form method="post"><button>{}</button></form>').format(
        words.WELCOME_TEXT.in_language(language), words.OPEN.in_language(language)
    )
    return page(language, words.WELCOME, body)


@router.post(LINK_PATH)
async def open_link(
    token: str, database: CurrentDatabase, terms: CurrentLinkTerms, language: Language
) -> Response:
    try:
        session, until = await use_link(database, terms.require_key(), token)
    except Refusal as refusal:
        return _shut(language, refusal)
    response = RedirectResponse("referral", status_code=303, headers=HEADERS)
    _keep(response, session, until, terms)
    return response


def _keep(response: Response, session: str, until: datetime, terms: LinkTerms) -> None:
    response.set_cookie(
        COOKIE,
        session,
        expires=until,
        path=f"{urlsplit(terms.public_url).path}/l",
        secure=True,
        httponly=True,
        samesite="strict",
    )


async def _visit(request: Request, database: Database, terms: LinkTerms) -> Visit:
    return await visit(database, terms.require_key(), request.cookies.get(COOKIE, ""))


def _id(written: str) -> UUID:
    """Raises NotFound."""
    try:
        return UUID(written)
    except ValueError as unreadable:
        raise NotFound from unreadable


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form. Raises MediaTypeUnsupported, Malformed."""
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media != _FORM:
        raise MediaTypeUnsupported(accepted=_FORM)
    try:
        text = (await request.body()).decode("ascii")
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=10, errors="strict")
    except ValueError as unreadable:
        raise Malformed from unreadable
    return dict(pairs)


async def _take(
    database: Database, who: Visit, written: dict[str, str]
) -> tuple[tuple[Fault, ...], int]:
    """What was wrong with it, and the status that says so; nothing where the step is done."""
    if written.get("form") != who.form_token:
        return (Fault(words.FORM_IS_OLD),), 403
    version, wish = written.get("version", ""), written.get("do", "")
    if wish not in BY_LINK or not (version.isdecimal() and version.isascii() and len(version) < 10):  # noqa: PLR2004 - digits of an integer column
        raise Malformed
    action = ReferralAction(wish)
    faults: tuple[Fault, ...] = ()
    answered = Answer()
    try:
        if action is ReferralAction.REJECT:
            faults, answered = _answered(written)
        if not faults:
            await step(database, who, action, Act(who.referral_id, int(version), answered))
    except DetailNamesAPerson as refusal:
        return (Fault(refusal.title, "detail"),), refusal.status
    except Refusal as refusal:
        if isinstance(refusal, NotFound):
            raise
        return (Fault(refusal.detail),), refusal.status
    return faults, 422


def _answered(written: dict[str, str]) -> tuple[tuple[Fault, ...], Answer]:
    """The coded reason with its detail. Raises DetailNamesAPerson."""
    faults: list[Fault] = []
    detail = written.get("detail", "").replace("\r\n", "\n").strip()
    if written.get("reason") not in {reason.value for reason in RejectReason}:
        faults.append(Fault(words.REASON_MISSING, "reason"))
    try:
        detail = _DETAIL.validate_python(detail) if detail else ""
    except ValidationError:
        faults.append(Fault(words.DETAIL_REFUSED, "detail"))
    if faults:
        return tuple(faults), Answer()
    return (), Answer(problems=(Problem(RejectReason(written["reason"]), detail),))


def _shut(language: str, refusal: Refusal, unknown: Text = words.UNKNOWN) -> Response:
    said = unknown if isinstance(refusal, NotFound | LinkOver) else refusal.title
    if isinstance(refusal, LinkOver) and unknown is words.UNKNOWN:
        said = refusal.title
    body = Markup("<p>{}</p><p>{}</p>").format(
        said.in_language(language), words.SHUT_TEXT.in_language(language)
    )
    return page(language, words.SHUT, body, status=refusal.status)
