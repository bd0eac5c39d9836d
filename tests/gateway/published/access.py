"""Why a record is seen: published by every service alike."""

from typing import Any

ANSWERS = {
    "AccessExplanation": ("cases", "AccessExplanationView"),
    "AccessRule": ("cases", "AccessRuleView"),
}
REQUESTS: dict[str, Any] = {}
ENUMS = {"ExplainedKind": "shared.service.access_explanations:ExplainedKind"}
