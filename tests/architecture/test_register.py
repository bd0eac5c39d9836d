"""The register of processing activities says what the code says, and guesses nothing else."""

import re

from deploy.contracts import ROOT
from deploy.register_page import stated_by_code
from services.cases.domain.retention import DataKind
from services.cases.storage.tables import Table as CasesTable
from services.funding.storage.tables import Table as FundingTable
from services.referrals.storage.base import Table as ReferralsTable
from shared.kernel.access_table import ROLE_WORDS
from shared.kernel.purposes import BY_ROLE, PURPOSES

# That it is what the code makes of it is asked by test_contracts_in_step.
PAGE = (ROOT / "docs" / "data-protection" / "register.md").read_text(encoding="utf-8")
ACTIVITY = re.compile(
    r"^### [0-9]+ ([^\n]+) \(`([A-Z_]+)`\)\n(.*?)(?=^##)", re.MULTILINE | re.DOTALL
)
ACTIVITIES = {code: (title, body) for title, code, body in ACTIVITY.findall(PAGE)}


def test_every_purpose_stands_with_its_legal_basis() -> None:
    assert list(ACTIVITIES) == list(PURPOSES)
    for code, (title, body) in ACTIVITIES.items():
        assert title == PURPOSES[code].title.de
        assert f"| Rechtsgrundlage | {PURPOSES[code].basis.de} |" in body


def test_every_role_stands_with_the_purpose_that_it_usually_works_for() -> None:
    for role, code in BY_ROLE.items():
        _, body = ACTIVITIES[code]
        roles = re.search(r"^\| Rollen, .*?\| (.*) \|$", body, re.MULTILINE)
        assert roles is not None
        assert ROLE_WORDS[role].de in roles[1].split("; "), role


def test_operations_are_those_that_the_doors_open() -> None:
    """The officer reads the log and no case; who works with cases reads no award."""
    _, control = ACTIVITIES["DATA_PROTECTION_CONTROL"]
    assert re.search(r"^\| Fallakten: Operationen .*`/v1/audit` ", control, re.MULTILINE)
    assert not re.search(r"^\| Fallakten: Operationen .*`/v1/cases` ", control, re.MULTILINE)
    _, work = ACTIVITIES["CASE_WORK"]
    assert re.search(r"^\| Fallakten: Operationen .*`/v1/cases` ", work, re.MULTILINE)
    assert "| Förderung: Operationen (lesend/ändernd) | keine |" in work


def test_what_the_code_itself_states_is_found() -> None:
    """Workers, jobs and the pages behind links."""
    assert stated_by_code() == {
        "EXPORT": ["shared/jobs/desk.py"],
        "REFERRAL": ["services/referrals/operations/link_visits.py"],
        "SYSTEM_OPERATION": ["shared/observability/request.py"],
    }


def test_every_kind_of_data_and_every_table_is_named() -> None:
    for kind in DataKind:
        assert f"(`{kind}`) |" in PAGE
    for registry in (CasesTable, FundingTable, ReferralsTable):
        assert [one for one in registry.metadata.tables if f"`{one}`" not in PAGE] == []


def test_what_a_unit_must_add_is_marked() -> None:
    marked = re.findall(r"\*\*\[auszufüllen: [^\]]+\]\*\*", PAGE)
    assert len(marked) == PAGE.count("auszufüllen") >= 10
    assert "**[auszufüllen: Name und Kontaktdaten der Stelle]**" in marked
    assert "| Datenschutzbeauftragte Person | **[auszufüllen:" in PAGE
