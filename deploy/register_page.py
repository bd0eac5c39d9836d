"""`docs/data-protection/register.md`: the register of Art. 30 GDPR, from what the code says.

What only a municipality knows stands as a field to fill in, never as a guess.
"""

import ast
import asyncio
import importlib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

from fastapi import FastAPI

from deploy.register_data import data_of_cases, data_of_others, periods
from shared.kernel.access_table import RELATION_WORDS, ROLE_WORDS, AccessTable, Relation
from shared.kernel.caller import Caller
from shared.kernel.purposes import BY_ROLE, PURPOSES, Purpose
from shared.service.permissions import permitted_operations

ROOT = Path(__file__).resolve().parents[1]
SERVICES: Final = ("cases", "funding", "referrals")
# A POST that ends so is the twin of a list, with its filters in the body.
SEARCH: Final = "/search"
# Of the service itself; about nobody.
ABOUT_NOBODY: Final = ("/v1/meta", "/v1/permissions", "/v1/problems")
# Who reads by these belongs to another unit than the one whose record it is.
OF_OTHERS: Final = (
    Relation.RECEIVER, Relation.RECIPIENT, Relation.RECIPIENT_ACCEPTED, Relation.OTHER_UNIT,
    Relation.OTHER_TENANT,
)  # fmt: skip
HEAD = """# Verzeichnis von Verarbeitungstätigkeiten

Nach Art. 30 Abs. 1 DSGVO, aus dem Code erzeugt: je Zweck, den ein Aufruf nennen kann und der mit
jedem Lesen und Ändern im Protokoll steht, eine Tätigkeit. Was die Software nicht wissen kann, steht
als **[auszufüllen: …]** und ist von der Stelle zu ergänzen. Die Rechtsgrundlagen sind von ihr zu
bestätigen.

| Angabe | |
|---|---|
| Verantwortliche Stelle, Anschrift, Leitung | **[auszufüllen: Name und Kontaktdaten der Stelle]** |
| Gemeinsam Verantwortliche (Art. 26 DSGVO) | **[auszufüllen: Vereinbarung oder „keine“]** |
| Datenschutzbeauftragte Person | **[auszufüllen: Name und Kontaktdaten]** |
| Auftragsverarbeiter (Art. 28 DSGVO, § 80 SGB X) | **[auszufüllen: Rechenzentrum, Vertrag]** |
| Übermittlung in Drittländer | durch die Software keine; **[auszufüllen: eigene Dienstleister]** |
| Stand, Freigabe | **[auszufüllen: Datum, Unterschrift]** |

Verantwortlich ist jede Organisationseinheit für sich
([Entscheidung 0004](../decisions/0004-tenancy-by-organisational-unit.md)): Jede führt ihr eigenes
Verzeichnis und streicht, was sie nicht tut.

Den Zweck nennt die Kopfzeile `KIM-Purpose`; fehlt sie, gilt der für das Programm zugelassene. Der
übliche der Rolle gilt im Betrieb nur, wo die Verwaltung das für ein Programm oder einen Aussteller
so gesagt hat; sonst wird die Anfrage abgewiesen
([Entscheidung 0038](../decisions/0038-who-processes-says-what-for.md)). Zulässig ist jeder Zweck
der Liste, solange der Aussteller das Programm nicht auf einzelne beschränkt (`purposes` in den
[Einstellungen](../settings.md)). Die Rechte hängen an der Rolle, nicht am Zweck: Unter
„Operationen“
steht, was die Rollen öffnen, deren üblicher Zweck er ist, gefragt an denselben Türen, die auch der
Dienst fragt.
"""
MEASURES = """## Technische und organisatorische Maßnahmen

Für alle Tätigkeiten (Art. 30 Abs. 1 Buchst. g, Art. 32 DSGVO); Nachweise im
[Bedrohungsmodell](threat-model.md) und in der [Folgenabschätzung](dsfa.md).

| Maßnahme | Beschreibung |
|---|---|
| Trennung der Stellen in der Datenbank | [0004](../decisions/0004-tenancy-by-organisational-unit.md), [0032](../decisions/0032-what-the-policies-trust.md) |
| Lesen und Schreiben nach Rolle, Klasse und Bezug | [wer was darf](../access.md), [0039](../decisions/0039-writing-stands-in-the-table-of-access.md) |
| Klassen der Vermerke; Auskunftssperren | [0009](../decisions/0009-who-reads-a-note.md), [0011](../decisions/0011-who-sees-a-restricted-person.md) |
| Vertretung und Notfallzugriff | [0031](../decisions/0031-standing-in-is-a-fact-of-the-database.md) |
| Protokoll jedes Lesens und Änderns, versiegelt | [0027](../decisions/0027-the-audit-log-is-sealed-behind-the-writers.md) |
| Verschlüsselung mit Schlüsseln je Akte, getrennt verwahrt | [0029](../decisions/0029-keys-lie-apart-from-records.md) |
| Löschen, auch nach einer Wiederherstellung | [0036](../decisions/0036-a-restored-service-forgets-by-itself.md) |
| Anmeldung, Aussteller, Grenzen für Fremde | [0030](../decisions/0030-a-token-is-worth-what-its-key-is.md), [0040](../decisions/0040-strangers-are-counted-by-address.md) |
| Kleine Zahlen in Auswertungen | [0025](../decisions/0025-figures-come-in-editions.md) |
| Rechte der Betroffenen | [0028](../decisions/0028-each-controller-answers-for-itself.md) |
| Räume, Netze, Sicherungen, Schulung | **[auszufüllen: Maßnahmen des Betriebs]** |
"""  # noqa: E501  rows of a table do not break


