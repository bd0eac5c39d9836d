"""`python -m deploy.contracts`: write the published contracts from the code that keeps them.

OpenAPI (3.1, and 3.0 for client generators) and JSON Schemas of events for each service, one
AsyncAPI document, the GraphQL schema,
and the documents that are made from code (settings, problems, state diagrams).
`--check` writes nothing and fails when a committed contract differs from the code.
"""

import argparse
import importlib
import json
import sys
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from pydantic.alias_generators import to_camel

from deploy.documents import documents
from deploy.openapi_30 import openapi_30
from gateway.schema import export_sdl
from shared.messaging.envelope import STREAM, SUBJECTS

ROOT = Path(__file__).resolve().parents[1]
SERVICES = ("cases", "funding", "referrals")


def contracts() -> dict[Path, str]:
    """Every contract file with the text it should have."""
    files: dict[Path, str] = {}
    channels: dict[str, Any] = {}
    for service in SERVICES:
        folder = ROOT / "services" / service / "contracts"
        document = _openapi(service)
        files[folder / "openapi.json"] = _json(document)
        files[folder / "openapi-3.0.json"] = _json(openapi_30(document))
        for event in _events(service):
            schema = _event_schema(event)
            channels[event.event_type] = schema
            name = event.event_type.removeprefix(f"kim.{service}.")
            files[folder / "events" / f"{name}.json"] = _json(schema)
    files[ROOT / "docs" / "asyncapi.json"] = _json(_asyncapi(channels))
    files[ROOT / "gateway" / "schema.graphql"] = export_sdl()
    # Helm takes no file from outside a chart, and links do not outlive every way of copying.
    for name in ("roles.sql", "provision.sh"):
        source = ROOT / "deploy" / "postgres" / name
        files[ROOT / "deploy" / "helm" / "kim" / "files" / name] = source.read_text("utf-8")
    return files | documents()


def _openapi(service: str) -> dict[str, Any]:
    main = importlib.import_module(f"services.{service}.main")
    settings = importlib.import_module(f"services.{service}.settings")
    document: dict[str, Any] = main.create_app(settings.Settings()).openapi()
    return document


def _events(service: str) -> tuple[Any, ...]:
    module = importlib.import_module(f"services.{service}.domain.events")
    events: tuple[Any, ...] = module.EVENTS
    return events


def _event_schema(event: Any) -> dict[str, Any]:
    """JSON Schema of an event's data, in the camelCase of the wire."""
    schema = TypeAdapter(event).json_schema(mode="serialization")
    properties = schema.get("properties", {})
    return schema | {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:kim:event:{event.event_type}",
        "title": event.__name__,
        "properties": {to_camel(name): value for name, value in properties.items()},
        "required": sorted(to_camel(name) for name in properties),
        "additionalProperties": False,
    }


def _asyncapi(channels: dict[str, Any]) -> dict[str, Any]:
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "KIM events",
            "version": "1.0.0",
            "description": "CloudEvents 1.0 on NATS JetStream; ids and codes only, no names, no"
            f" free text. Stream {STREAM} on subjects {SUBJECTS}; at least once, in order for"
            " each aggregate; the header Nats-Msg-Id is the event id.",
            "license": {"name": "EUPL-1.2"},
        },
        "defaultContentType": "application/cloudevents+json",
        "channels": {
            subject: {
                "address": subject,
                "messages": {schema["title"]: {"$ref": f"#/components/messages/{subject}"}},
            }
            for subject, schema in sorted(channels.items())
        },
        "operations": {
            f"publish-{subject}": {
                "action": "send",
                "channel": {"$ref": f"#/channels/{subject}"},
            }
            for subject in sorted(channels)
        },
        "components": {
            "messages": {
                subject: {"name": schema["title"], "payload": schema}
                for subject, schema in sorted(channels.items())
            }
        },
    }


def _json(document: dict[str, Any]) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m deploy.contracts", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, only compare")
    chosen = parser.parse_args(arguments)
    wanted = contracts()
    differing = [path for path, text in wanted.items() if _read(path) != text]
    orphans = [path for path in _committed_events() if path not in wanted]
    for path in differing + orphans:
        print(f"differs: {path.relative_to(ROOT)}")
    if chosen.check:
        if differing or orphans:
            print("Run `make contracts` and commit what it writes.", file=sys.stderr)
        return 1 if differing or orphans else 0
    for path in differing:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted[path], encoding="utf-8")
    for path in orphans:
        path.unlink()
    print(f"{len(wanted)} contracts, {len(differing) + len(orphans)} written or removed.")
    return 0


def _committed_events() -> list[Path]:
    return sorted((ROOT / "services").glob("*/contracts/events/*.json"))


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


if __name__ == "__main__":
    sys.exit(main())
