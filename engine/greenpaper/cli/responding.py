"""`greenpaper responses`."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from greenpaper.cli.consulting import consultation_of
from greenpaper.cli.printing import out, write
from greenpaper.cli.selecting import Unusable, catalogue_of
from greenpaper.framework.checked import Citation, Confidence
from greenpaper.framework.consultation import Consultation, Response
from greenpaper.framework.documents import Documents, document_of
from greenpaper.framework.responses import RESPONSES_FILE, check_responses
from greenpaper.framework.selection import Selector, selector_of
from greenpaper.framework.written_out import responses_text
from greenpaper.records.responses import ResponseRow, read_response_table
from greenpaper.records.tables import read_bytes
from greenpaper.source.diagnostics import PolicyError
from greenpaper.source.located import MOST_BYTES, read_located
from greenpaper.source.problems import file_too_large
from greenpaper.source.text import Source, Span


def write_responses(version: str, table: Path, *, output: Path | None, replace: bool, policies: Path | None) -> None:
    """Write the responses of a table to the version's folder, or to `output`, and print what was read.

    What is there and differs is only replaced where `replace` says so. Raises Unusable, PolicyError or NoSuchVersion;
    then nothing is written.
    """
    selector = selector_of(version, catalogue_of(policies))
    consultation = consultation_of(selector, responses=False)
    responses = _read(table, consultation)
    text = _readable(responses_text(responses))
    path = output or _folder(selector) / RESPONSES_FILE
    written = _put(path, text, replace)
    out("\n".join([*_lines(responses, consultation), written]))


def _folder(selector: Selector) -> Path:
    """Where the version lies. Raises Unusable when it is one of a revision, which cannot be changed."""
    folder = selector.catalogue.folder
    if not isinstance(folder, Path):
        raise Unusable(f"`{selector.name}` is in a revision, which does not change: name a file with `--output`")
    return folder / selector.version


def _read(table: Path, consultation: Consultation) -> tuple[Response, ...]:
    """The responses of the table. Raises PolicyError with every problem in it, so that no word in it is guessed."""
    content, unread = read_bytes(table)
    if content is None:
        raise PolicyError(unread)
    if len(content) > MOST_BYTES:
        raise PolicyError([file_too_large(Span(Source(str(table), ""), 0, 0), len(content), MOST_BYTES)])
    rows, found = read_response_table(str(table), content, tuple(Confidence))
    responses = tuple(_response(row, consultation.sources) for row in rows)
    found = (*found, *check_responses(responses, consultation))
    if found:
        raise PolicyError(found)
    return responses


def _response(row: ResponseRow, documents: Documents) -> Response:
    """The row as a response; where its confidence is none, which is a problem already, as if it were the least sure."""
    sure = row.confidence if row.confidence in tuple(Confidence) else Confidence.ILLUSTRATIVE
    return Response(
        confidence=Confidence(sure),
        citation=Citation(document_of(row.document, documents)),
        channel=row.channel,
        question=row.question,
        answer=row.answer,
        count=row.count,
        share=row.share,
        note=row.note,
        places=row.places,
    )


def _readable(text: str) -> str:
    """The text, where it can be read again as a policy. Raises Unusable."""
    found = read_located(RESPONSES_FILE, text.encode("utf-8"))[1]
    if found:
        raise Unusable(f"so many responses cannot be kept: {found[0].message}; leave out what few people answered")
    return text


def _put(path: Path, text: str, replace: bool) -> str:
    """Write the text unless it is there already, and say which. Raises Unusable."""
    there = _there(path)
    if there == text.encode("utf-8"):
        return f"{path} says so already; nothing was written"
    if there is not None and not replace:
        raise Unusable(f"`{path}` is there and says something else: add `--replace` to replace it")
    write(path, text)
    return f"Written to {path}"


def _there(path: Path) -> bytes | None:
    try:
        return path.read_bytes() if path.is_file() else None
    except OSError as fault:
        raise Unusable(f"`{path}` cannot be read: {fault.strerror}") from None


def _lines(responses: Sequence[Response], consultation: Consultation) -> Iterator[str]:
    """How many rows were read, by channel and by question."""
    yield f"{len(responses)} {'row' if len(responses) == 1 else 'rows'} read"
    for what, counted, known in (
        ("channel", Counter(each.channel for each in responses), consultation.channels),
        ("question", Counter(each.question for each in responses), consultation.questions),
    ):
        for name in ("", *known):
            if counted[name]:
                yield f"  {f'{what} {name}' if name else f'no {what} named'}: {counted[name]}"
