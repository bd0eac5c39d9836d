"""What the table of acts says of a note, what the note says of itself, and what then happens."""

from itertools import product
from typing import Any, Final

import pytest

from services.cases.domain.access import Role
from services.cases.domain.access_table import REACHES
from services.cases.domain.acts import CORRECT_NOTE, HAND_ON_NOTE
from services.cases.domain.notes import Confidentiality
from shared.kernel.access_relations import Relation
from tests.services.cases.api.test_hand_on import RISK
from tests.services.cases.conftest import Person, actor_of, today

R = Relation
MANAGER: Final = frozenset({Role.CASE_MANAGER.value})
KINDS: Final = {
    Confidentiality.NORMAL: {"kind": "MEETING"},
    Confidentiality.CONFIDENTIAL: {"kind": "FILE", "confidentiality": "CONFIDENTIAL"},
    Confidentiality.ENTRUSTED: {"kind": "CONVERSATION"},
}
# Anna wrote or Bernd did, who is in charge besides: what each has to do with the note.
ANNAS: Final = (frozenset({R.UNIT, R.OWNER}), frozenset({R.UNIT, R.IN_CHARGE}))
BERNDS: Final = (frozenset({R.UNIT}), frozenset({R.UNIT, R.OWNER, R.IN_CHARGE}))


def is_read(confidentiality: Confidentiality, relations: frozenset[Relation]) -> bool:
    (reach,) = (one for one in REACHES if one.confidentiality == confidentiality)
    return any(reach.opens(Role.CASE_MANAGER, one) for one in relations)


@pytest.mark.parametrize("confidentiality", Confidentiality)
async def test_table_buttons_and_operations_say_the_same_of_every_relation(
    anna: Person, bernd: Person, case: dict[str, Any], confidentiality: Confidentiality
) -> None:
    await anna.act(case["id"], "assign")
    leader, writer = await actor_of(anna, "manager-2"), await actor_of(anna, "|waf-case-manager")
    await anna.act(case["id"], "hand-over", caseManager=leader)
    body = {"text": "Vermerk.", "heldOn": today(), **KINDS[confidentiality]}
    correction = {"text": "Anders.", "heldOn": today(), "reason": "Verschrieben"}
    for (author, relations), (place, who) in product(
        ((anna, ANNAS), (bernd, BERNDS)), enumerate((anna, bernd))
    ):
        note = await author.post(f"/v1/cases/{case['id']}/notes", body)
        path, mine = f"/v1/notes/{note['id']}", relations[place]
        corrects = CORRECT_NOTE[confidentiality].permits(MANAGER, mine)
        hands_on = confidentiality is Confidentiality.ENTRUSTED and HAND_ON_NOTE.permits(
            MANAGER, mine
        )
        if not is_read(confidentiality, mine):
            assert not corrects
            await who.get(path, status=404)
            await who.post(f"{path}/versions", correction, status=404)
            await who.post(f"{path}/actions/hand-on", RISK | {"receiver": writer}, status=404)
            continue
        buttons = {"correct": corrects, "hand-on": hands_on}
        allowed = (await who.get(path))["allowedActions"]
        assert allowed == [action for action, is_open in buttons.items() if is_open]
        if hands_on:
            receiver = leader if who is anna else writer
            handed = RISK | {"receiver": receiver}
            await who.post(f"{path}/actions/hand-on", handed, status=200)
        await who.post(f"{path}/versions", correction, status=201 if corrects else 403)
