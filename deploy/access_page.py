"""`docs/access.md`: who may read and do what, for data protection officers, from the tables."""

import importlib
from collections.abc import Iterable, Iterator

from shared.kernel.access_acts import Act, Deposit
from shared.kernel.access_rules import AccessRule, Effect
from shared.kernel.access_table import (
    RELATION_WORDS,
    ROLE_WORDS,
    AccessTable,
    Reach,
    Relation,
    Wall,
)
from shared.kernel.text import Text

SERVICES = ("cases", "funding", "referrals")
WALLS = {
    Wall.ROLE_AND_RELATION: "Rolle und Bezug / role and relation",
    Wall.RELATION: "Bezug; Rolle an der Tür / relation; role at the door",
}
EFFECTS = {
    Effect.SHOWS: "zeigt / shows",
    Effect.NARROWS: "engt ein / narrows",
    Effect.HIDES: "verbirgt / hides",
}
BASIS = "Grund / basis"
WALL = "Datenbank / database"
NEVER = "nie / never"
ACTS_HEAD = """Wer etwas selbst erfasst hat oder gemeint ist, tut das mit „nie“ Bezeichnete nicht,
was er oder sie auch sonst ist. Was hier nicht steht, ist allen offen, die nach den
anderen Tabellen an den Datensatz kommen und deren Rolle die Handlung hat.

Whoever recorded something or is meant by it does not do what says “never”, whatever else they are.
What is not named here is open to all whom the other tables let reach the record and whose role has
the action.
"""
SCOPES = """
### Zugriffsumfang / access scopes

Die Administration kann für eine Rolle oder Person enger ziehen, was die Tabellen öffnen: wessen
Fälle, welche Falltypen, bis zu welcher Klasse die Vermerke anderer. Personen, Familien, Ereignisse
und Dateien folgen ihren Fällen; wer in keinem Fall steht, bleibt der Stelle sichtbar. Eine Klasse
haben nur Vermerke: Dokumente und Statusangaben tragen keine und folgen allein ihrem Fall. Was
vertraulich ist, gehört in einen Vermerk. Zahlen des Kreises zählen alle Fälle, ohne sie zu nennen.

The administration can draw narrower for a role or a person what the tables open: whose cases, which
types, up to which class the notes of others. Persons, families, events and files follow their
cases; who is in no case yet stays in the unit's sight. Notes alone have a class: documents and
entries of status carry none and follow their case only. What is confidential belongs in a note.
Figures of the county count all cases and name none.
"""
HEAD = """# Zugriff / Access

Wer was lesen und tun darf: je Dienst eine Tabelle, nach der auch der Dienst selbst entscheidet.
Was nicht genannt ist, ist verschlossen. Die Datenbank prüft selbst, was die letzte Spalte der
Datensätze nennt; Tests führen jede Zelle gegen sie aus. Verborgenes und Unbekanntes beantworten
die Dienste gleich (404). Stellen der Ausländer- und Einbürgerungsbehörden sehen keine Fälle,
gleich welche Rolle ihr Aussteller vergibt.

Who may read and do what: one table for each service, by which the service itself decides. What
is not named is closed. The database itself asks what the last column of the records says; tests
execute every cell against it. What is hidden and what is unknown get the same answer (404). Posts
of authorities for foreigners and naturalisation see no case, whatever role their issuer grants.
"""


def access_page(generated: str) -> str:
    tables = [
        importlib.import_module(f"services.{one}.domain.access_table").TABLE for one in SERVICES
    ]
    return "\n".join([generated, HEAD, *(line for one in tables for line in _service(one))])


