"""Rows to insert, complete: what a caller leaves out gets the default of its table class."""

from typing import Any

from sqlmodel import SQLModel


def complete(row_class: type[SQLModel], **values: Any) -> dict[str, Any]:
    """`values` with the declared defaults for every column that has one.

    Raises KeyError for a column that the table does not have.
    """
    fields = row_class.model_fields
    unknown = values.keys() - fields.keys()
    if unknown:
        raise KeyError(*sorted(unknown))
    defaults = {
        name: field.get_default(call_default_factory=True)
        for name, field in fields.items()
        if not field.is_required()
    }
    return defaults | values
