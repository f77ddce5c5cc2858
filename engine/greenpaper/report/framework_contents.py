"""What a version says beside its rules, on its page: criteria, activities, deadlines, themes, open questions."""

from collections.abc import Iterator, Mapping

from greenpaper.framework.checked import (
    Activity,
    Citation,
    Confidence,
    Criterion,
    Deadline,
    Event,
    Framework,
    TimeUnit,
    Titled,
)
from greenpaper.report import words
from greenpaper.report.framework_words import (
    Whole,
    amount,
    cell,
    ended,
    in_brackets,
    in_one_line,
    marked,
    several,
    statement,
    sure,
    titled,
)
from greenpaper.report.plain_english import quoted
from greenpaper.report.view import Block, Bullets, Heading, Pairs, Paragraph

# Criteria


def criteria(whole: Whole) -> Iterator[Block]:
    """What inspectors look at, by judgement."""
    framework = whole.framework
    if not framework.criteria:
        return
    yield Heading("What inspectors look at")
    yield Paragraph(
        "After each heading and topic stands how sure it is, and the label of its source. The short name before a "
        "heading is the one that it has in the files."
    )
    for fact in dict.fromkeys(each.judgement for each in framework.criteria.values()):
        yield Heading(framework.vocabulary.facts[fact].title, 3)
        for each in framework.criteria.values():
            if each.judgement == fact:
                yield from _criterion(each, framework)


def _criterion(criterion: Criterion, framework: Framework) -> Iterator[Block]:
    yield Heading(criterion_title(criterion), 4)
    if criterion.topics:
        yield Bullets(tuple(map(titled, criterion.topics)))
    pairs = [
        ("Emphasised", _belonging(criterion.themes, framework.themes)),
        ("Refers to", _belonging(criterion.refers_to, framework.references)),
        (
            "Source",
            in_one_line(words.citation(criterion.citation)) if criterion.citation and not criterion.topics else "",
        ),
        ("Note", in_one_line(criterion.note)),
    ]
    if told := tuple(each for each in pairs if each[1]):
        yield Pairs(told)


def _source(citation: Citation | None) -> str:
    """The source in full, where more is said of it than its label."""
    return in_one_line(words.citation(citation)) if citation and (citation.says or citation.note) else ""


def criterion_title(criterion: Criterion) -> str:
    """A criterion by its id and heading, with how sure that is."""
    return f"{criterion.id}: {criterion.title} {in_brackets(criterion.confidence, criterion.citation)}"


def _belonging(given: Mapping[str, Confidence], titles: Mapping[str, Titled]) -> str:
    return "; ".join(f"{titles[name].title} ({sure(confidence)})" for name, confidence in given.items())


# Themes and references


def themes(whole: Whole) -> Iterator[Block]:
    """What runs through several criteria, and to what of another framework they refer."""
    framework = whole.framework
    for heading, entries in (
        ("What is emphasised", framework.themes),
        ("Entries of another framework that are referred to", framework.references),
    ):
        if entries:
            yield Heading(heading)
            yield Bullets(tuple(f"{ended(titled(each))}{_used(each.id, framework)}" for each in entries.values()))


def _used(name: str, framework: Framework) -> str:
    """The criteria to which a theme or reference belongs."""
    criteria = [each.id for each in framework.criteria.values() if name in each.themes or name in each.refers_to]
    return f" In {words.listed(criteria)}." if criteria else ""


# Activities


def activities(whole: Whole) -> Iterator[Block]:
    """What inspectors come for, and what each takes."""
    if not whole.framework.activities:
        return
    yield Heading("What inspectors come for")
    for each in whole.framework.activities.values():
        yield Heading(each.title, 3)
        yield Pairs(tuple(_activity(each)))
        yield from several("Topics", each.topics)
        yield from several("What comes of it", each.products)


def _activity(activity: Activity) -> Iterator[tuple[str, str]]:
    if activity.occurs:
        yield "When", titled(activity.occurs)
    if activity.inspectors or activity.days_on_site or not activity.occurs:
        yield "Inspectors", amount(activity.inspectors)
        yield "Days on site", amount(activity.days_on_site)
    if activity.notice:
        yield "Notice", titled(activity.notice)
    if activity.note:
        yield "Note", in_one_line(activity.note)


# Deadlines


def deadlines(whole: Whole) -> Iterator[Block]:
    """What is due, by whom, and how long after what."""
    framework = whole.framework
    if not framework.deadlines:
        return
    yield Heading("What is due when")
    for each in framework.deadlines.values():
        yield Heading(marked(each.title, each.confidence), 3)
        yield Paragraph(deadline_sentence(each, framework))
        yield Pairs(tuple(statement(each.confidence, each.citation, each.note, each.modality)))
    yield Heading("From which days they run", 3)
    yield Pairs(tuple((each.title, _event(each, framework)) for each in framework.events.values()))


def deadline_sentence(deadline: Deadline, framework: Framework) -> str:
    """Within what time, after which event, by whom, and where."""
    after = _event_title(deadline.after, framework)
    where = "".join(f", only where {_only(name, each, framework)}" for name, each in deadline.only_where.items())
    met = f" It is met by: {_event_title(deadline.met_by, framework)}." if deadline.met_by else ""
    days = (
        f" Working days are those of the calendar {quoted(words.fact(deadline.calendar))}." if deadline.calendar else ""
    )
    return f"By {deadline.by}: {within(deadline)} after {after}{where}.{met}{days}"


def _only(name: str, value: bool | int | float | str, framework: Framework) -> str:
    """What must stand in a column, or what a decision must say."""
    decision = framework.decisions.get(name)
    if decision and value in decision.outcomes:
        return f"the answer to {quoted(decision.question)} is {quoted(decision.outcomes[str(value)].title)}"
    return f"{quoted(words.fact(name))} is {cell(value)} in the records"


def within(deadline: Deadline) -> str:
    """A time in words, such as `within 70 working days`."""
    unit = str(deadline.unit)
    match deadline.least, deadline.most:
        case None, most:
            return f"within {_number(most, deadline.unit)}"
        case least, None:
            return f"not before {_number(least, deadline.unit)}"
        case least, most if least == most:
            return f"{_number(most, deadline.unit)}"
        case least, most:
            return f"{least} to {most} {unit}"


def _number(number: int | None, unit: TimeUnit) -> str:
    return f"{number} {str(unit).removesuffix('s') if number == 1 else unit}"


def _event_title(name: str, framework: Framework) -> str:
    return quoted(framework.events[name].title if name in framework.events else words.fact(name))


def _event(event: Event, framework: Framework) -> str:
    of = words.fact(event.of)
    known = f"in the records of {of}, as the {event.recorded_as}" if event.recorded_as else "not in the records"
    other = f"; the day of {_event_title(event.assumed_from, framework)} is taken for it" if event.assumed_from else ""
    note = f". {in_one_line(event.note)}" if event.note else ""
    return f"{known}{other}{note}"


# Open questions


def open_questions(whole: Whole) -> Iterator[Block]:
    """What no document that has been read answers, and what is done meanwhile."""
    yield Heading("Open questions")
    if not whole.framework.open_questions:
        yield Paragraph("None is written down.")
    for each in whole.framework.open_questions.values():
        yield Heading(in_one_line(each.question), 3)
        pairs = [
            ("Meanwhile", in_one_line(each.treated)),
            ("About", "; ".join(each.about)),
            ("Note", in_one_line(each.note)),
        ]
        yield Pairs(tuple(pair for pair in pairs if pair[1]))
