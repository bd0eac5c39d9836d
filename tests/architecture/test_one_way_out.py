"""What leaves the house towards an address that somebody else chose, leaves by one door."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# The door itself; keys of the issuers that the operator named: the composition lends its session;
# a process that asks itself over loopback.
DOORS = {
    "shared/webhooks/outgoing.py",
    "shared/service/compose.py",
    "shared/web/probe.py",
}
CLIENTS = {"ClientSession", "AsyncClient", "urlopen", "HTTPSConnection", "HTTPConnection"}


def test_only_one_module_posts_to_partners() -> None:
    found = set()
    for folder in ("services", "shared"):
        for path in (ROOT / folder).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            named = {
                node.attr if isinstance(node, ast.Attribute) else node.id
                for node in ast.walk(tree)
                if isinstance(node, ast.Attribute | ast.Name)
            }
            made = {
                call.func.attr if isinstance(call.func, ast.Attribute) else call.func.id
                for call in ast.walk(tree)
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute | ast.Name)
            }
            if named & CLIENTS & made:
                found.add(str(path.relative_to(ROOT)))
    assert found == DOORS
