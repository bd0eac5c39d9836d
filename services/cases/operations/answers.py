"""Answers that carry warnings beside the document: nothing is refused for them."""

import orjson

from shared.database.views import Document
from shared.kernel.errors import FieldFault
from shared.observability.request import current_request


def with_warnings(document: Document, warnings: tuple[FieldFault, ...]) -> Document:
    """The document with a member `warnings`, in the language of the request."""
    language = current_request().language
    listed = [
        {"pointer": w.pointer, "code": w.code, "message": w.message.in_language(language)}
        for w in warnings
    ]
    body = document.body[:-1] + b',"warnings":' + orjson.dumps(listed) + b"}"
    return Document(body, document.version)
