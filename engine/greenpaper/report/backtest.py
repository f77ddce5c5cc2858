"""A back-test as page, data and rows: agreement by answer, every disagreement, and months between inspections."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, assert_never

from greenpaper.comparison.backtest import (
    Agreement,
    AttributeTest,
    BackTest,
    DecisionTest,
    Finding,
    Line,
    Months,
    Point,
    Tested,
    Value,
)
from greenpaper.evaluation.evaluate import Verdict
from greenpaper.framework.checked import Between, Framework, Next, Outcome, Sequel, Status
from greenpaper.records.record import Inspection
from greenpaper.report import words
from greenpaper.report.comparison import rests_on, total_label
from greenpaper.report.data import record_data, verdict_data, version_data
from greenpaper.report.explanation import version_line
from greenpaper.report.view import Block, Bullets, Heading, Paragraph, Table, View

COLUMNS = (
    "code", "authority", "first_day", "last_day", "version", "decision", "status", "outcome", "possible", "rules",
    "attribute", "said", "happened", "finding", "why_not_known", "next_first_day", "months",
)  # fmt: skip
FINDINGS = {
    Finding.AGREES: "Agrees",
    Finding.MAY_AGREE: "May agree",
    Finding.DISAGREES: "Disagrees",
    Finding.MAY_DISAGREE: "May disagree",
    Finding.NOT_KNOWN: "Not known",
    Finding.NOT_SAID: "Not said",
    Finding.NO_ANSWER: "No answer",
}
ALWAYS_SHOWN = (Finding.AGREES, Finding.DISAGREES)


def backtest_view(backtest: BackTest, taken: date | None = None) -> View:
    """The back-test; `taken` is the day of the records."""
    return View(f"Back-test of {words.label(backtest.framework)}", tuple(_page(backtest, taken)))


def _page(backtest: BackTest, taken: date | None) -> Iterator[Block]:
    yield Paragraph(f"{version_line(backtest.framework)}.")
    yield Paragraph(f"{_pairs(backtest.tested)}{words.records_to(taken, None)}. {_governed(backtest)}")
    for test in backtest.decisions:
        yield Heading(test.decision.question)
        for each in test.attributes:
            yield from _attribute(each)
        yield Heading("Months between the two inspections", 3)
        yield _months(test.months)
    yield from _undated(backtest.undated)
    yield from _unusable(backtest)
    yield Heading("What this rests on")
    yield Bullets(tuple(rests_on(backtest.framework)) or ("Every rule is stated by its source.",))


def _pairs(tested: Sequence[Tested]) -> str:
    codes = {each.pair.first.authority.code for each in tested}
    return f"{_count_of(len(tested))} of successive inspections of {words.authorities(len(codes))}"


def _count_of(pairs: int) -> str:
    return f"{pairs} {'pair' if pairs == 1 else 'pairs'}"


def _governed(backtest: BackTest) -> str:
    """How many of the pairs began under the version; the others are asked of it all the same."""
    framework: Framework = backtest.framework
    started = [each.pair.first.inspection.started for each in backtest.tested]
    governed = [framework.governs(day) for day in started if day]
    surely, perhaps = governed.count(True), governed.count(None)
    began = f"{surely or 'None'} of the first inspections began while {words.label(framework)} applied"
    more = f"; of {perhaps} more that is not known, because a month is given and not its day" if perhaps else ""
    return f"{began}{more}; it is asked of all of them."


def _attribute(test: AttributeTest) -> Iterator[Block]:
    yield Heading(f"{_capital(words.fact(test.attribute))}, compared with {_source(test.sequel)}", 3)
    yield Paragraph(f"{_agreed(test.agreement)}{_not_known(test.points)}")
    yield _lines(test)
    disagreeing = [point for point in test.points if point.finding is Finding.DISAGREES]
    if disagreeing:
        columns = ("Authority", "Inspected", "Because", "Said", "Happened", "Next inspection", "Months")
        rows = tuple(_disagreement(point) for point in disagreeing)
        yield Table("Every disagreement", columns, rows, frozenset({6}))


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _source(sequel: Sequel) -> str:
    match sequel:
        case Next(column):
            return f"the {words.fact(column)} of the next inspection"
        case Between(visits):
            return f"the {words.fact(visits)} between the two"
        case _:
            assert_never(sequel)


def _agreed(agreement: Agreement) -> str:
    if not agreement.of:
        return "There is no pair in which something is said and what happened is known."
    least, most = agreement.least, agreement.most
    count = str(least) if least == most else f"at least {least} and at most {most}"
    return f"Of the {_count_of(agreement.of)} in which something is said and what happened is known, {count} agree."


def _not_known(points: Sequence[Point]) -> str:
    reasons = Counter(point.happened.why for point in points if point.finding is Finding.NOT_KNOWN)
    said = "; ".join(f"{why} ({count})" for why, count in reasons.most_common())
    return f" What happened is not known of {sum(reasons.values())}: {said}." if said else ""


def _lines(test: AttributeTest) -> Table:
    shown = [each for each in Finding if each in ALWAYS_SHOWN or any(line.count(each) for line in test.lines)]
    columns = ("Answer", "Said", *(FINDINGS[each] for each in shown), "Pairs", "Happened")
    rows = [_line(line, test.attribute, shown) for line in test.lines]
    total = (str(sum(line.count(each) for line in test.lines)) for each in shown)
    rows.append(("All", "", *total, str(len(test.points)), ""))
    return Table("Pairs by answer", columns, tuple(rows), frozenset(range(2, len(columns) - 1)))


def _line(line: Line, attribute: str, shown: Sequence[Finding]) -> tuple[str, ...]:
    counts = (str(line.count(each)) for each in shown)
    happened = ", ".join(f"{_value(value)}: {count}" for value, count in _in_order(line.happened))
    return total_label(line.label), _said(line.label, attribute), *counts, str(len(line.points)), happened


def _in_order(happened: Mapping[str | int | None, int]) -> list[tuple[str | int | None, int]]:
    """What happened most often first, numbers in their order, and last what is not known."""
    return sorted(
        happened.items(),
        key=lambda each: (each[0] is None, each[0] if isinstance(each[0], int) else 0, -each[1], str(each[0])),
    )


def _said(label: tuple[Outcome, ...] | Status, attribute: str) -> str:
    if isinstance(label, Status):
        return ""
    values = (each.attributes[attribute] for each in label if attribute in each.attributes)
    return words.listed([_value(each) for each in dict.fromkeys(values)]) or "nothing"


def _value(value: Value | None) -> str:
    return "not known" if value is None else words.value(value) if not isinstance(value, float) else str(value)


def _disagreement(point: Point) -> tuple[str, ...]:
    pair, verdict = point.tested.pair, point.verdict
    said = f"{_modality(verdict)}{words.listed([_value(each) for each in point.said], 'or')}"
    return (
        pair.first.authority.name,
        _when(pair.first.inspection),
        _because(point),
        said,
        _value(point.happened.value),
        _when(pair.second.inspection),
        _known(pair.months),
    )


def _because(point: Point) -> str:
    """The facts with which the rules that can have decided did so."""
    rules = {rule.id for rule in point.verdict.rules}
    steps = (step.step for step in point.verdict.trace if step.rule.id in rules)
    return "; ".join(dict.fromkeys(words.because(step, point.tested.evaluation.facts) for step in steps))


def _modality(verdict: Verdict) -> str:
    modalities = {rule.modality for rule in verdict.rules}
    return words.MODALITIES[modalities.pop()] if len(modalities) == 1 else ""


def _when(inspection: Inspection) -> str:
    return words.inspected(inspection).removeprefix("inspected ") or "days not known"


def _known(months: int | None) -> str:
    return "not known" if months is None else str(months)


def _months(months: Sequence[Months]) -> Table:
    columns = ("Answer", "Pairs", "Least", "Median", "Most")
    rows = tuple(
        (total_label(each.label), str(each.known), str(each.least), f"{each.median:g}", str(each.most))
        for each in months
    )
    return Table(
        "Whole months from the last day of the first to the first day of the next",
        columns,
        rows,
        frozenset({1, 2, 3, 4}),
    )


def _undated(undated: Sequence[Tested]) -> Iterator[Block]:
    if undated:
        yield Heading("Pairs whose days are not known")
        yield Paragraph("No months and no visits can be counted between them.")
        yield Bullets(
            tuple(
                f"{each.pair.first.authority.name}: {_when(each.pair.first.inspection)}; "
                f"then {_when(each.pair.second.inspection)}"
                for each in undated
            )
        )


def _unusable(backtest: BackTest) -> Iterator[Block]:
    if backtest.unusable:
        yield Heading("Values that could not be used")
        yield Bullets(
            tuple(
                f"{each.record.authority.name}: {words.fact(cell.fact)} {words.quoted(cell.given)}: {cell.message}"
                for each in backtest.unusable
                for cell in each.cells
            )
        )


def backtest_data(backtest: BackTest) -> dict[str, Any]:
    """The back-test as plain data: counts by answer, and every pair with its findings."""
    return {
        "version": version_data(backtest.framework),
        "pairs": len(backtest.tested),
        "decisions": {test.decision.id: _decision_data(test) for test in backtest.decisions},
        "without_days": [record_data(each.pair.first)["code"] for each in backtest.undated],
        "unusable": [
            {"code": each.record.authority.code, "fact": cell.fact, "given": cell.given, "problem": cell.message}
            for each in backtest.unusable
            for cell in each.cells
        ],
    }


def _decision_data(test: DecisionTest) -> dict[str, Any]:
    return {
        "attributes": {each.attribute: _attribute_data(each) for each in test.attributes},
        "months": [
            {
                **_label_data(each.label),
                "pairs": each.known,
                "least": each.least,
                "median": each.median,
                "most": each.most,
            }
            for each in test.months
        ],
    }


def _label_data(label: tuple[Outcome, ...] | Status) -> dict[str, Any]:
    if isinstance(label, Status):
        return {"outcome": None, "status": str(label)}
    ids = [each.id for each in label]
    return {"outcome": ids[0] if len(ids) == 1 else ids, "status": str(Status.DECIDED)}


def _attribute_data(test: AttributeTest) -> dict[str, Any]:
    agreement = test.agreement
    return {
        "compared_with": _sequel_data(test.sequel),
        "agreement": {"least": agreement.least, "most": agreement.most, "of": agreement.of},
        "by_answer": [
            {
                **_label_data(line.label),
                "pairs": len(line.points),
                **{str(each): line.count(each) for each in Finding},
                "happened": [{"value": value, "pairs": count} for value, count in _in_order(line.happened)],
            }
            for line in test.lines
        ],
        "each": [_point_data(point) for point in test.points],
    }


def _sequel_data(sequel: Sequel) -> dict[str, str]:
    match sequel:
        case Next(column):
            return {"next": column}
        case Between(visits):
            return {"between": visits}
        case _:
            assert_never(sequel)


def _point_data(point: Point) -> dict[str, Any]:
    pair = point.tested.pair
    return {
        **record_data(pair.first),
        "next": record_data(pair.second)["inspection"],
        "months": pair.months,
        "verdict": verdict_data(point.verdict),
        "because": _because(point),
        "said": list(point.said),
        "happened": point.happened.value,
        "why_not_known": point.happened.why or None,
        "finding": str(point.finding),
    }


def backtest_rows(backtest: BackTest) -> Iterator[tuple[str, ...]]:
    """A row for each pair and attribute, in the columns of `COLUMNS`."""
    label = words.label(backtest.framework)
    for decision in backtest.decisions:
        for test in decision.attributes:
            for point in test.points:
                yield _row(label, test.attribute, point)


def _row(label: str, attribute: str, point: Point) -> tuple[str, ...]:
    pair, verdict = point.tested.pair, point.verdict
    first, second = pair.first.inspection, pair.second.inspection
    return (
        pair.first.authority.code,
        pair.first.authority.name,
        _iso(first.started),
        _iso(first.ended),
        label,
        verdict.decision.id,
        str(verdict.status),
        verdict.outcome.id if verdict.outcome else "",
        "; ".join(_ids(verdict)),
        "; ".join(rule.id for rule in verdict.rules),
        attribute,
        "; ".join(str(each) for each in point.said),
        "" if point.happened.value is None else str(point.happened.value),
        str(point.finding),
        point.happened.why,
        _iso(second.started),
        "" if pair.months is None else str(pair.months),
    )


def _ids(verdict: Verdict) -> Iterator[str]:
    for each in verdict.possible:
        yield " and ".join(each.outcomes) if each.status is Status.DECIDED else str(each.status)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
