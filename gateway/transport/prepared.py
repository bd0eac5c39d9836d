"""Hands the document that was made ready to Strawberry, which then neither parses nor validates."""

from collections.abc import Iterator

from strawberry.extensions import SchemaExtension


class UsePrepared(SchemaExtension):
    def on_parse(self) -> Iterator[None]:
        prepared = getattr(self.execution_context.context, "prepared", None)
        if prepared is not None:
            self.execution_context.graphql_document = prepared.document
        yield

    def on_validate(self) -> Iterator[None]:
        if getattr(self.execution_context.context, "prepared", None) is not None:
            self.execution_context.pre_execution_errors = []
        yield
