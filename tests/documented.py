"""The examples that the documentation gives to partners, run as they stand."""

import re
from pathlib import Path
from typing import Any

PAGE = Path(__file__).resolve().parents[1] / "docs" / "integration.md"


def documented(name: str) -> dict[str, Any]:
    """What the Python example below `<!-- name -->` defines."""
    found = re.search(rf"<!-- {name} -->\n```python\n(.*?)```", PAGE.read_text(), re.DOTALL)
    assert found is not None, name
    room: dict[str, Any] = {}
    exec(found[1], room)  # noqa: S102 - our own documentation
    return room
