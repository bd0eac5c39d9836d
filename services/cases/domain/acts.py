"""What single people may do with single records: operations ask these rows, documents show them.

Whatever is not named here is open to every case manager of the unit that keeps the case.
"""

from typing import Final

from services.cases.domain.access import Right, Role
from services.cases.domain.access_rules import ENTRUSTED, NOTES, OWN_UNIT, RESTRICTION
from services.cases.domain.notes import Confidentiality
from shared.kernel.access_acts import Act, Doers
from shared.kernel.access_relations import Relation
from shared.kernel.text import Text

R = Relation
THE_UNIT: Final = frozenset({R.IN_CHARGE, R.DEPUTY, R.EMERGENCY, R.OWNER, R.UNIT})
TENANT: Final = THE_UNIT | {R.OTHER_UNIT}
STANDING_IN: Final = Text(
    de="§ 35 Abs. 1 SGB I; Entscheidung 0031", en="§ 35 (1) SGB I; decision 0031"
)
THREE_PEOPLE: Final = Text(
    de="§ 84 Abs. 2 SGB X; drei Personen (R-D3)", en="§ 84 (2) SGB X; three persons (R-D3)"
)
_MANAGER, _LEAD, _HEAD = Role.CASE_MANAGER.value, Role.TEAM_LEAD.value, Role.UNIT_HEAD.value

_CORRECTED_BY: Final = {
    Confidentiality.NORMAL: ({R.OWNER, R.IN_CHARGE}, OWN_UNIT),
    Confidentiality.CONFIDENTIAL: ({R.OWNER, R.IN_CHARGE}, NOTES),
    Confidentiality.ENTRUSTED: ({R.OWNER}, ENTRUSTED),
}
CORRECT_NOTE: Final = {
    confidentiality: Act(
        name="correct-note",
        kind="note",
        confidentiality=confidentiality.value,
        right=Right.CHANGE_CASES,
        text=Text(de="Vermerk berichtigen", en="correct a note"),
        basis=basis,
        doers={_MANAGER: frozenset(relations)},
    )
    for confidentiality, (relations, basis) in _CORRECTED_BY.items()
}
HAND_ON_NOTE: Final = Act(
    name="hand-on-note",
    kind="note",
    confidentiality=Confidentiality.ENTRUSTED.value,
    right=Right.CHANGE_CASES,
    text=Text(de="Anvertrauten Vermerk weitergeben", en="hand an entrusted note on"),
    basis=ENTRUSTED,
    doers={_MANAGER: frozenset({R.OWNER})},
)
APPROVE_PLAN: Final = Act(
    name="approve-plan",
    kind="plan_version",
    right=Right.CHANGE_CASES,
    text=Text(de="Hilfeplan freigeben", en="approve a plan"),
    basis=Text(de="Vier Augen", en="four eyes"),
    doers={_MANAGER: THE_UNIT},
    barred=frozenset({R.AUTHOR}),
)
RELEASE_PERSON: Final = Act(
    name="release-restricted-person",
    kind="restriction_release",
    confidentiality="RESTRICTED",
    right=Right.RELEASE_RESTRICTED,
    text=Text(
        de="Bei Auskunftssperre jemanden freigeben",
        en="release somebody behind a bar on disclosure",
    ),
    basis=RESTRICTION,
    doers={_MANAGER: frozenset({R.AUTHOR}), _LEAD: THE_UNIT, _HEAD: THE_UNIT},
    barred=frozenset({R.CONCERNED}),
)
END_RELEASE: Final = Act(
    name="end-restriction-release",
    kind="restriction_release",
    confidentiality="RESTRICTED",
    right=Right.RELEASE_RESTRICTED,
    text=Text(de="Eine solche Freigabe beenden", en="end such a release"),
    basis=RESTRICTION,
    doers={_MANAGER: frozenset({R.AUTHOR}), _LEAD: THE_UNIT, _HEAD: THE_UNIT},
)
APPOINT_DEPUTY: Final = Act(
    name="appoint-deputy",
    kind="deputyship",
    right=Right.KEEP_DEPUTIES,
    text=Text(de="Vertretung einsetzen", en="appoint a deputy"),
    basis=STANDING_IN,
    doers={_MANAGER: frozenset({R.PRINCIPAL}), _LEAD: THE_UNIT},
    # Whoever could appoint themselves would read any colleague's confidential notes.
    barred=frozenset({R.DEPUTY}),
)
END_DEPUTYSHIP: Final = Act(
    name="end-deputyship",
    kind="deputyship",
    right=Right.KEEP_DEPUTIES,
    text=Text(de="Vertretung beenden", en="end a deputyship"),
    basis=STANDING_IN,
    doers={_MANAGER: frozenset({R.PRINCIPAL, R.DEPUTY, R.AUTHOR}), _LEAD: THE_UNIT},
)
OPEN_EMERGENCY: Final = Act(
    name="open-emergency-access",
    kind="emergency_access",
    right=Right.OPEN_EMERGENCY,
    text=Text(de="Fall im Notfall öffnen", en="open a case in an emergency"),
    basis=STANDING_IN,
    doers={_MANAGER: frozenset({R.UNIT})},
    barred=frozenset({R.IN_CHARGE, R.DEPUTY}),
)
END_EMERGENCY: Final = Act(
    name="end-emergency-access",
    kind="emergency_access",
    right=Right.READ_EMERGENCIES,
    text=Text(de="Notfallzugriff beenden", en="end an emergency access"),
    basis=STANDING_IN,
    doers={_MANAGER: frozenset({R.EMERGENCY}), _LEAD: THE_UNIT, Role.DPO.value: TENANT},
)
REVIEW_EMERGENCY: Final = Act(
    name="review-emergency-access",
    kind="emergency_access",
    right=Right.REVIEW_EMERGENCIES,
    text=Text(de="Notfallzugriff prüfen", en="review an emergency access"),
    basis=STANDING_IN,
    doers={Role.DPO.value: TENANT},
    barred=frozenset({R.EMERGENCY}),
)


