"""Responses to a consultation: read from their file, checked against what was asked, and written.

They are checked in the same way wherever they come from, since each knows the places of its parts.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal

from greenpaper.framework import consultation_problems as problems
from greenpaper.framework.checked import Citation, Confidence
from greenpaper.framework.consultation import Asks, Consultation, Response, Stage
from greenpaper.framework.documents import Documents, document_of
from greenpaper.framework.problems import unknown_source
from greenpaper.framework.reading import Reading
from greenpaper.framework.written_consultation import ResponsesFile
from greenpaper.source.diagnostics import Diagnostic
from greenpaper.source.text import Span

ENTRIES = "responses"
RESPONSES_FILE = "responses.yaml"
PARTS = ("channel", "question", "answer", "count", "share")
DOCUMENT = "document"
ALL = Decimal(100)
ROUNDED = Decimal("0.5")
"""By how much a share, and the sum of shares, may be too high because of rounding."""


def read_responses(reading: Reading[ResponsesFile], documents: Documents) -> tuple[Response, ...]:
    """Every response of the file, with the places of its parts. A document that is not listed has no title."""
    return tuple(_response(reading, number, documents) for number in range(len(reading.written.responses)))


def _response(reading: Reading[ResponsesFile], number: int, documents: Documents) -> Response:
    written = reading.written.responses[number]
    places = {part: reading.value(ENTRIES, number, part) for part in PARTS}
    places[DOCUMENT] = reading.value(ENTRIES, number, "source", DOCUMENT)
    source = written.source
    return Response(
        confidence=Confidence(written.confidence),
        citation=Citation(document_of(source.document, documents), source.says, source.note),
        channel=written.channel,
        question=written.question,
        answer=written.answer,
        count=written.count,
        share=None if written.share is None else Decimal(str(written.share)),
        note=written.note,
        places=places,
    )


def check_responses(responses: Sequence[Response], consultation: Consultation) -> Iterator[Diagnostic]:
    """Every problem of these responses to this consultation, whose own responses do not count."""
    for each in responses:
        yield from _unknown_names(each, consultation)
        yield from _numbers(each)
    if responses and consultation.stage is Stage.ANNOUNCED and consultation.span:
        yield problems.responses_too_early(_place(responses[0]), consultation.span)
    yield from _twice(responses)
    yield from _above_all(responses, consultation)
    yield from _above_responses(responses, consultation)


def _place(response: Response) -> Span:
    return response.places["channel"]


def _unknown_names(response: Response, consultation: Consultation) -> Iterator[Diagnostic]:
    named: tuple[tuple[str, str, Collection[str]], ...] = (
        ("channel", response.channel, consultation.channels),
        ("question", response.question, consultation.questions),
    )
    for what, name, known in named:
        if name and name not in known:
            yield problems.unknown_in_consultation(name, what, response.places[what], known)
    document = response.citation.document.id
    if document and document not in consultation.sources:
        yield unknown_source(document, response.places[DOCUMENT], consultation.sources)
    if response.answer and not response.question:
        yield problems.answer_without_question(response.places["answer"])


def _numbers(response: Response) -> Iterator[Diagnostic]:
    count, share = response.count, response.share
    if count is None and share is None:
        yield problems.neither_count_nor_share(_place(response))
    if count is not None and count < 0:
        yield problems.negative_count(count, response.places["count"])
    if share is not None and not 0 <= share <= ALL:
        yield problems.not_a_share(share, response.places["share"])


def _twice(responses: Sequence[Response]) -> Iterator[Diagnostic]:
    first: dict[tuple[str, str, str, str], Span] = {}
    for each in responses:
        key = (each.channel, each.question, each.answer, each.citation.document.id)
        if key in first:
            yield problems.same_response_twice(_place(each), first[key])
        first.setdefault(key, _place(each))


def _answers(
    responses: Sequence[Response], consultation: Consultation
) -> Mapping[tuple[str, str, str], Sequence[Response]]:
    """The answers by channel, question and document, to questions of which each person gives one answer."""
    found: dict[tuple[str, str, str], list[Response]] = {}
    for each in responses:
        question = consultation.questions.get(each.question)
        if each.answer and question and question.asks is not Asks.TEXT:
            found.setdefault((each.channel, each.question, each.citation.document.id), []).append(each)
    return found


def _above_all(responses: Sequence[Response], consultation: Consultation) -> Iterator[Diagnostic]:
    for (_, question, _), answers in _answers(responses, consultation).items():
        shared = [each for each in answers if each.share is not None]
        total = sum((each.share for each in shared if each.share is not None), Decimal(0))
        if total > ALL + ROUNDED + ROUNDED * len(shared) and all(not list(_numbers(each)) for each in shared):
            yield problems.shares_above_all(question, total, shared[-1].places["share"])


def _above_responses(responses: Sequence[Response], consultation: Consultation) -> Iterator[Diagnostic]:
    """Counts of the answers together, and of each answer alone where one person may give several."""
    most = _most(responses)
    for (channel, question, _), answers in _answers(responses, consultation).items():
        counted = [each for each in answers if each.count is not None]
        yield from _above(most, channel, question, sum(each.count or 0 for each in counted), counted)
    summed = {id(each) for answers in _answers(responses, consultation).values() for each in answers}
    for each in responses:
        if each.question and id(each) not in summed and each.count is not None:
            yield from _above(most, each.channel, each.question, each.count, (each,))


def _most(responses: Sequence[Response]) -> Mapping[str, Response]:
    """Channel → the greatest number of responses that a source gives for it."""
    found: dict[str, Response] = {}
    for each in responses:
        if not each.question and each.count is not None:
            other = found.get(each.channel)
            found[each.channel] = each if other is None or (other.count or 0) < each.count else other
    return found


def _above(
    most: Mapping[str, Response], channel: str, question: str, counted: int, answers: Sequence[Response]
) -> Iterator[Diagnostic]:
    total = most.get(channel)
    if total and total.count is not None and counted > total.count >= 0:
        span, declared = answers[-1].places["count"], total.places["count"]
        yield problems.more_answers_than_responses(question, counted, total.count, span, declared)