def register_page(generated: str) -> str:
    lines = [generated, HEAD, "## Tätigkeiten\n"]
    for number, purpose in enumerate(PURPOSES.values(), 1):
        lines += [*_activity(number, purpose), ""]
    lines += [*data_of_cases(), "", *data_of_others(), "", *periods(), "", MEASURES]
    return "\n".join(lines)


def _activity(number: int, purpose: Purpose) -> Iterator[str]:
    roles = [role for role, usual in BY_ROLE.items() if usual == purpose.code]
    yield f"### {number} {purpose.title.de} (`{purpose.code}`)\n"
    yield "| Angabe | |"
    yield "|---|---|"
    yield _row("Rechtsgrundlage", purpose.basis.de)
    yield _row("Rollen, für die er üblich ist", "; ".join(ROLE_WORDS[role].de for role in roles)
               or "keine; nur ausdrücklich genannt, von jeder Rolle")  # fmt: skip
    if own := stated_by_code().get(purpose.code):
        yield _row("vom Code selbst genannt", _joined(f"`{path}`" for path in own))
    for service in SERVICES:
        yield from _in_service(service, roles)
    receivers = _recipients(roles) if roles else "wie bei der Rolle, die ihn nennt"
    yield _row("Empfänger in anderen Stellen", receivers)


def _in_service(service: str, roles: list[str]) -> Iterator[str]:
    table = _table(service)
    if not roles:
        opened = _opened(service, tuple(ROLE_WORDS))
        number = f"{len(opened)} Operationen, soweit die eigene Rolle sie öffnet"
        yield _row(f"{table.text.de}: Operationen", number)
        yield _row(f"{table.text.de}: Daten", "wie bei der Rolle, die ihn nennt")
        return
    opened = _opened(service, tuple(roles))
    rights = {right for role in roles for right in table.rights[role]}
    words = (text.de for right, text in table.words.items() if right in rights)
    read = dict.fromkeys(
        reach.text.de for reach in table.reaches if any(reach.readers.get(role) for role in roles)
    )
    yield _row(f"{table.text.de}: Handlungen", _joined(words) or "keine")
    yield _row(f"{table.text.de}: Operationen (lesend/ändernd)", _by_resource(opened) or "keine")
    yield _row(
        f"{table.text.de}: Daten", _joined(read) or "keine Datensätze mit Bezug, siehe Handlungen"
    )


def _by_resource(operations: frozenset[str]) -> str:
    reads: Counter[str] = Counter()
    writes: Counter[str] = Counter()
    for operation in operations:
        method, path = operation.split(" ", 1)
        is_read = method == "GET" or path.endswith(SEARCH)
        (reads if is_read else writes)[path.split("/")[2]] += 1
    names = sorted({*reads, *writes})
    return _joined(f"`/v1/{name}` {reads[name]}/{writes[name]}" for name in names)


@cache
def _opened(service: str, roles: tuple[str, ...]) -> frozenset[str]:
    """What the doors of the service open to any of the roles, with `METHOD /v1/…`."""

    async def ask() -> frozenset[str]:
        callers = (Caller("00000", "unit", "", "register", role, frozenset({role}))
                   for role in roles)  # fmt: skip
        app = _app(service)
        found = {line for one in callers async for line in permitted_operations(app, one)}
        return frozenset(
            line for line in found if " /v1/" in line and line.partition(" ")[2] not in ABOUT_NOBODY
        )

    return asyncio.run(ask())


@cache
def _app(service: str) -> FastAPI:
    settings = importlib.import_module(f"services.{service}.settings").Settings()
    app: FastAPI = importlib.import_module(f"services.{service}.main").create_app(settings)
    return app


def _table(service: str) -> AccessTable:
    table: AccessTable = importlib.import_module(f"services.{service}.domain.access_table").TABLE
    return table


def _recipients(roles: list[str]) -> str:
    found = {
        f"{ROLE_WORDS[role].de} ({RELATION_WORDS[relation].de}): {reach.text.de}": None
        for service in SERVICES
        for reach in _table(service).reaches
        for role in roles
        for relation in OF_OTHERS
        if reach.opens(role, relation)
    }
    return "; ".join(found) or "keine über die Rollen"


@cache
def stated_by_code() -> dict[str, list[str]]:
    """Modules that state a purpose themselves, as workers and pages behind links do."""
    found: dict[str, list[str]] = {}
    for folder in ("services", "shared", "gateway"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for code in sorted({code for node in ast.walk(tree) for code in _stated(node)}):
                found.setdefault(code, []).append(path.relative_to(ROOT).as_posix())
    return found


def _stated(node: ast.AST) -> Iterator[str]:
    """`purpose="…"` of a call, and `purpose: str = "…"` or `PURPOSE: Final = "…"`."""
    value: Any = None
    if isinstance(node, ast.keyword) and node.arg == "purpose":
        value = node.value
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        value = node.value if node.target.id.lower() == "purpose" else None
    if isinstance(value, ast.Constant) and str(value.value) in PURPOSES:
        yield str(value.value)


def _joined(words: Any) -> str:
    return ", ".join(words)


def _row(name: str, value: str) -> str:
    return f"| {name} | {value.replace('|', chr(92) + '|')} |"
