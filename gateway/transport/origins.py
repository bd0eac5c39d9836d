"""Which service fed a place of an answer: said by the rows of the schema along its path."""

from collections.abc import Iterator, Mapping, Sequence

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
    OperationDefinitionNode,
    SelectionSetNode,
    get_named_type,
)

# Metadata of a field: the request that its row makes, as `POST cases /v1/cases`.
REQUEST = "request"

Fragments = Mapping[str, FragmentDefinitionNode]
Found = tuple[FieldNode, GraphQLField]


def service_of(field: GraphQLField) -> str | None:
    """The service that the row of a field asks; None where the field asks nobody."""
    row = field.extensions.get("strawberry-definition")
    line = getattr(row, "metadata", {}).get(REQUEST)
    return None if line is None else str(line.split(" ")[1])


def service_at(
    schema: GraphQLSchema,
    operation: OperationDefinitionNode,
    fragments: Fragments,
    path: Sequence[str | int],
) -> str | None:
    """The service asked last on the way to this place; None where nobody was."""
    root = schema.get_root_type(operation.operation)
    selected: list[tuple[SelectionSetNode | None, GraphQLNamedType | None]] = [
        (operation.selection_set, root)
    ]
    asked: str | None = None
    for key in path:
        if isinstance(key, int):
            continue
        found = [
            one
            for selection, parent in selected
            for one in _under(schema, fragments, selection, parent)
            if (one[0].alias or one[0].name).value == key
        ]
        asked = next((name for _, field in found if (name := service_of(field))), asked)
        selected = [(node.selection_set, get_named_type(field.type)) for node, field in found]
    return asked


def _under(
    schema: GraphQLSchema,
    fragments: Fragments,
    selection: SelectionSetNode | None,
    parent: GraphQLNamedType | None,
) -> Iterator[Found]:
    """Every field selected, whatever type a fragment narrows it to."""
    for node in selection.selections if selection else ():
        if isinstance(node, FieldNode):
            if isinstance(parent, GraphQLObjectType | GraphQLInterfaceType):
                field = parent.fields.get(node.name.value)
                if field is not None:
                    yield node, field
            continue
        inner = fragments[node.name.value] if isinstance(node, FragmentSpreadNode) else node
        condition = (
            inner.type_condition
            if isinstance(inner, InlineFragmentNode | FragmentDefinitionNode)
            else None
        )
        narrowed = parent if condition is None else schema.get_type(condition.name.value)
        yield from _under(schema, fragments, getattr(inner, "selection_set", None), narrowed)
