"""The files that came with a referral, each with its link, and the page where one is not there."""

from collections.abc import Sequence
from typing import Any, Final

from markupsafe import Markup
from starlette.responses import HTMLResponse

from services.referrals.api.pages import words
from services.referrals.api.pages.frame import page
from services.referrals.domain.codes import DataCategory
from services.referrals.domain.labels import DATA_CATEGORIES
from shared.kernel.errors import NotFound, Refusal
from shared.objects.media_types import READABLE

BYTES_PER_UNIT: Final = 1_000
_FILE = Markup(
    '<li><a href="attachments/{id}" aria-describedby="file-{id}">{name}</a>'
    '<p class="hint" id="file-{id}">{said}</p></li>'
)
_WAITING = Markup('<li>{name}<p class="hint">{said}</p></li>')


def files_part(language: str, files: Sequence[dict[str, Any]]) -> list[Markup]:
    """Nothing where there are none. `files` are as REST lists them."""
    if not files:
        return []
    items = Markup("\n").join(_file(language, one) for one in files)
    heading = Markup("<h2>{}</h2>").format(words.FILES.in_language(language))
    return [heading, Markup("<ul>{}</ul>").format(items)]


def file_is_shut(language: str, refusal: Refusal) -> HTMLResponse:
    """Unknown, foreign and hidden ones look the same."""
    said = words.NO_FILE_TEXT if type(refusal) is NotFound else refusal.title
    body = Markup('<p>{}</p><p><a href="../referral">{}</a></p>').format(
        said.in_language(language), words.BACK.in_language(language)
    )
    return page(language, words.NO_FILE, body, status=refusal.status)


def _file(language: str, file: dict[str, Any]) -> Markup:
    kind = words.FILE_TYPES.get(file["mediaType"])
    facts = [
        DATA_CATEGORIES[DataCategory(file["category"])].in_language(language),
        kind.in_language(language) if kind else file["mediaType"],
        size(language, file["sizeBytes"]),
    ]
    said = ", ".join(facts)
    if file["scanState"] not in READABLE:
        waits = f"{said}. {words.FILE_WAITS.in_language(language)}"
        return _WAITING.format(name=file["name"], said=waits)
    return _FILE.format(id=file["id"], name=file["name"], said=said)


def size(language: str, size_bytes: int) -> str:
    """In decimal units with one place, as people write them."""
    if size_bytes < BYTES_PER_UNIT:
        plural = "bytes" if size_bytes != 1 else "byte"
        return f"{size_bytes} {'Byte' if language == 'de' else plural}"
    amount, unit = size_bytes / BYTES_PER_UNIT, "kB"
    if size_bytes >= BYTES_PER_UNIT**2:
        amount, unit = amount / BYTES_PER_UNIT, "MB"
    shown = f"{amount:.1f} {unit}"
    return shown.replace(".", ",") if language == "de" else shown
