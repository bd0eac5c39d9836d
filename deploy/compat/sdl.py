"""Two GraphQL schemas; graphql-core knows which changes break an operation."""

from graphql import build_schema, find_breaking_changes, find_dangerous_changes

from deploy.compat.changes import Change


def changes_of_graphql(old: str, new: str) -> list[Change]:
    schemas = build_schema(old, assume_valid=True), build_schema(new, assume_valid=True)
    breaking = [
        Change("graphql", _place(one.description), "", one.type.name.lower().replace("_", " "))
        for one in find_breaking_changes(*schemas)
    ]
    dangerous = [
        Change(
            "graphql",
            _place(one.description),
            "",
            one.type.name.lower().replace("_", " "),
            is_breaking=False,
        )
        for one in find_dangerous_changes(*schemas)
    ]
    return sorted(set(breaking + dangerous))


def _place(description: str) -> str:
    return description.rstrip(".").replace("'", "")
