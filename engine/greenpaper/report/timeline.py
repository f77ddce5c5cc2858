"""A timeline as page, data and rows: what comes next, and what was due after each inspection and visit."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, assert_never

from greenpaper.comparison.due import Done, Footing, Off, Start, State, Window
from greenpaper.comparison.occasions import Governing, Occasion
from greenpaper.comparison.timeline import Due, Moment, Timeline
from greenpaper.framework.checked import Confidence, Deadline, Rule
from greenpaper.records.record import Inspection
from greenpaper.report import words
from greenpaper.report.data import verdict_data, version_data
from greenpaper.report.explanation import answer_blocks, version_line
from greenpaper.report.view import Block, Bullets, Heading, Paragraph, View

COLUMNS = (
    "code", "authority", "table", "kind", "first_day", "last_day", "published", "versions", "deadline", "title", "by",
    "modality", "confidence", "after", "counted_from", "day_is", "due_from", "due_by", "due_not_known", "applies",
    "stands", "done", "off", "off_unit", "overall_confidence",
)  # fmt: skip
SUREST_FIRST = tuple(Confidence)


def timeline_view(timeline: Timeline) -> View:
    """The whole timeline: what comes next, then every occasion, the newest first."""
    return View(_title(timeline), tuple(_page(timeline)))


def _title(timeline: Timeline) -> str:
    tables = Counter(each.occasion.table for each in timeline.moments)
    met = ", ".join(f"{words.fact(table)} {count}" for table, count in tables.items()) or "nobody came yet"
    when = f", as of {words.day(timeline.as_of)}" if timeline.as_of else ""
    return f"Timeline of {timeline.record.authority.name}: {met}{when}"


def _page(timeline: Timeline) -> Iterator[Block]:
    yield Paragraph(_counted(timeline))
    for name in timeline.missing:
        yield Paragraph(
            f"No table of {words.fact(name)} lies with the records: whether there were any, and what was due after "
            "them, is not known."
        )
    yield from _coming(timeline)
    for moment in reversed(timeline.moments):
        yield from _moment(moment, timeline.as_of)
    yield from _rests_on(timeline)


def _counted(timeline: Timeline) -> str:
    states = Counter(due.state for moment in timeline.moments for due in moment.due)
    if not states:
        return "Nothing is due after anything that the records hold."
    said = ", ".join(f"{states[state]} {state}" for state in State if state in states)
    things = "1 thing is" if states.total() == 1 else f"{states.total()} things are"
    return f"{things} due after them: {said}. Being late is information, and no error."


def _coming(timeline: Timeline) -> Iterator[Block]:
    coming = timeline.coming
    yield Heading(f"What comes next: {version_line(coming.framework)}")
    if coming.last:
        yield Paragraph(f"After the last inspection, {_when(coming.last.occasion)}.")
    else:
        yield Paragraph("No inspection is in the records, so no time runs from one.")
    for verdict in coming.evaluation.decisions.values():
        yield Heading(verdict.decision.question, 3)
        yield from answer_blocks(verdict)
        if verdict.settling:
            yield Paragraph(f"Not known: {words.missing(verdict, coming.evaluation.facts)}.")
        if verdict.rules:
            yield Bullets(tuple(_rule(each) for each in verdict.rules))
    yield from _awaited(timeline)


def _rule(rule: Rule) -> str:
    return f"Rule {words.rule_head(rule)}. Source: {words.citation(rule.citation)}"


def _awaited(timeline: Timeline) -> Iterator[Block]:
    """What is still to come after the last inspection, under what is in force."""
    last = timeline.coming.last
    open_ = [each for each in last.due if each.is_open(timeline.as_of)] if last else []
    if open_:
        yield Heading("Still to come after the last inspection", 3)
        yield Bullets(tuple(_due(each, timeline.as_of) for each in open_))
    elif last:
        yield Paragraph(
            f"{timeline.coming.framework.version} says of nothing else when it is due after that inspection."
        )


def _moment(moment: Moment, as_of: date | None) -> Iterator[Block]:
    yield Heading(_name(moment.occasion))
    yield Paragraph(_governed(moment.governing))
    if moment.due:
        several = len(moment.governing.frameworks) > 1
        yield Bullets(tuple(f"{_only(each) if several else ''}{_due(each, as_of)}" for each in moment.due))
    elif moment.governing.frameworks:
        yield Paragraph("Nothing is said to be due after it.")


def _rests_on(timeline: Timeline) -> Iterator[Block]:
    """Every rule of time that was counted by, once, with all that is said of it."""
    coming = timeline.coming.last
    told: dict[str, list[str]] = {}
    for due in (*(coming.due if coming else ()), *(due for moment in reversed(timeline.moments) for due in moment.due)):
        said = f"{_asked(due)}. {_sure(due.deadline)} {' '.join(due.deadline.note.split())}".rstrip()
        told.setdefault(said, []).extend(due.versions)
    rests_on = [f"{words.listed(list(dict.fromkeys(each)))}: {said}" for said, each in told.items()]
    rests_on += dict.fromkeys(_assumed(each) for each in reversed(timeline.moments) if each.governing.assumed)
    if rests_on:
        yield Heading("What this rests on")
        yield Bullets(tuple(rests_on))


def _assumed(moment: Moment) -> str:
    names = words.listed([each.version for each in moment.governing.frameworks], "or")
    because = " ".join(moment.governing.assumed.because.split()) if moment.governing.assumed else ""
    return f"{names}, assumed to hold for some days: {because}"


def _asked(due: Due) -> str:
    deadline = due.deadline
    return f"{deadline.title}, by {deadline.by}, {_time(deadline)} after {words.quoted(due.start.event.title)}"


def _only(due: Due) -> str:
    return f"Under {words.listed(due.versions, 'or')}: "


def _name(occasion: Occasion) -> str:
    kind = (
        f"{words.fact(occasion.table)}, {occasion.record.inspection.kind or 'kind not known'}"
        if occasion.record
        else ""
    )
    name = kind or words.fact(occasion.table)
    return f"{name[0].upper()}{name[1:]}: {_when(occasion)}"


def _when(occasion: Occasion) -> str:
    published = words.day(occasion.published) if occasion.published else ""
    if not occasion.periods:
        return f"published {published}, days on site not known" if published else "no day of it known"
    days = words.inspected(Inspection(occasion.periods)).removeprefix("inspected ")
    return f"{days}, {f'published {published}' if published else 'not published by then'}"


def _governed(governing: Governing) -> str:
    if not governing.frameworks:
        return f"{governing.how[0].upper()}{governing.how[1:]}."
    names = words.listed([words.label(each) for each in governing.frameworks], "or")
    how = f", {governing.how}" if governing.how else ""
    assumed = " It is assumed to hold for that day." if governing.assumed else ""
    return f"Governed by {names}{how}.{assumed}"


def _due(due: Due, as_of: date | None) -> str:
    deadline = due.deadline
    only = f" Only if {_conditions(due)}, which is not known." if due.applies is None else ""
    said = f"{deadline.title}, by {deadline.by}: {_window(due.window)}, {_time(deadline)} after {_start(due.start)}."
    source = f" {words.quoted(deadline.citation.document.title)}." if deadline.citation else ""
    return f"{said}{only} {_stands(due, as_of)} {_how_sure(deadline)}.{source}"


def _conditions(due: Due) -> str:
    return words.listed([words.value(each) for each in due.conditions], "or")


def _window(window: Window) -> str:
    if window.unknown:
        return f"the due day is not known ({window.unknown})"
    if window.first and window.last:
        return f"due from {words.day(window.first)} to {words.day(window.last)}"
    if window.last:
        return f"due by {words.day(window.last)}"
    return f"due from {words.day(window.first)} on" if window.first else "due at any time"


def _time(deadline: Deadline) -> str:
    """30 to 42 months, 70 working days."""
    least, most = deadline.least, deadline.most
    if least is not None and most is not None and least != most:
        return f"{least} to {most} {deadline.unit}"
    return f"{most} {deadline.unit}" if most is not None else f"at least {least} {deadline.unit}"


def _start(start: Start) -> str:
    event = words.quoted(start.event.title)
    match start.footing:
        case Footing.RECORDED:
            return f"{event}, {_day(start.day)}"
        case Footing.ASSUMED:
            taken = words.quoted(start.taken_from.title) if start.taken_from else ""
            return f"{event}, assumed to be on the day of {taken}, {_day(start.day)}"
        case Footing.UNKNOWN:
            return event
        case _:
            assert_never(start.footing)


def _day(day: date | None) -> str:
    return words.day(day) if day else "not known"


def _stands(due: Due, as_of: date | None) -> str:
    match due.state:
        case State.IN_TIME | State.DONE:
            return f"{_capital(due.state)}: {_done(due.done)}."
        case State.EARLY | State.LATE:
            return f"{_capital(due.state)} by {_off(due.off)}: {_done(due.done)}."
        case State.OVERDUE:
            return f"Overdue by {_off(due.off)}, as far as the records go."
        case State.NOT_YET_DUE | State.DUE_NOW:
            return f"{_capital(due.state)}."
        case State.NOT_RECORDED:
            passed = (
                "The day has passed; whether" if as_of and due.window.last and as_of > due.window.last else "Whether"
            )
            return f"{passed} it was done is not in the records."
        case State.UNKNOWN:
            return "Whether it was done in time is not known."
        case _:
            assert_never(due.state)


def _capital(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}"


def _done(done: Done | None) -> str:
    if done is None:
        return "not known when"
    if done.day:
        return words.day(done.day)
    return (
        f"on a day that is not known, at the latest {words.day(done.by)}" if done.by else "on a day that is not known"
    )


def _off(off: Off | None) -> str:
    if off is None:
        return "a time not known"
    unit = off.unit.value.removesuffix("s") if off.count == 1 else off.unit.value
    return f"{off.count} {unit}"


def _sure(deadline: Deadline) -> str:
    said = _how_sure(deadline)
    return f"{said}: {words.citation(deadline.citation)}" if deadline.citation else f"{said}, without a source."


def _how_sure(deadline: Deadline) -> str:
    return f"{_capital(deadline.confidence)} ({deadline.modality})"


def overall(moment: Moment, due: Due) -> Confidence:
    """How sure a due day is: no surer than what it rests on, which are the rule, the day and the version."""
    assumed = due.start.footing is Footing.ASSUMED or moment.governing.assumed or len(moment.governing.frameworks) > 1
    rests = [due.deadline.confidence, *([Confidence.ASSUMED] if assumed else [])]
    return max(rests, key=SUREST_FIRST.index)


# Data


def timeline_data(timeline: Timeline) -> dict[str, Any]:
    """The timeline as plain data; ids, never titles alone; null where a day is not known."""
    coming = timeline.coming
    return {
        "code": timeline.record.authority.code,
        "authority": timeline.record.authority.name,
        "as_of": _iso(timeline.as_of) or None,
        "tables_missing": list(timeline.missing),
        "next": {
            "version": version_data(coming.framework),
            "decisions": {name: verdict_data(each) for name, each in coming.evaluation.decisions.items()},
            "due": _dues(coming.last, [each for each in coming.last.due if each.is_open(timeline.as_of)])
            if coming.last
            else [],
        },
        "occasions": [_moment_data(each) for each in timeline.moments],
    }


def _moment_data(moment: Moment) -> dict[str, Any]:
    occasion, governing = moment.occasion, moment.governing
    return {
        "table": occasion.table,
        "kind": (occasion.record.inspection.kind or None) if occasion.record else None,
        "periods": [[each.first.isoformat(), each.last.isoformat()] for each in occasion.periods],
        "published": _iso(occasion.published) or None,
        "versions": [each.version for each in governing.frameworks],
        "governed": governing.how or None,
        "version_assumed": governing.assumed.because if governing.assumed else None,
        "due": _dues(moment, moment.due),
    }


def _dues(moment: Moment, dues: Sequence[Due]) -> list[dict[str, Any]]:
    return [_due_data(moment, each) for each in dues]


def _due_data(moment: Moment, due: Due) -> dict[str, Any]:
    deadline, start, done = due.deadline, due.start, due.done
    return {
        "deadline": deadline.id,
        "title": deadline.title,
        "by": deadline.by,
        "versions": list(due.versions),
        "applies": due.applies,
        "only_if": list(due.conditions),
        "at_least": deadline.least,
        "at_most": deadline.most,
        "unit": str(deadline.unit),
        "calendar": deadline.calendar or None,
        "after": start.event.id,
        "counted_from": _iso(start.day) or None,
        "day_is": str(start.footing),
        "assumed_from": start.taken_from.id if start.taken_from else None,
        "due_from": _iso(due.window.first) or None,
        "due_by": _iso(due.window.last) or None,
        "due_not_known": due.window.unknown or None,
        "stands": str(due.state),
        "done": _iso(done.day) or None if done else None,
        "done_at_the_latest": _iso(done.by) or None if done else None,
        "off": {"count": due.off.count, "unit": str(due.off.unit)} if due.off else None,
        "modality": str(deadline.modality),
        "confidence": str(deadline.confidence),
        "overall_confidence": str(overall(moment, due)),
        "source": {"document": deadline.citation.document.id, "says": deadline.citation.says or None}
        if deadline.citation
        else None,
    }


def timeline_rows(timeline: Timeline) -> Iterator[tuple[str, ...]]:
    """A row for each thing that is due, in the columns of `COLUMNS`; one for each occasion after which nothing is."""
    for moment in timeline.moments:
        if not moment.due:
            yield (*_occasion_row(timeline, moment), *[""] * (len(COLUMNS) - 8))
        for due in moment.due:
            yield (*_occasion_row(timeline, moment, due.versions), *_due_row(moment, due))


def _occasion_row(timeline: Timeline, moment: Moment, versions: Sequence[str] = ()) -> tuple[str, ...]:
    occasion = moment.occasion
    return (
        timeline.record.authority.code,
        timeline.record.authority.name,
        occasion.table,
        occasion.record.inspection.kind if occasion.record else "",
        _iso(occasion.first),
        _iso(occasion.last),
        _iso(occasion.published),
        "; ".join(versions or [each.version for each in moment.governing.frameworks]),
    )


def _due_row(moment: Moment, due: Due) -> tuple[str, ...]:
    deadline = due.deadline
    return (
        deadline.id,
        deadline.title,
        deadline.by,
        str(deadline.modality),
        str(deadline.confidence),
        due.start.event.id,
        _iso(due.start.day),
        str(due.start.footing),
        _iso(due.window.first),
        _iso(due.window.last),
        due.window.unknown,
        "not known" if due.applies is None else "true",
        str(due.state),
        _iso(due.done.day) if due.done else "",
        str(due.off.count) if due.off else "",
        str(due.off.unit) if due.off else "",
        str(overall(moment, due)),
    )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
