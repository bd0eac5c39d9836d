"""An answer under Art. 15 GDPR as a PDF: tagged, PDF/UA-1, German or English, fonts embedded.

The texts enter the template as data: a `#` in a note is a `#` on the page.
"""

import asyncio
import re
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import orjson
import typst

from services.cases.domain.headings import HEADINGS
from shared.jobs.headings import COMMON_HEADINGS

TEMPLATE = Path(__file__).parent / "access.typ"
GERMAN: Final = {**COMMON_HEADINGS, **HEADINGS}
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}")
WORDS: Final = {
    "de": {
        "title": "Auskunft über gespeicherte Daten",
        "law": "Art. 15 DSGVO, § 83 SGB X",
        "unit": "Verantwortliche Stelle", "received": "Antrag eingegangen am",
        "made": "Zusammengestellt am", "request": "Kennung des Antrags",
        "information": "Allgemeine Angaben", "recipients": "Empfänger",
        "accessLog": "Wer Ihre Angaben gesehen oder bearbeitet hat",
        "storage": "Dauer der Speicherung", "none": "keine", "until": "bis",
        "running": "läuft; die Frist beginnt mit dem Ende des Falls",
        "withheld": "Nicht mitgeteilte Teile", "record": "Datensatz", "part": "Teil",
        "ground": "Grund",
        "field": "Angabe", "day": "Tag", "value": "Inhalt", "page": "Seite", "of": "von",
        "disputed": "Richtigkeit bestritten (§ 84 Abs. 2 SGB X)", "yes": "ja", "no": "nein",
    },
    "en": {
        "title": "Access to stored data",
        "law": "Art. 15 GDPR, § 83 SGB X",
        "unit": "Controller", "received": "Request received on", "made": "Assembled on",
        "request": "Id of the request", "information": "General information",
        "recipients": "Recipients",
        "accessLog": "Who saw your data or worked on them",
        "storage": "Period of storage", "none": "none",
        "until": "until", "running": "open; the period begins when the case ends",
        "withheld": "Parts not told", "record": "Record", "part": "Part", "ground": "Ground",
        "field": "Field", "day": "Day", "value": "Content", "page": "Page", "of": "of",
        "disputed": "Accuracy disputed (§ 84 (2) SGB X)", "yes": "yes", "no": "no",
    },
}  # fmt: skip


async def print_pdf(export: dict[str, Any], language: str, made_at: datetime) -> bytes:
    """Some 100 ms of work, done beside the event loop."""
    return await asyncio.to_thread(_compile, export, language, made_at)


def _compile(export: dict[str, Any], language: str, made_at: datetime) -> bytes:
    made = typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=_fonts(),
        sys_inputs={"access": orjson.dumps(printed(export, language)).decode()},
        pdf_standards="ua-1",
        timestamp=made_at.replace(microsecond=0),
    )
    assert isinstance(made, bytes)
    return made


@lru_cache(maxsize=1)
def _fonts() -> Any:
    """The fonts inside the wheel: the same page on every machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)


def printed(export: dict[str, Any], language: str) -> dict[str, Any]:
    """The answer as the texts that stand on the page, in one language."""
    words = WORDS[language]
    request = export["request"]
    return {
        "language": language,
        "words": words,
        "unit": request["unitId"],
        "requestId": request["id"],
        "receivedOn": _said(request["receivedOn"], words),
        "madeAt": _said(request["assembledAt"], words),
        "information": [text[language] for text in export["information"].values()],
        "recipients": [
            f"{one['recipientUnit']} ({_said(one['disclosedAt'], words)})"
            for one in export["recipients"]
        ],
        "accessLog": [
            {"day": _said(one["day"], words), "text": one["text"][language]}
            for one in export["accessLog"]
        ],
        "storage": [
            f"{one['reference']}: "
            + (f"{words['until']} {_said(one['keptUntil'], words)}" if one["keptUntil"] else
               words["running"])
            for one in export["storage"]
        ],
        "services": [
            {
                "title": service["title"][language],
                "parts": [
                    {
                        "title": part["title"][language],
                        "records": [_fields(record, language) for record in part["records"]],
                    }
                    for part in service["parts"]
                    if part["records"]
                ],
            }
            for service in export["services"]
        ],
        "withheld": [
            {
                "part": one["title"][language],
                "ground": f"{one['label'][language]} ({', '.join(one['norms'])})",
            }
            for one in export["withheld"]
        ],
    }  # fmt: skip


def _fields(record: dict[str, Any], language: str) -> list[dict[str, str]]:
    words = WORDS[language]
    disputed = set(record.get("disputedFields") or ())
    return [
        {
            "name": _heading(name, language),
            "value": _said(value, words),
            "note": words["disputed"] if name in disputed else "",
        }
        for name, value in record.items()
        if name != "id" and value not in (None, "", [], {})
    ]


def _heading(name: str, language: str) -> str:
    if language == "de" and name in GERMAN:
        return GERMAN[name]
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return spaced[:1].upper() + spaced[1:].lower()


def _said(value: Any, words: dict[str, str]) -> str:
    if isinstance(value, bool):
        return words["yes"] if value else words["no"]
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_said(one, words)}" for name, one in value.items())
    if isinstance(value, list):
        return ", ".join(_said(one, words) for one in value)
    text = str(value)
    if INSTANT.match(text):
        return datetime.fromisoformat(text).strftime("%d.%m.%Y, %H:%M")
    return f"{text[8:]}.{text[5:7]}.{text[:4]}" if DAY.fullmatch(text) else text
