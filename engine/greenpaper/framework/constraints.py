"""Constraints, as checked: what assigned judgements must agree with."""

from collections.abc import Callable, Iterable, Iterator

from greenpaper.framework import problems
from greenpaper.framework.checked import Condition, Confidence, Constraint, Force
from greenpaper.framework.contents import Cite
from greenpaper.framework.reading import Reading
from greenpaper.framework.written import ConstraintsFile
from greenpaper.language.terms import AnyOf, Negated
from greenpaper.source.text import Span

Conditions = Callable[..., Condition | None]
"""Checks the condition that stands at a path of a document."""


def read_constraints(
    readings: Iterable[Reading[ConstraintsFile]], condition: Conditions, cite: Cite
) -> Iterator[Constraint]:
    """Every constraint. Problems: an id that is there twice, and what is wrong in conditions and citations."""
    first: dict[str, Span] = {}
    for reading in readings:
        for number, written in enumerate(reading.written.constraints):
            span = reading.value("constraints", number, "id")
            if written.id in first:
                reading.found.append(problems.duplicate_id(written.id, "constraints", span, first[written.id]))
            first.setdefault(written.id, span)
            when, demanded = _demanded(reading, number, condition)
            citation = cite(reading, written.source, "constraints", number, "source")
            if demanded and citation:
                yield Constraint(
                    written.id,
                    demanded,
                    Force(written.force),
                    Confidence(written.confidence),
                    citation,
                    written.note,
                    reading.value("constraints", number, "require"),
                    when,
                )


def _demanded(
    reading: Reading[ConstraintsFile], number: int, condition: Conditions
) -> tuple[Condition | None, Condition | None]:
    """`when`, and what is demanded: `require`, or `require` wherever `when`."""
    require = condition(reading, "constraints", number, "require")
    if not reading.written.constraints[number].when:
        return None, require
    when = condition(reading, "constraints", number, "when")
    if not (when and require):
        return when, None
    words = f"where {when.words}: {require.words}"
    return when, Condition(AnyOf((Negated(when.term, f"not ({when.words})"), require.term), words), words)
