"""What is only read is copied from the services' documents; graphql-core executes all else."""

from copy import copy
from typing import Any

from graphql import GraphQLObjectType
from graphql.pyutils import AwaitableOrValue, Path
from strawberry import Schema
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from gateway.loaders import Loaders
from gateway.plans.leaves import Unfit
from gateway.plans.levels import Begun, fill
from gateway.plans.planning import Kept, Planner
from gateway.plans.rows import Selected


class ProjectingExecutor(StrawberryGraphQLCoreExecutionContext):
    """Executes as graphql-core does, but resolves no field that only reads a member.

    A value that is not exactly what the schema promises is never judged here: its field goes
    through graphql-core, which says what is wrong with it, where, and what becomes null.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        manager = self.middleware_manager
        # What would watch every field must see every field.
        self._is_watched = manager is not None and bool(manager.middlewares)
        self._plans = Planner(self.collect_subfields, self._kept(), self._shape())
        # Once something was unfit, fields are executed one by one: in the order of graphql-core.
        self._is_ahead = isinstance(getattr(self.context_value, "loaders", None), Loaders)

    def execute_fields(
        self,
        parent_type: GraphQLObjectType,
        source_value: Any,
        path: Path | None,
        grouped_field_set: Selected,
        position_context: Any,
    ) -> AwaitableOrValue[dict[str, Any]]:
        everything = (parent_type, source_value, path, grouped_field_set, position_context)
        if self._is_watched:
            return super().execute_fields(*everything)
        level = self._plans.level(parent_type, grouped_field_set) if self._is_ahead else None
        if level is None:
            return self._copied(*everything)
        begun: Begun = []
        try:
            answer = level.begun(source_value, begun)
        except Exception:  # noqa: BLE001 - whatever it is, graphql-core meets it again and judges
            self._is_ahead = False
            return self._copied(*everything)
        return self._filled(answer, begun, everything) if begun else answer

    async def _filled(
        self, answer: dict[str, Any], begun: Begun, everything: tuple[Any, ...]
    ) -> dict[str, Any]:
        """What has been read is in the loaders: graphql-core asks no service for it again."""
        try:
            await fill(begun, self.context_value.loaders)
        except Exception:  # noqa: BLE001 - whatever it is, graphql-core meets it again and judges
            self._is_ahead = False
        else:
            return answer
        found = self._copied(*everything)
        if self.is_awaitable(found):
            return await found  # type: ignore[no-any-return] # its type says so
        return found  # type: ignore[return-value] # not awaitable: the fields themselves

    def _copied(
        self,
        parent_type: GraphQLObjectType,
        source_value: Any,
        path: Path | None,
        grouped_field_set: Selected,
        position_context: Any,
    ) -> AwaitableOrValue[dict[str, Any]]:
        row = self._plans.row(parent_type, grouped_field_set)
        everything = (parent_type, source_value, path, grouped_field_set, position_context)
        if not (row.steps or row.constants):
            return super().execute_fields(*everything)
        try:
            answer, rest = row.copied_in_part(source_value)
        except Unfit:
            return super().execute_fields(*everything)
        if not rest:
            return answer
        found = super().execute_fields(parent_type, source_value, path, rest, position_context)
        if not self.is_awaitable(found):
            answer.update(found)  # type: ignore[arg-type] # not awaitable: the fields themselves
            return answer
        return _completed(answer, found)

    def _kept(self) -> Kept:
        """Plans name nodes by their ids: none is shared with a document parsed once more."""
        prepared = getattr(self.context_value, "prepared", None)
        if prepared is None or all(one is not self.operation for one in prepared.operations):
            return {}
        kept: Kept = prepared.plans
        return kept

    def _shape(self) -> tuple[Any, ...]:
        given = self.variable_values.coerced
        return tuple((name, value) for name, value in given.items() if isinstance(value, bool))


async def _completed(answer: dict[str, Any], found: Any) -> dict[str, Any]:
    answer.update(await found)
    return answer


def planned(schema: Schema) -> Schema:
    """The same schema, executed this way."""
    made = copy(schema)
    made.execution_context_class = ProjectingExecutor
    return made
