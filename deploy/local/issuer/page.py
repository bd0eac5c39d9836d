"""The page on which a developer picks who to be: plain HTML, no script, nothing from elsewhere."""

import secrets
from html import escape
from itertools import groupby

from starlette.responses import HTMLResponse

from deploy.local.issuer.personas import Persona

WORDS = {
    "de": {
        "title": "Anmelden als …",
        "note": "Entwicklungsumgebung: erfundene Personen, keine Passwörter.",
        "left": "Sie sind abgemeldet.",
        "refused": "Anmeldung nicht möglich",
        "hint": "Die Anwendung hat eine fehlerhafte Anfrage gestellt:",
    },
    "en": {
        "title": "Sign in as …",
        "note": "Development environment: invented people, no passwords.",
        "left": "You are signed out.",
        "refused": "Sign-in is not possible",
        "hint": "The application sent a faulty request:",
    },
}
ROLES = {
    "de": {
        "case_manager": "Case Management",
        "team_lead": "Teamleitung, Fachaufsicht",
        "coordinator": "Koordination",
        "funding_officer": "Fördersachbearbeitung",
        "funding_approver": "Freigabe von Bescheiden",
        "unit_head": "Leitung",
        "b3_officer": "Sachbearbeitung Baustein 3",
        "dpo": "Datenschutz",
        "integrator": "Anbindung von Fachverfahren",
        "auditor": "Rechnungsprüfung",
        "admin": "Administration",
    },
    "en": {
        "case_manager": "case management",
        "team_lead": "team lead, professional oversight",
        "coordinator": "coordination",
        "funding_officer": "funding",
        "funding_approver": "approval of awards",
        "unit_head": "head of unit",
        "b3_officer": "officer, module 3",
        "dpo": "data protection",
        "integrator": "connecting software",
        "auditor": "audit",
        "admin": "administration",
    },
}
STYLE = """
body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;
 color:#1a1a1a;background:#fff}
h2{margin:2rem 0 .5rem;font-size:1.2rem}h3{margin:1rem 0 .3rem;font-size:1rem;color:#444}
ul{list-style:none;margin:0;padding:0;display:grid;gap:.5rem;
 grid-template-columns:repeat(auto-fill,minmax(17rem,1fr))}
button{font:inherit;width:100%;min-height:3.5rem;text-align:left;padding:.5rem .75rem;
 border:1px solid #6b6b6b;border-radius:.4rem;background:#f6f8fa;color:inherit;cursor:pointer}
button:hover{background:#e6eef7}button:focus-visible{outline:3px solid #0b57d0;outline-offset:2px}
small{display:block;color:#444}
"""


def language(asked: str, accept_language: str) -> str:
    """`ui_locales` first, then the browser's list; German unless English comes before it."""
    for tag in f"{asked.replace(' ', ',')},{accept_language}".lower().split(","):
        if tag.strip()[:2] in WORDS:
            return tag.strip()[:2]
    return "de"


def picker(people: list[Persona], parameters: list[tuple[str, str]], lang: str) -> HTMLResponse:
    """One button per persona; the parameters of the request travel along as hidden fields."""
    words = WORDS[lang]
    hidden = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        for name, value in parameters
    )
    sections = "".join(
        f"<section><h2>{escape(name)} <small>{key}</small></h2>"
        f"{_units(list(members), lang)}</section>"
        for (key, name), members in groupby(
            people, lambda one: (one.affiliation.tenant, one.affiliation.tenant_name)
        )
    )
    body = f'<p>{words["note"]}</p><form method="post" action="authorize">{hidden}{sections}</form>'
    return _page(words["title"], body, lang, 200)


def refusal(reason: str, lang: str) -> HTMLResponse:
    """Shown instead of a redirect when there is no trustworthy address to redirect to."""
    words = WORDS[lang]
    body = f'<p>{words["hint"]}</p><p role="alert"><code>{escape(reason)}</code></p>'
    return _page(words["refused"], body, lang, 400)


def signed_out(lang: str) -> HTMLResponse:
    """Shown where the application named no address of its own to go on to."""
    return _page(WORDS[lang]["left"], "", lang, 200)


def _units(people: list[Persona], lang: str) -> str:
    parts = []
    for name, members in groupby(people, lambda one: one.affiliation.unit_name):
        items = "".join(
            f'<li><button name="persona" value="{escape(one.id)}">{escape(one.name)}'
            f"<small>{_roles(one, lang)}</small></button></li>"
            for one in members
        )
        parts.append(f"<h3>{escape(name)}</h3><ul>{items}</ul>")
    return "".join(parts)


def _roles(persona: Persona, lang: str) -> str:
    return escape("; ".join(ROLES[lang].get(role, role) for role in persona.roles))


def _page(title: str, body: str, lang: str, status: int) -> HTMLResponse:
    nonce = secrets.token_urlsafe(16)
    html = (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{title}</title><style nonce="{nonce}">{STYLE}</style></head>'
        f"<body><main><h1>{title}</h1>{body}</main></body></html>"
    )
    headers = {
        "Content-Security-Policy": (
            f"default-src 'none'; style-src 'nonce-{nonce}'; base-uri 'none'; "
            "frame-ancestors 'none'; form-action 'self' http://127.0.0.1:* http://localhost:*"
        ),
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }
    return HTMLResponse(html, status, headers)
