"""Makes the manifest of trusted documents from a folder: `python -m gateway.trusted --help`."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import orjson
from graphql import specified_rules

from gateway.schema import schema
from gateway.settings import Settings
from gateway.transport.cost import CostWalk, check_cost
from gateway.transport.documents import Documents, Prepared
from gateway.transport.execution import limits_of
from gateway.transport.faults import RequestFault
from gateway.transport.trusted import digest_of

SUFFIXES = frozenset({".graphql", ".gql"})


def main(arguments: Sequence[str] | None = None) -> int:
    """1 when a document is refused, and then nothing is written."""
    asked = _parser().parse_args(arguments)
    settings = Settings()
    try:
        files = documents_in(asked.folder)
        manifest, refusals = made_from(files, settings)
    except OSError as fault:
        return _failed([f"{asked.folder}: {fault.strerror}"])
    if refusals or not manifest:
        return _failed(refusals or [f"{asked.folder}: no .graphql file"])
    text = orjson.dumps(manifest, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS) + b"\n"
    if asked.output is None:
        sys.stdout.write(text.decode())
    else:
        asked.output.write_bytes(text)
        sys.stderr.write(f"{asked.output}: {len(manifest)} documents\n")
    return 0


def _failed(reasons: Sequence[str]) -> int:
    sys.stderr.write("\n".join(reasons) + "\n")
    return 1


def documents_in(folder: Path) -> list[Path]:
    """Raises OSError where there is no such folder."""
    if not folder.is_dir():
        raise NotADirectoryError(20, "is no folder")
    return sorted(path for path in folder.rglob("*") if path.suffix in SUFFIXES)


def made_from(files: Sequence[Path], settings: Settings) -> tuple[dict[str, str], list[str]]:
    """SHA-256 → document, and `file: why` for each that the gateway would refuse."""
    documents = Documents(
        schema._schema,  # noqa: SLF001 - Strawberry has no public name for it
        specified_rules,
        limits_of(settings),
        kept_max=settings.documents_kept_max,
        are_suggestions_hidden=False,
    )
    manifest: dict[str, str] = {}
    refusals: list[str] = []
    for file in files:
        try:
            document = file.read_bytes().decode()
            _check_cost(documents.prepared(document), settings.cost_max)
        except RequestFault as fault:
            refusals += [f"{file}: {reason}" for reason in _reasons(fault)]
        except UnicodeDecodeError:
            refusals.append(f"{file}: not UTF-8")
        else:
            manifest[digest_of(document)] = document
    return manifest, refusals


def _check_cost(prepared: Prepared, cost_max: int) -> None:
    """With every variable left to its default; others are counted when they are sent."""
    for operation in prepared.operations:
        walk = CostWalk(schema._schema, prepared.fragments, {})  # noqa: SLF001 - as above
        check_cost(walk.cost(operation), cost_max)


def _reasons(fault: RequestFault) -> Iterator[str]:
    for error in fault.errors:
        places = error.get("locations") or [{}]
        line = places[0].get("line")
        yield f"{f'line {line}: ' if line else ''}{error['message']}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m gateway.trusted",
        description="Make the manifest of trusted documents (GATEWAY_TRUSTED_DOCUMENTS) from a"
        " folder of .graphql files. Each file is one document, taken byte by byte; one that the"
        " schema or a limit refuses is named with the reason, and nothing is written.",
    )
    parser.add_argument("folder", type=Path, help="folder, read with its subfolders")
    parser.add_argument(
        "-o", "--output", type=Path, help="file to write; standard output by default"
    )
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