def _on_list(name: str, text: Text, doers: Doers, *barred: R) -> Act:
    return Act(
        name=name,
        kind="destruction_list",
        right=Right.HANDLE_DESTRUCTION,
        text=text,
        basis=THREE_PEOPLE,
        doers=doers,
        barred=frozenset(barred),
    )


_OF_AUTHOR: Final = {_MANAGER: frozenset({R.AUTHOR}), _LEAD: frozenset({R.AUTHOR})}
SUBMIT_LIST: Final = _on_list(
    "submit",
    Text(de="Löschliste bearbeiten, zur Prüfung geben", en="edit or submit a destruction list"),
    _OF_AUTHOR,
)
REVIEW_LIST: Final = _on_list(
    "review", Text(de="Löschliste prüfen", en="review a destruction list"),
    {_MANAGER: THE_UNIT}, R.AUTHOR,
)  # fmt: skip
RETURN_LIST: Final = _on_list(
    "request-changes",
    Text(de="Änderungen an der Löschliste verlangen", en="request changes of a destruction list"),
    {_MANAGER: THE_UNIT, _LEAD: THE_UNIT}, R.AUTHOR,
)  # fmt: skip
APPROVE_LIST: Final = _on_list(
    "approve", Text(de="Löschliste freigeben", en="approve a destruction list"),
    {_LEAD: THE_UNIT}, R.AUTHOR, R.REVIEWER,
)  # fmt: skip
EXECUTE_LIST: Final = _on_list(
    "execute", Text(de="Löschung ausführen", en="execute the erasure"), {_MANAGER: THE_UNIT}
)
ACTS: Final[tuple[Act, ...]] = (
    *CORRECT_NOTE.values(),
    *(HAND_ON_NOTE, APPROVE_PLAN, RELEASE_PERSON, END_RELEASE, APPOINT_DEPUTY, END_DEPUTYSHIP),
    *(OPEN_EMERGENCY, END_EMERGENCY, REVIEW_EMERGENCY),
    *(SUBMIT_LIST, REVIEW_LIST, RETURN_LIST, APPROVE_LIST, EXECUTE_LIST),
)
