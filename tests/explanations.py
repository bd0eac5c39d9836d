"""What explanations of access are held against: the documents that the services publish."""

from typing import Any


def shown_at(document: Any, path: str) -> list[Any]:
    """What stands at a path of a document, through its lists; nulls and empty lists left out."""
    found = [document]
    for name in path.split("."):
        below = [one.get(name) for one in found]
        listed = [one if isinstance(one, list) else [one] for one in below]
        found = [one for items in listed for one in items if one is not None]
    return found


def codes(explanation: dict[str, Any], effect: str) -> set[str]:
    """`effect` is the member that lists the rules: shownBy, narrowedBy, hiddenBy."""
    return {rule["code"] for rule in explanation[effect]}


def agrees(explanation: dict[str, Any], document: dict[str, Any]) -> None:
    """Whatever is called hidden is not in the document, every rule is said in both languages."""
    assert explanation["id"] == document["id"]
    assert explanation["shownBy"] != []
    for path in explanation["hiddenMembers"]:
        assert path.split(".")[0] in document, path
        assert shown_at(document, path) == [], path
    rules = [*explanation["shownBy"], *explanation["narrowedBy"], *explanation["hiddenBy"]]
    named = {member for rule in explanation["hiddenBy"] for member in rule["members"]}
    assert sorted(named) == explanation["hiddenMembers"]
    for rule in rules:
        assert rule["text"]["de"] != rule["text"]["en"]
        assert all(rule["basis"].values())


def without_request(problem: dict[str, Any]) -> dict[str, Any]:
    """A refusal without what is of one request alone."""
    return {key: value for key, value in problem.items() if key not in {"instance", "requestId"}}
