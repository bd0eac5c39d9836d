"""Which answers a client may keep: only what is the same for everybody and about nobody.

An answer is kept when every field at its root is one of `KEPT_FIELDS`; one other field, an error or
a POST makes the whole answer `no-store`.
"""

import hashlib
from typing import Final

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
)

# Code lists, state machines and catalogues: published with a version of the software.
KEPT_FIELDS: Final = frozenset(
    {
        "__typename",
        "codeList",
        "codeLists",
        "costKinds",
        "fundingCodeList",
        "fundingCodeLists",
        "referralCodeList",
        "referralCodeLists",
        "serviceCatalogue",
        "stateMachine",
    }
)
KEPT: Final = "private, max-age=300"
NOT_KEPT: Final = "no-store"


def may_be_kept(
    operation: OperationDefinitionNode, fragments: dict[str, FragmentDefinitionNode]
) -> bool:
    """Whether nothing at the root of the valid operation is about anybody."""
    if operation.operation is not OperationType.QUERY:
        return False
    return _fields(operation.selection_set, fragments) <= KEPT_FIELDS


def etag_of(body: bytes) -> str:
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def is_known(etag: str, if_none_match: str) -> bool:
    """Whether `If-None-Match` names it, or anything (RFC 9110, 13.1.2)."""
    known = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return "*" in known or etag in known


def _fields(
    selection: SelectionSetNode, fragments: dict[str, FragmentDefinitionNode]
) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    for node in selection.selections:
        if isinstance(node, FieldNode):
            found |= {node.name.value}
        elif isinstance(node, InlineFragmentNode):
            found |= _fields(node.selection_set, fragments)
        elif isinstance(node, FragmentSpreadNode):
            found |= _fields(fragments[node.name.value].selection_set, fragments)
    return found
