"""No service takes down what another one feeds: where it answers, the field may be null."""

from collections import defaultdict
from inspect import getsource

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    get_named_type,
    is_non_null_type,
)

from gateway.schema import schema
from gateway.transport.origins import service_of

CORE = schema._schema
OBJECTS = {
    name: kind
    for name, kind in CORE.type_map.items()
    if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType)
    and not name.startswith("__")
    and name not in {"Mutation", "Subscription"}
}
# Asked of no service, or with every fault of a service in a typed place of its own: proven by
# `tests/gateway/test_partial_answers.py` with all of them down.
WHOLE_ROOTS = {"viewer", "nodes", "statusReport", "serviceStatus"}
FIELDS_FOUND_MIN = 200


def asks(field: GraphQLField) -> bool:
    """Whether its resolver gets hold of the services."""
    row = field.extensions.get("strawberry-definition")
    resolver = getattr(row, "base_resolver", None)
    return resolver is not None and "info" in getsource(resolver.wrapped_func)


def services_of_types() -> dict[str, set[str]]:
    """Which services' documents each type is read from."""
    found: dict[str, set[str]] = defaultdict(set)
    for kind in OBJECTS.values():
        for field in kind.fields.values():
            service = service_of(field)
            if service:
                found[get_named_type(field.type).name].add(service)
    is_growing = True
    while is_growing:
        is_growing = False
        for name, kind in OBJECTS.items():
            for field in kind.fields.values():
                part = get_named_type(field.type).name
                inherits = name != "Query" and not service_of(field) and not asks(field)
                if inherits and not found[part] >= found[name]:
                    found[part] |= found[name]
                    is_growing = True
    return found


def test_a_field_that_another_service_feeds_may_be_null() -> None:
    of_types = services_of_types()
    fed = [
        (name, key, field)
        for name, kind in OBJECTS.items()
        for key, field in kind.fields.items()
        if service_of(field)
    ]
    assert len(fed) >= FIELDS_FOUND_MIN

    cascading = {
        f"{name}.{key}"
        for name, key, field in fed
        if is_non_null_type(field.type)
        and (name == "Query" or of_types[name] != {service_of(field)})
    }

    assert cascading == set()


def test_every_root_field_may_be_null_unless_its_faults_have_places_of_their_own() -> None:
    whole = {key for key, field in OBJECTS["Query"].fields.items() if is_non_null_type(field.type)}
    assert whole == WHOLE_ROOTS


def test_every_field_of_a_record_that_asks_a_service_says_which() -> None:
    unsaid = {
        f"{name}.{key}"
        for name, kind in OBJECTS.items()
        if name != "Query"
        for key, field in kind.fields.items()
        if asks(field) and not service_of(field)
    }
    assert unsaid == set()
