"""A whole version as a page to read: what it governs, judges, demands and leaves open, each with how sure it is."""

from collections.abc import Callable, Collection, Iterator, Mapping
from types import MappingProxyType

from greenpaper.framework.checked import Document, Framework
from greenpaper.language.types import Calendar, Graded, Numeric, Truth, Type
from greenpaper.report import framework_contents, framework_rules, words
from greenpaper.report.framework_words import (
    Whole,
    in_one_line,
    marked,
    statement,
    sure,
    titles_listed,
    with_confidence,
)
from greenpaper.report.plain_english import in_plain_english, quoted, sentence
from greenpaper.report.view import Block, Bullets, Heading, Pairs, Paragraph, View

HOW_SURE = (
    "Every statement says how sure it is. Stated: a source says so. Derived: worked out or counted from what is "
    "published. Assumed: taken to hold, and no source that has been read says so. ILLUSTRATIVE: made up to show how "
    "something works, and no rule of anybody."
)
MADE_UP = "Part of this version is ILLUSTRATIVE, which means made up: no source says it."


def framework_view(whole: Whole, only: Collection[str] = ()) -> View:
    """The page of a version; `only` some of its chapters, by their names in CHAPTERS, without the note on the whole."""
    chapters = [each for name, each in CHAPTERS.items() if not only or name in only]
    note = in_one_line(whole.framework.note) if not only else ""
    blocks = [*_about(whole, note), *(block for chapter in chapters for block in chapter(whole))]
    return View(
        f"{words.label(whole.framework)}: {whole.framework.title}", tuple(blocks), has_contents=len(chapters) > 1
    )


# What it is


def _about(whole: Whole, note: str) -> Iterator[Block]:
    framework = whole.framework
    if words.is_illustrative(framework):
        yield Paragraph(MADE_UP)
    yield Pairs(tuple(_head(framework)))
    if note:
        yield Paragraph(note)
    yield Paragraph(HOW_SURE)


def _head(framework: Framework) -> Iterator[tuple[str, str]]:
    yield "Version", framework.version
    yield "Status", framework.status
    if framework.confidence:
        yield "Confidence", sure(framework.confidence)
    yield "Governs", governs(framework)
    if framework.days_from:
        yield "Source of the days", words.citation(framework.days_from)
    for each in framework.assumed_for:
        source = f" Source: {words.citation(each.citation)}" if each.citation else ""
        days = between(str(each.starts or ""), str(each.ends or ""))
        yield "Assumed to govern", f"those that start {days}. {in_one_line(each.because)}{source}"
    if framework.replaces:
        yield "Replaces", framework.replaces
    if framework.base:
        yield "Amends", f"{framework.base}; what no option changes is as it stands there"
    for choice in framework.choices:
        kind = "Read as" if choice.is_reading else "With the option"
        preferred = "" if choice.preferred else "; another is preferred"
        title = choice.title.removesuffix(f"({choice.confidence})").rstrip()
        yield kind, f"{title}: {with_confidence(choice.option_title, choice.confidence)}{preferred}"


def governs(framework: Framework) -> str:
    """The days on which the inspections begin that a version governs."""
    if framework.starts is None:
        return "no inspections: no day is given from which it would apply"
    return f"inspections that start {between(str(framework.starts), str(framework.ends or ''))}"


def between(first: str, last: str) -> str:
    """From when to when, each a day, a month of which the day is not known, or open where it is empty."""
    parts = [f"{name} {_day_or_month(each)}" for name, each in (("from", first), ("to", last)) if each]
    return " ".join(parts) + ("" if last else " on")


def _day_or_month(text: str) -> str:
    return words.published(text) if text.count("-") > 1 else f"some day in {words.published(text)}"


# Judgements


def _judgements(whole: Whole) -> Iterator[Block]:
    framework = whole.framework
    yield Heading("What is judged")
    yield from _scales(framework)
    for name, fact in framework.vocabulary.facts.items():
        note = framework.fact_notes.get(name)
        title = fact.title or words.fact(name)
        yield Heading(marked(title, note.confidence) if note else title, 3)
        yield Pairs(tuple(_fact(name, framework)))
    if groups := tuple(_group(whole, name) for name in framework.vocabulary.groups):
        yield Heading("Taken together", 3)
        yield Bullets(groups)
    if definitions := tuple(_definition(whole, name) for name in framework.vocabulary.definitions):
        yield Heading("What words mean", 3)
        yield Bullets(definitions)


def _scales(framework: Framework) -> Iterator[Block]:
    for scale in framework.scales.values():
        printed = words.listed([framework.word_titles.get(each, words.fact(each)) for each in scale.words])
        order = ", from worst to best" if scale.ordered else ""
        yield Paragraph(f"The {scale.noun}s of {quoted(words.fact(scale.id))}{order}: {printed}.")


def _fact(name: str, framework: Framework) -> Iterator[tuple[str, str]]:
    fact, note = framework.vocabulary.facts[name], framework.fact_notes.get(name)
    yield "In the files", name
    yield "Takes", _values(fact.type)
    if note is None:
        return
    if note.also_titled:
        yield "Also worded", "; ".join(map(quoted, note.also_titled))
    if note.split_from:
        other = framework.vocabulary.facts.get(note.split_from)
        yield "Split from", quoted(other.title if other else note.split_from)
    if note.assigned_by:
        yield "Given by", note.assigned_by
    yield from statement(note.confidence, note.citation, note.note)


def _values(kind: Type) -> str:
    match kind:
        case Graded(scale):
            return f"a {scale.noun} of {quoted(words.fact(scale.id))}"
        case Truth():
            return "true or false"
        case Numeric(whole, unit, least, most):
            bounds = f" from {least} to {most}" if least is not None and most is not None else ""
            return f"{'a whole' if whole else 'a'} number{f' of {unit}' if unit else ''}{bounds}"
        case Calendar():
            return "a day"


def _group(whole: Whole, name: str) -> str:
    group = whole.framework.vocabulary.groups[name]
    members = titles_listed(group.members, {each.id: each.title for each in whole.framework.vocabulary.facts.values()})
    return sentence([f"{group.title or words.fact(name)} are {members}"])


def _definition(whole: Whole, name: str) -> str:
    meant = whole.framework.vocabulary.definitions[name].words
    return f"{quoted(words.fact(name))} means that {in_plain_english(meant, whole.titles)}."


# Sources


def _sources(whole: Whole) -> Iterator[Block]:
    yield Heading("Sources")
    documents = whole.framework.documents.values()
    if documents:
        yield Pairs(tuple((each.id, _document(each)) for each in documents))
    else:
        yield Paragraph("None is listed.")


def _document(document: Document) -> str:
    when = f", {words.published(document.published)}" if document.published else ""
    url = f". {document.url}" if document.url else ""
    return f"{document.publisher}, {document.title}{when}{url}"


CHAPTERS: Mapping[str, Callable[[Whole], Iterator[Block]]] = MappingProxyType(
    {
        "judgements": _judgements,
        "criteria": framework_contents.criteria,
        "constraints": framework_rules.constraints,
        "rules": framework_rules.decisions,
        "choices": framework_rules.choices,
        "activities": framework_contents.activities,
        "deadlines": framework_contents.deadlines,
        "themes": framework_contents.themes,
        "questions": framework_contents.open_questions,
        "sources": _sources,
    }
)
"""The chapters of the page by their names, in the order in which they stand."""