def _service(table: AccessTable) -> Iterator[str]:
    yield f"## {_both(table.text)}\n"
    yield "### Rolle × Handlung / role × action\n"
    yield from _rights(table)
    yield "\n### Rolle × Vertraulichkeit × Bezug / role × confidentiality × relation\n"
    yield from _reaches(table)
    if any(rule.code == "access-scope" for rules in table.fields.values() for rule in rules):
        yield SCOPES.rstrip()
    yield "\n### Handlung × Rolle × Bezug / act × role × relation\n"
    yield ACTS_HEAD
    yield from _acts(table)
    yield "\n### Schreiben: was die Datenbank annimmt / writing: what the database takes\n"
    yield from _deposits(table)
    yield "\n### Felder / fields\n"
    yield _row("Datensatz / record", "Wirkung / effect", "Felder / fields", "Regel / rule", BASIS)
    yield "|---|---|---|---|---|"
    for record, rules in table.fields.items():
        yield from (_rule(record, rule) for rule in rules)
    yield ""


def _rights(table: AccessTable) -> Iterator[str]:
    roles = list(table.rights)
    heads = [_both(ROLE_WORDS[role]) for role in roles]
    yield _row("Handlung / action", *heads)
    yield "|" + "---|" * (len(roles) + 1)
    for right, words in table.words.items():
        marks = ("●" if right in table.rights[role] else "" for role in roles)
        yield _row(_both(words), *marks)


def _reaches(table: AccessTable) -> Iterator[str]:
    relations = [one for one in Relation if any(_opened_by(r, one) for r in table.reaches)]
    words = [_both(RELATION_WORDS[one]) for one in relations]
    yield _row("Lesen von / reading", "Klasse / class", *words, BASIS, WALL)
    yield "|" + "---|" * (len(relations) + 4)
    for reach in table.reaches:
        cells = (", ".join(_opened_by(reach, one)) for one in relations)
        yield _row(
            _both(reach.text),
            reach.confidentiality or "–",
            *cells,
            _both(reach.basis),
            WALLS[reach.wall],
        )


def _acts(table: AccessTable) -> Iterator[str]:
    relations = [one for one in Relation if any(_may(act, one) or one in act.barred
                                                for act in table.acts)]  # fmt: skip
    words = [_both(RELATION_WORDS[one]) for one in relations]
    yield _row("Handlung / act", "Klasse / class", *words, BASIS)
    yield "|" + "---|" * (len(relations) + 3)
    for act in table.acts:
        cells = (NEVER if one in act.barred else ", ".join(_may(act, one)) for one in relations)
        yield _row(_both(act.text), act.confidentiality or "–", *cells, _both(act.basis))


def _may(act: Act, relation: Relation) -> list[str]:
    return [ROLE_WORDS[role].de for role, relations in act.doers.items() if relation in relations]


def _deposits(table: AccessTable) -> Iterator[str]:
    relations = [one for one in Relation if any(_puts(d, one) for d in table.deposits)]
    words = [_both(RELATION_WORDS[one]) for one in relations]
    yield _row("Schreiben von / writing", "Tabellen / tables", *words, WALL)
    yield "|" + "---|" * (len(relations) + 3)
    for one in table.deposits:
        kinds = ", ".join(f"`{kind}`" for kind in one.kinds)
        cells = (", ".join(_puts(one, relation)) for relation in relations)
        yield _row(_both(one.text), kinds, *cells, WALLS[one.wall])


def _puts(deposit: Deposit, relation: Relation) -> list[str]:
    return [ROLE_WORDS[role].de for role, reach in deposit.writers.items() if relation in reach]


def _opened_by(reach: Reach, relation: Relation) -> list[str]:
    return [ROLE_WORDS[role].de for role in reach.readers if reach.opens(role, relation)]


def _rule(record: str, rule: AccessRule[object]) -> str:
    members = ", ".join(f"`{one}`" for one in rule.members) or "alle / all"
    return _row(f"`{record}`", EFFECTS[rule.effect], members, _both(rule.text), _both(rule.basis))


def _both(text: Text) -> str:
    return text.de if text.de == text.en else f"{text.de} / {text.en}"


def _row(*cells: str) -> str:
    return f"| {' | '.join(_told(cells))} |"


def _told(cells: Iterable[str]) -> Iterator[str]:
    return (cell.replace("|", "\\|") for cell in cells)
