"""The frame of every page: plain HTML without script, readable by any browser and screen reader."""

import base64
import hashlib
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup
from starlette.responses import HTMLResponse

from services.referrals.api.pages import words
from shared.kernel.text import Text
from shared.web.context import preferred_language

STYLE: Final = """
:root { color-scheme: light; }
body { margin: 0; font: 1.125rem/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff; }
header { background: #003366; color: #fff; padding: 0.75rem 1rem; }
main { max-width: 42rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.75rem; line-height: 1.25; }
h2 { font-size: 1.375rem; margin-top: 2rem; }
h3 { font-size: 1.125rem; margin-bottom: 0.25rem; }
dl { margin: 0; }
dl > div { padding: 0.4rem 0; border-bottom: 1px solid #c8c8c8; }
dt { font-weight: bold; }
dd { margin: 0; overflow-wrap: anywhere; white-space: pre-line; }
fieldset { border: 1px solid #5c5c5c; padding: 0.75rem 1rem 1rem; margin: 1.5rem 0; }
legend { font-weight: bold; padding: 0 0.25rem; }
label { display: block; font-weight: bold; margin-top: 0.75rem; }
select, textarea { font: inherit; width: 100%; box-sizing: border-box; padding: 0.4rem;
  border: 2px solid #4a4a4a; background: #fff; color: #1a1a1a; }
button { font: inherit; font-weight: bold; padding: 0.6rem 1.25rem; margin-top: 0.75rem;
  border: 2px solid #003366; background: #003366; color: #fff; cursor: pointer;
  min-height: 2.75rem; }
button.second { background: #fff; color: #003366; }
a { color: #003366; }
:focus-visible { outline: 4px solid #b35900; outline-offset: 2px; }
.hint { color: #4a4a4a; margin: 0.25rem 0; }
.note { border-left: 4px solid #b35900; padding-left: 0.5rem; display: block; }
.errors { border: 3px solid #b00020; padding: 0.5rem 1rem; }
.error { color: #b00020; font-weight: bold; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: 0.5rem; background: #fff; color: #003366; padding: 0.5rem; }
"""
_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY: Final = (
    f"default-src 'none'; style-src 'sha256-{_HASH}'; form-action 'self';"
    " frame-ancestors 'none'; base-uri 'none'"
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Frame-Options": "DENY",
    "Vary": "Accept-Language",
}
_PAGE: Final = Markup("""<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<a class="skip" href="#content">{skip}</a>
<header>{product}</header>
<main id="content">
{errors}<h1>{heading}</h1>
{body}
</main>
</body>
</html>
""")
_ERRORS: Final = Markup(
    '<div class="errors" role="alert" aria-labelledby="error-summary">'
    '<h2 id="error-summary">{heading}</h2><ul>{items}</ul></div>\n'
)


@dataclass(frozen=True, slots=True)
class Fault:
    """What went wrong, and the field where it did; empty where it is no field."""

    message: Text
    field: str = ""


def page_language(accepted: str) -> str:
    """German, unless the browser asks for English more."""
    return preferred_language(f"de;q=0.001,{accepted}")


def page(
    language: str,
    heading: Text,
    body: Markup,
    *,
    status: int = 200,
    faults: tuple[Fault, ...] = (),
) -> HTMLResponse:
    """One page; what went wrong stands before everything else."""
    shown = heading.in_language(language)
    title = f"{shown} – KIM"
    if faults:
        title = f"{words.ERROR.in_language(language)}: {title}"
    text = _PAGE.format(
        language=language,
        title=title,
        style=Markup(STYLE),  # noqa: S704 - a constant of this module
        skip=words.TO_CONTENT.in_language(language),
        product=words.PRODUCT.in_language(language),
        errors=_errors(language, faults),
        heading=shown,
        body=body,
    )
    return HTMLResponse(text, status_code=status, headers=HEADERS)


def joined(parts: list[Markup]) -> Markup:
    return Markup("\n").join(parts)


def _errors(language: str, faults: tuple[Fault, ...]) -> Markup:
    if not faults:
        return Markup("")
    items = [
        Markup('<li><a href="#{}">{}</a></li>').format(
            fault.field, fault.message.in_language(language)
        )
        if fault.field
        else Markup("<li>{}</li>").format(fault.message.in_language(language))
        for fault in faults
    ]
    heading = words.SUMMARY.in_language(language)
    return _ERRORS.format(heading=heading, items=Markup("").join(items))
