import importlib
import pkgutil
import re
from dataclasses import fields, is_dataclass
from uuid import UUID

from services.funding.domain import events
from services.funding.domain.events import EVENTS

KEYS = {"tenant_id", "unit_id", "recipient_unit", "source_kind", "reason"}


def test_every_event_has_a_type_of_its_own_in_the_agreed_form() -> None:
    types = [kind.event_type for kind in EVENTS]

    assert len(set(types)) == len(types)
    assert all(re.fullmatch(r"kim\.funding\.[a-z-]+\.v1", name) for name in types)


def test_events_carry_only_ids_codes_and_numbers() -> None:
    for kind in EVENTS:
        assert is_dataclass(kind)
        texts = {field.name for field in fields(kind) if field.type is str}
        assert texts <= KEYS
        # A record, or a period of the books.
        assert any(field.type is UUID or field.name == "fiscal_year" for field in fields(kind))


def test_every_declared_event_is_published() -> None:
    modules = [
        importlib.import_module(f"{events.__name__}.{module.name}")
        for module in pkgutil.iter_modules(events.__path__)
    ]
    declared = {
        value
        for module in modules
        for value in vars(module).values()
        if hasattr(value, "event_type") and value.__module__.startswith("services.funding.")
    }

    assert declared == set(EVENTS)
