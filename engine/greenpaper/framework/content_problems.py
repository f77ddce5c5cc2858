"""Every problem in what a framework says beside its decisions. The docstring of each is its manual page."""

from collections.abc import Iterable

from greenpaper.source.diagnostics import Diagnostic, Label, error
from greenpaper.source.nearest import did_you_mean
from greenpaper.source.text import Span


def unknown_entry(name: str, what: str, span: Span, known: Iterable[str]) -> Diagnostic:
    """Something names a judgement, theme, reference, event, outcome or calendar that there is not.

    Why it matters
        What is said there would be said of nothing, and nobody who looks for it would find it.

    Avoid
        criteria:
          LEAD-1: {judgement: leader, title: Strategy, confidence: stated}

    Prefer
        criteria:
          LEAD-1: {judgement: leaders, title: Strategy, confidence: stated}
    """
    listed = ", ".join(f"`{each}`" for each in known)
    near = did_you_mean(name, known) or (f"there are {listed}" if listed else f"there is no {what}: write one first")
    return error("unknown-entry", f"no {what} is named `{name}`", Label(span), help=near)


def not_in_the_records(name: str, span: Span) -> Diagnostic:
    """The day of an event is assumed from another that the records do not have, or that is of another table.

    Why it matters
        There would be no day to assume, and what is due after the event would stay unknown without saying why.

    Avoid
        events:
          letter_published: {title: The letter is published, of: visits, recorded_as: publication}
          report_received: {title: The report arrives, of: inspections, assumed_from: letter_published}

    Prefer
        events:
          report_published: {title: The report is published, of: inspections, recorded_as: publication}
          report_received: {title: The report arrives, of: inspections, assumed_from: report_published}
    """
    return error("not-in-the-records", f"`{name}` is not an event of the same table that the records have",
                 Label(span), help="name one with `recorded_as`, or leave `assumed_from` out")  # fmt: skip


def no_time(span: Span) -> Diagnostic:
    """A deadline does not say how long after its event it is.

    Why it matters
        Nothing would ever be due.

    Avoid
        deadlines:
          plan: {title: A plan, by: them, after: asked, unit: days, modality: will, confidence: stated}

    Prefer
        deadlines:
          plan: {title: A plan, by: them, after: asked, at_most: 30, unit: days, modality: will, confidence: stated}
    """
    return error("no-time", "the deadline does not say when it ends or begins", Label(span),
                 help="give `at_most`, `at_least` or both")  # fmt: skip


def calendar_and_unit(span: Span, *, in_working_days: bool) -> Diagnostic:
    """A deadline in working days has no calendar, or one in another unit has one.

    Why it matters
        Which days are worked is a fact of a place and its years: without a calendar it would be guessed, and where
        nothing is counted in working days a calendar says nothing.

    Avoid
        deadlines:
          plan: {title: A plan, by: them, after: asked, at_most: 3, unit: working days, modality: will, confidence: stated}

    Prefer
        deadlines:
          plan: {title: A plan, by: them, after: asked, at_most: 3, unit: working days, calendar: work, modality: will, confidence: stated}
    """
    said = "working days are counted without a calendar" if in_working_days else "a calendar is given for nothing"
    todo = "name one under `calendar`" if in_working_days else "leave `calendar` out, or count in `working days`"
    return error("calendar-and-unit", said, Label(span), help=todo)


def question_about_nothing(address: str, span: Span) -> Diagnostic:
    """An open question is about an address at which nothing stands.

    Why it matters
        Who reads the statement that the question is about would not be told that it is open.

    Avoid
        open_questions:
          which: {question: Which grade?, about: [facts/leader], treated: None is taken.}

    Prefer
        open_questions:
          which: {question: Which grade?, about: [facts/leaders], treated: None is taken.}
    """
    return error("question-about-nothing", f"nothing stands at `{address}`", Label(span),
                 help="write the address of a statement, such as decisions/pathway/rules/light")  # fmt: skip


def days_end_early(last: Span, first: Span) -> Diagnostic:
    """Days on which inspections start end before they begin.

    Why it matters
        No inspection would start on any of them, and the version would govern nothing without saying so.

    Avoid
        applies_to:
          inspections_starting: {from: 2026-04-01, until: 2025-04-10}

    Prefer
        applies_to:
          inspections_starting: {from: 2025-04-10, until: 2026-04-01}
    """
    return error("days-end-early", "these days end before they begin", Label(last), Label(first, "they begin"),
                 help="exchange the two, or correct one")  # fmt: skip


def assumed_outside(span: Span, whole: Span) -> Diagnostic:
    """A version is assumed to hold for days of which it governs none.

    Why it matters
        Inspections of those days are governed by another version, and nobody would be told that this one is doubtful.

    Avoid
        applies_to:
          inspections_starting: {from: 2025-04-11}
          assumed_for:
            - {starting: {from: 2024-12-13, until: 2025-04-10}, because: The text was updated.}

    Prefer
        applies_to:
          inspections_starting: {from: 2024-04-05}
          assumed_for:
            - {starting: {from: 2024-12-13, until: 2025-04-10}, because: The text was updated.}
    """
    return error("assumed-outside", "the version governs none of these days", Label(span), Label(whole, "it governs"),
                 help="correct the days, or write them in the version that governs them")  # fmt: skip


def split_from_nothing(name: str, span: Span, known: Iterable[str]) -> Diagnostic:
    """A judgement was split from one that the vocabulary does not have, or from itself.

    Why it matters
        Records of the time before carry the undivided judgement; unless it is named rightly, nobody is told where it
        went.
    """
    return error("split-from-nothing", f"there is no other fact named `{name}` to be split from", Label(span),
                 help=did_you_mean(name, known) or "name the fact that records of the time before carry")  # fmt: skip


PROBLEMS = (
    unknown_entry, not_in_the_records, no_time, calendar_and_unit, question_about_nothing, days_end_early,
    assumed_outside, split_from_nothing,
)  # fmt: skip
