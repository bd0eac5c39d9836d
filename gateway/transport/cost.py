"""What one operation would fetch: objects, with every list counted at the length asked for."""

from collections.abc import Mapping
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    get_named_type,
    is_composite_type,
    is_list_type,
    is_non_null_type,
)

from gateway.paging import PAGE_DEFAULT, PAGE_MAX
from gateway.transport.faults import ErrorCode, refused
from shared.kernel.text import Text

# A list inside a document that was fetched anyway; no page of its own.
LIST_ROWS = 5
# Read one record at a time, each with its entry in the audit log: dear in lists.
READ_ONE_BY_ONE = frozenset(
    {
        "Allocation.availableTransitions",
        "Award.availableTransitions",
        "Referral.content",
        "Referral.disputedFields",
        "Referral.disputes",
        "Referral.secretCategories",
        "Referral.subjectReference",
    }
)
# The same, said by a row of `gateway/schema/reads.py` in the metadata of its field.
ONE_BY_ONE = "one-by-one"
COST_OF_ONE_READ = 100

TOO_COSTLY = Text(
    de="Die Abfrage fordert zu viele Datensätze auf einmal an. Bitte `first` verkleinern.",
    en="The operation asks for too many records at once. Please ask for smaller pages.",
)


def check_cost(cost: int, cost_max: int) -> None:
    if cost > cost_max:
        raise refused(ErrorCode.QUERY_TOO_COSTLY, TOO_COSTLY, limit=cost_max, actual=cost)


class CostWalk:
    """Counts one operation of a valid document.

    Leaves cost nothing, an object 1, a list its length times what one of its objects costs; what
    services hand out one by one costs a read each.
    `depends_on_variables` tells afterwards whether other variables may give another cost.
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: Mapping[str, FragmentDefinitionNode],
        variables: Mapping[str, Any],
    ) -> None:
        self._schema = schema
        self._fragments = fragments
        self._variables = variables
        self._known: dict[str, int] = {}
        self.depends_on_variables = False

    def cost(self, operation: OperationDefinitionNode) -> int:
        root = self._schema.get_root_type(operation.operation)
        return self._selected(operation.selection_set, root)

    def _selected(self, selection: SelectionSetNode | None, parent: GraphQLNamedType | None) -> int:
        total = 0
        for node in selection.selections if selection else ():
            if isinstance(node, FieldNode):
                total += self._field(node, parent)
            elif isinstance(node, InlineFragmentNode):
                total += self._selected(node.selection_set, self._narrowed(node, parent))
            elif isinstance(node, FragmentSpreadNode):
                total += self._fragment(node.name.value)
        return total

    def _field(self, node: FieldNode, parent: GraphQLNamedType | None) -> int:
        if not isinstance(parent, GraphQLObjectType | GraphQLInterfaceType):
            return 0
        definition = parent.fields.get(node.name.value)
        if definition is None:  # __typename, __schema
            return 0
        own = COST_OF_ONE_READ if _is_read_one_by_one(parent, node.name.value, definition) else 0
        named = get_named_type(definition.type)
        if not is_composite_type(named):
            return own
        rows = self._rows(node, definition, parent)
        return own + rows * (1 + self._selected(node.selection_set, named))

    def _rows(self, node: FieldNode, definition: GraphQLField, parent: GraphQLNamedType) -> int:
        if "first" in definition.args:
            return self._page(node)
        if "ids" in definition.args:
            return self._length(_argument(node, "ids"))
        kind = definition.type.of_type if is_non_null_type(definition.type) else definition.type
        if not is_list_type(kind) or parent.name.endswith("Connection"):
            return 1
        return LIST_ROWS

    def _page(self, node: FieldNode) -> int:
        value = _argument(node, "first")
        if isinstance(value, IntValueNode):
            return _bounded(int(value.value))
        if isinstance(value, VariableNode):
            self.depends_on_variables = True
            return _bounded(self._variables.get(value.name.value, PAGE_DEFAULT))
        return PAGE_DEFAULT

    def _length(self, value: ValueNode | None) -> int:
        if isinstance(value, ListValueNode):
            return len(value.values)
        if isinstance(value, VariableNode):
            self.depends_on_variables = True
            given = self._variables.get(value.name.value)
            return len(given) if isinstance(given, list) else 1
        return 1

    def _narrowed(
        self, node: InlineFragmentNode, parent: GraphQLNamedType | None
    ) -> GraphQLNamedType | None:
        if node.type_condition is None:
            return parent
        return self._schema.get_type(node.type_condition.name.value)

    def _fragment(self, name: str) -> int:
        if name not in self._known:
            fragment = self._fragments[name]
            condition = self._schema.get_type(fragment.type_condition.name.value)
            self._known[name] = self._selected(fragment.selection_set, condition)
        return self._known[name]


def _is_read_one_by_one(parent: GraphQLNamedType, name: str, definition: GraphQLField) -> bool:
    row = definition.extensions.get("strawberry-definition")
    return f"{parent.name}.{name}" in READ_ONE_BY_ONE or ONE_BY_ONE in getattr(row, "metadata", ())


def _argument(node: FieldNode, name: str) -> ValueNode | None:
    return next((given.value for given in node.arguments or () if given.name.value == name), None)


def _bounded(asked: object) -> int:
    """A page that is refused later (0, 101, null) counts as the one it would become."""
    if not isinstance(asked, int):
        return PAGE_DEFAULT
    return max(1, min(asked, PAGE_MAX))
