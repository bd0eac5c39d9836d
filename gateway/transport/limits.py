"""What one operation may ask for: counted on the document, before it is validated.

One walk counts depth, fields, aliases and directives with fragments spread out. Each fragment is
counted once and its counts are reused, so that fragments nested like Russian dolls cost nothing;
a fragment within itself counts as empty here and is refused by validation.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSyntaxError,
    InlineFragmentNode,
    Lexer,
    OperationDefinitionNode,
    OperationType,
    SelectionNode,
    SelectionSetNode,
    Source,
    TokenKind,
)

from gateway.transport.faults import ErrorCode, RequestFault, refused
from shared.kernel.text import Text

DIRECTIVES_MAX = 50
# Clients' tools read the schema nested some 13 levels deep; how deep its lists may nest, the
# validation itself limits.
INTROSPECTION = frozenset({"__schema", "__type"})

TOO_DEEP = Text(
    de="Die Abfrage ist zu tief geschachtelt.", en="The operation is nested too deeply."
)
TOO_MANY_FIELDS = Text(
    de="Die Abfrage hat zu viele Felder.", en="The operation has too many fields."
)
TOO_MANY_ALIASES = Text(
    de="Die Abfrage hat zu viele Aliasse.", en="The operation has too many aliases."
)
TOO_MANY_DIRECTIVES = Text(
    de="Die Abfrage hat zu viele Direktiven.", en="The operation has too many directives."
)
TOO_MANY_TOKENS = Text(
    de="Die Abfrage hat zu viele Zeichen und Wörter.", en="The operation has too many tokens."
)
TOO_MANY_MUTATIONS = Text(
    de="Die Anfrage enthält zu viele Änderungen.", en="The request contains too many mutations."
)


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one operation may have; `cost` in objects, lists counted in full."""

    depth: int
    fields: int
    aliases: int
    mutations: int
    cost: int
    tokens: int


@dataclass(frozen=True, slots=True)
class Measure:
    """What a selection has, fragments spread out."""

    depth: int = 0
    fields: int = 0
    aliases: int = 0
    directives: int = 0

    def beside(self, other: "Measure") -> "Measure":
        return Measure(
            max(self.depth, other.depth),
            self.fields + other.fields,
            self.aliases + other.aliases,
            self.directives + other.directives,
        )


NOTHING = Measure()


def check_limits(document: DocumentNode, limits: Limits) -> None:
    """Raises RequestFault, naming the limit and the count, for the first limit that is broken."""
    fragments = {
        node.name.value: node
        for node in document.definitions
        if isinstance(node, FragmentDefinitionNode)
    }
    walk = _Walk(fragments)
    for operation in document.definitions:
        if isinstance(operation, OperationDefinitionNode):
            measure = walk.measured(operation.selection_set)
            mutations = _mutations(operation, walk)
            _check(measure, mutations, limits)


def _check(measure: Measure, mutations: int, limits: Limits) -> None:
    code = ErrorCode
    for count, limit, which, text in (
        (measure.depth, limits.depth, code.QUERY_TOO_DEEP, TOO_DEEP),
        (measure.fields, limits.fields, code.TOO_MANY_FIELDS, TOO_MANY_FIELDS),
        (measure.aliases, limits.aliases, code.TOO_MANY_ALIASES, TOO_MANY_ALIASES),
        (measure.directives, DIRECTIVES_MAX, code.TOO_MANY_DIRECTIVES, TOO_MANY_DIRECTIVES),
        (mutations, limits.mutations, code.TOO_MANY_MUTATIONS, TOO_MANY_MUTATIONS),
    ):
        if count > limit:
            raise refused(which, text, limit=limit, actual=count)


def check_tokens(query: str, limits: Limits) -> None:
    """For a document that could not be read. Raises RequestFault when it was for its length."""
    count, lexer = 0, Lexer(Source(query))
    try:
        while lexer.advance().kind is not TokenKind.EOF:
            count += 1
    except GraphQLSyntaxError:
        pass  # counted up to what is no token
    if count > limits.tokens:
        raise refused(ErrorCode.TOO_MANY_TOKENS, TOO_MANY_TOKENS, limit=limits.tokens, actual=count)


def too_deep(limit: int) -> RequestFault:
    """For a document so deep that reading it ended before the count."""
    return refused(ErrorCode.QUERY_TOO_DEEP, TOO_DEEP, limit=limit)


def _mutations(operation: OperationDefinitionNode, walk: "_Walk") -> int:
    if operation.operation is not OperationType.MUTATION:
        return 0
    return walk.root_fields(operation.selection_set)


class _Walk:
    def __init__(self, fragments: dict[str, FragmentDefinitionNode]) -> None:
        self._fragments = fragments
        self._known: dict[str, Measure] = {}
        self._roots: dict[str, int] = {}

    def measured(self, selection: SelectionSetNode | None) -> Measure:
        total = NOTHING
        for node in _selections(selection):
            total = total.beside(self._one(node))
        return total

    def root_fields(self, selection: SelectionSetNode | None) -> int:
        count = 0
        for node in _selections(selection):
            if isinstance(node, FieldNode):
                count += 1
            elif isinstance(node, InlineFragmentNode):
                count += self.root_fields(node.selection_set)
            elif isinstance(node, FragmentSpreadNode):
                count += self._roots_of(node.name.value)
        return count

    def _one(self, node: SelectionNode) -> Measure:
        own = Measure(directives=len(node.directives or ()))
        if isinstance(node, FieldNode):
            inner = self.measured(node.selection_set)
            deep = 0 if node.name.value in INTROSPECTION else inner.depth
            return own.beside(
                Measure(
                    deep + 1, inner.fields + 1, inner.aliases + bool(node.alias), inner.directives
                )
            )
        if isinstance(node, InlineFragmentNode):
            return own.beside(self.measured(node.selection_set))
        assert isinstance(node, FragmentSpreadNode)
        return own.beside(self._fragment(node.name.value))

    def _fragment(self, name: str) -> Measure:
        if name not in self._known and name in self._fragments:
            self._known[name] = NOTHING  # what a cycle finds
            self._known[name] = self.measured(self._fragments[name].selection_set)
        return self._known.get(name, NOTHING)

    def _roots_of(self, name: str) -> int:
        if name not in self._roots and name in self._fragments:
            self._roots[name] = 0
            self._roots[name] = self.root_fields(self._fragments[name].selection_set)
        return self._roots.get(name, 0)


def _selections(selection: SelectionSetNode | None) -> Iterable[SelectionNode]:
    return selection.selections if selection else ()
