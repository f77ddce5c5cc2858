"""The documents that a version lists as its sources, by label."""

from collections.abc import Mapping

from greenpaper.framework.checked import Document
from greenpaper.framework.written import FrameworkFile

Documents = Mapping[str, Document]


def documents_of(head: FrameworkFile) -> dict[str, Document]:
    """Every document that a framework file lists."""
    return {
        name: Document(name, each.title, each.publisher, each.published, each.url)
        for name, each in head.sources.items()
    }


def document_of(name: str, documents: Documents) -> Document:
    """The document listed under the name, or one of which nothing but the name is known."""
    return documents.get(name) or Document(name, "", "")
