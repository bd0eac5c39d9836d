"""Answers that carry warnings beside the document: nothing is refused for them."""

import orjson

from shared.database.views import Document
from shared.kernel.errors import FieldFault
from shared.service.warnings import warn
from shared.web.problems import fault_document


def with_warnings(document: Document, warnings: tuple[FieldFault, ...]) -> Document:
    """The document with a member `warnings`, in the language of the request.

    A client that wants to be stopped at warnings is stopped at these.
    """
    for one in warnings:
        warn(one)
    listed = orjson.dumps([fault_document(one) for one in warnings])
    body = document.body[:-1] + b',"warnings":' + listed + b"}"
    return Document(body, document.version)
