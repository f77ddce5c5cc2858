"""`greenpaper compare` over a file of many records, counted by situation."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from greenpaper.cli.forms import Format, OnBad
from greenpaper.cli.printing import aside, form_of, formatted, out, write
from greenpaper.cli.progress import watched
from greenpaper.cli.selecting import COLUMN_FILES, Selection, Unusable, condition_over
from greenpaper.framework.checked import Framework
from greenpaper.source.nearest import did_you_mean
from greenpaper.source.render import visible

if TYPE_CHECKING:
    from greenpaper.comparison.many import ManyComparison, Where

TEXT = ".csv"
MOST_CELLS = 10


@dataclass(frozen=True, slots=True)
class Counting:
    """How records are to be counted, as it was given: whether a CSV file is too, groups, columns that are no facts."""

    count: bool = False
    by: str = ""
    beside: tuple[str, ...] = ()
    on_bad: OnBad = OnBad.RAISE

    @property
    def given(self) -> str:
        """The first option that was given; empty when none was."""
        found = (("--count", self.count), ("--by", self.by), ("--beside", self.beside))
        bad = "--on-bad" if self.on_bad is not OnBad.RAISE else ""
        return next((name for name, value in found if value), bad)


def is_counted(records: Path | None, counting: Counting) -> bool:
    """Whether the records are counted and not read one by one. Raises Unusable for options without their file."""
    from greenpaper.records.csv_text import MOST_BYTES

    ending = records.suffix.lower() if records and not records.is_dir() else ""
    if ending in COLUMN_FILES or (ending == TEXT and counting.count):
        return True
    if records and ending == TEXT and records.is_file() and records.stat().st_size > MOST_BYTES:
        aside(f"{records} has more than {MOST_BYTES // 1024**2} MiB: its records are counted, and none is named.")
        return True
    if counting.given:
        endings = ", ".join(COLUMN_FILES)
        raise Unusable(
            f"`{counting.given}` is for records that are counted: name a file {endings} in `--records`,"
            f" or a {TEXT} file and `--count`"
        )
    return False


def count_versions(
    frameworks: list[Framework],
    known: frozenset[str],
    selection: Selection,
    counting: Counting,
    *,
    report: Path | None,
    as_of: str,
    form: Format,
    records: Path,
) -> None:
    """Print the comparison of counted records, and write the report asked for. Raises Unusable or PolicyError."""
    report_form = form_of(report) if report else None
    _must_not_select(selection)
    comparison = _compared(frameworks, known, selection.where, counting, _day(as_of), records)
    if not comparison.whole.rows:
        raise Unusable("no record meets the selection" if selection.where else f"`{records}` holds no records")
    out(_in(form, comparison, whole=form is Format.HTML))
    if report and report_form:
        write(report, _in(report_form, comparison, whole=True))
        aside(f"Written to {report}: more of the situations that move, and every group.")


def _must_not_select(selection: Selection) -> None:
    if selection.region:
        raise Unusable("records that are counted cannot be selected by `--region`: use `--by region`")
    if selection.neighbours_of:
        raise Unusable("records that are counted cannot be selected by `--neighbours-of`: they name no authorities")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Unusable(f"`{text}` is not a day: write year, month and day, such as 2026-08-20") from None


def _compared(
    frameworks: list[Framework],
    known: frozenset[str],
    where: str,
    counting: Counting,
    as_of: date | None,
    records: Path,
) -> "ManyComparison":
    """Raises Unusable for a file or cells that cannot be used."""
    from greenpaper.comparison.many import compare_many
    from greenpaper.population.classes import UnlikeFacts
    from greenpaper.population.counting import UnusableGroups
    from greenpaper.population.files import UnusableFile, opened
    from greenpaper.population.unusable import UnusableFrame

    try:
        file = opened(records)
        _must_have(file.columns, counting)
        chosen = _where(where, frameworks)
        with watched(records.name, file.size, file.unit) as watch:
            return compare_many(
                replace(file, watch=watch),
                frameworks,
                by=counting.by or None,
                beside=counting.beside,
                on_bad=counting.on_bad,
                as_of=as_of,
                elsewhere=known,
                where=chosen,
            )
    except UnusableFrame as fault:
        shown = [visible(str(each)) for each in fault.cells[:MOST_CELLS]]
        left = [f"and {fault.count - len(shown):,} more"] if fault.count > len(shown) else []
        advice = ["`--beside` names columns that are no facts, `--on-bad unknown` counts such values as unknown"]
        raise Unusable("\n".join((*shown, *left, *advice))) from None
    except (UnusableFile, UnusableGroups, UnlikeFacts) as fault:
        raise Unusable(visible(str(fault))) from None


def _must_have(columns: Sequence[str], counting: Counting) -> None:
    for name in (counting.by, *counting.beside):
        if name and name not in columns:
            near = did_you_mean(name, columns) or f"there are {', '.join(columns)}"
            purpose = " to group by" if name == counting.by else ""
            raise Unusable(visible(f"there is no column `{name}`{purpose}: {near}"))


def _where(text: str, frameworks: list[Framework]) -> "Where | None":
    from greenpaper.comparison.many import Where

    return Where(*condition_over(text, frameworks, selecting=True)) if text else None


def _in(form: Format, comparison: "ManyComparison", *, whole: bool) -> str:
    from greenpaper.report.many import many_view
    from greenpaper.report.many_data import COLUMNS, many_data, many_rows
    from greenpaper.report.to_csv import to_csv

    return formatted(
        form,
        lambda: many_view(comparison, whole=whole),
        lambda: many_data(comparison),
        lambda: to_csv(COLUMNS, many_rows(comparison)),
    )
