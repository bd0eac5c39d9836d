"""Documents made ready once: parsed, limited, validated; the ready ones are kept."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    ASTValidationRule,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    Visitor,
    parse,
    validate,
    visit,
)

from gateway.transport.cost import CostWalk, check_cost
from gateway.transport.faults import ErrorCode, refused, refused_by_graphql
from gateway.transport.limits import Limits, check_limits, check_tokens, too_deep
from shared.kernel.text import Text

QUERY_CHARS_MAX = 32_000
CHARS_KEPT_MAX = 2_000_000
VALIDATION_ERRORS_MAX = 20
CURSOR_FIELDS = frozenset({"cursor", "startCursor"})
# Their arguments describe a person; a URL ends up in logs and histories.
POSTED_FIELDS = frozenset({"searchPersons", "routing", "omniSearch"})

TOO_LONG = Text(de="Die Abfrage ist zu lang.", en="The operation is too long.")
NAME_MISSING = Text(
    de="Die Anfrage enthält mehrere Operationen; `operationName` muss eine davon nennen.",
    en="The request contains several operations; `operationName` must name one of them.",
)
NAME_UNKNOWN = Text(
    de="Die genannte Operation steht nicht in der Anfrage.",
    en="The named operation is not in the request.",
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """One valid document. `costs` keeps what its operations cost where no variable matters.

    `asks_for_cursors` says whether it reads the cursor of a row anywhere; services make these
    only when asked. `must_be_posted` says whether its arguments may describe a person.
    `plans` keeps how its selections are read (`gateway/plans`).
    """

    document: DocumentNode
    operations: tuple[OperationDefinitionNode, ...]
    fragments: dict[str, FragmentDefinitionNode]
    asks_for_cursors: bool = False
    must_be_posted: bool = False
    costs: dict[int, int] = field(default_factory=dict)
    plans: dict[Any, Any] = field(default_factory=dict)

    def operation(self, name: str | None) -> OperationDefinitionNode:
        """The operation to execute. Raises RequestFault when the request does not choose one."""
        if name is None:
            if len(self.operations) == 1:
                return self.operations[0]
            raise refused(ErrorCode.OPERATION_NOT_CHOSEN, NAME_MISSING)
        for operation in self.operations:
            if operation.name and operation.name.value == name:
                return operation
        raise refused(ErrorCode.OPERATION_NOT_CHOSEN, NAME_UNKNOWN)

    def check_cost(
        self,
        operation: OperationDefinitionNode,
        variables: dict[str, Any],
        schema: GraphQLSchema,
        cost_max: int,
    ) -> int:
        """What the operation costs with these variables. Raises RequestFault over the limit."""
        place = self.operations.index(operation)
        cost = self.costs.get(place)
        if cost is None:
            walk = CostWalk(schema, self.fragments, variables)
            cost = walk.cost(operation)
            if not walk.depends_on_variables:
                self.costs[place] = cost
        check_cost(cost, cost_max)
        return cost


class Documents:
    """Makes documents ready; the most recently used are kept, bounded in number and in length."""

    def __init__(
        self,
        schema: GraphQLSchema,
        rules: Sequence[type[ASTValidationRule]],
        limits: Limits,
        *,
        kept_max: int,
        are_suggestions_hidden: bool,
    ) -> None:
        self._schema = schema
        self._are_suggestions_hidden = are_suggestions_hidden
        self._rules = rules
        self._limits = limits
        self._kept_max = kept_max
        self._kept: OrderedDict[str, Prepared] = OrderedDict()
        self._chars_kept = 0

    def prepared(self, query: str) -> Prepared:
        """Raises RequestFault when the query is too long or deep, unreadable or invalid."""
        known = self._kept.get(query)
        if known is not None:
            self._kept.move_to_end(query)
            return known
        if len(query) > QUERY_CHARS_MAX:
            raise refused(
                ErrorCode.QUERY_TOO_LONG, TOO_LONG, limit=QUERY_CHARS_MAX, actual=len(query)
            )
        try:
            fresh = self._prepare(query)
        except RecursionError as deep:
            raise too_deep(self._limits.depth) from deep
        self._keep(query, fresh)
        return fresh

    def _prepare(self, query: str) -> Prepared:
        try:
            document = parse(query, max_tokens=self._limits.tokens)
        except GraphQLSyntaxError as unreadable:
            check_tokens(query, self._limits)
            raise refused_by_graphql([unreadable], ErrorCode.PARSE_FAILED) from unreadable
        check_limits(document, self._limits)
        errors: list[GraphQLError] = validate(
            self._schema,
            document,
            self._rules,
            max_errors=VALIDATION_ERRORS_MAX,
            hide_suggestions=self._are_suggestions_hidden,
        )
        if errors:
            raise refused_by_graphql(errors, ErrorCode.VALIDATION_FAILED)
        definitions = document.definitions
        operations = tuple(n for n in definitions if isinstance(n, OperationDefinitionNode))
        fragments = [n for n in definitions if isinstance(n, FragmentDefinitionNode)]
        seeker = _FieldSeeker()
        visit(document, seeker)
        by_name = {node.name.value: node for node in fragments}
        return Prepared(
            document,
            operations,
            by_name,
            asks_for_cursors=not CURSOR_FIELDS.isdisjoint(seeker.names),
            must_be_posted=not POSTED_FIELDS.isdisjoint(seeker.names),
        )

    def _keep(self, query: str, fresh: Prepared) -> None:
        self._kept[query] = fresh
        self._chars_kept += len(query)
        while len(self._kept) > self._kept_max or self._chars_kept > CHARS_KEPT_MAX:
            oldest, _ = self._kept.popitem(last=False)
            self._chars_kept -= len(oldest)


class _FieldSeeker(Visitor):
    """Collects the names of all fields."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        self.names.add(node.name.value)
