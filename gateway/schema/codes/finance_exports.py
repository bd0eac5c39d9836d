"""Codes of files for the finance system, as the funding service has them."""

from enum import Enum

import strawberry

from gateway.schema.published import both, code


@strawberry.enum(description=both("Encoding of a file.", "Zeichenkodierung einer Datei."))
class FinanceFileEncoding(Enum):
    WINDOWS_1252 = code(
        "windows-1252",
        "Windows-1252; other characters are replaced and told",
        "Windows-1252; andere Zeichen werden ersetzt und gemeldet",
    )
    UTF_8 = code("utf-8", "UTF-8, every character as it is", "UTF-8, jedes Zeichen wie es ist")
