"""What is published is what the code does: nothing committed differs from what it generates."""

import json

from deploy.contracts import ROOT, contracts


def test_no_committed_contract_or_generated_document_differs_from_the_code() -> None:
    differing = [
        str(path.relative_to(ROOT))
        for path, text in contracts().items()
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]
    assert differing == [], "run `make contracts` and commit what it writes"


def test_every_event_carries_ids_and_codes_only() -> None:
    """No member of an event may hold a name, a free text, a number of another register."""
    forbidden = ("name", "text", "note", "birth", "phone", "mail", "street", "address", "azr")
    events = [path for path in contracts() if path.parent.name == "events"]
    assert len(events) >= 20
    for path in events:
        members = json.loads(path.read_text(encoding="utf-8"))["properties"]
        named = [m for m in members if any(word in m.lower() for word in forbidden)]
        assert named == [], path.name
