"""`greenpaper diff`."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import typer

from greenpaper.cli.exits import FINDINGS
from greenpaper.cli.forms import DiffPart, Format
from greenpaper.cli.printing import aside, form_of, formatted, out, write
from greenpaper.cli.selecting import Unusable, condition_over, day_of, named_apart, records_in, selectors_of
from greenpaper.comparison.behaviour import Behaviours, behaviours
from greenpaper.comparison.compare import Comparison, compare
from greenpaper.comparison.structure import compare_structure
from greenpaper.comparison.together import not_joined
from greenpaper.framework.checked import Framework
from greenpaper.framework.selection import Selector
from greenpaper.language.terms import Term, facts_read
from greenpaper.records.tables import Records
from greenpaper.report.view import Block, Paragraph, View


@dataclass(frozen=True, slots=True)
class Asked:
    """What the difference is to show: which parts, for which intent, and whether a change is a finding."""

    only: tuple[DiffPart, ...] = ()
    intent: str = ""
    exit_code: bool = False

    def wants(self, part: DiffPart) -> bool:
        return not self.only or part in self.only


def diff_versions(
    versions: list[str],
    asked: Asked,
    *,
    report: Path | None,
    as_of: str,
    form: Format,
    policies: Path | None,
    records: Path | None,
) -> None:
    """Print what changes from the first version to the second; exit with FINDINGS where that was asked for.

    Raises Unusable, PolicyError or NoSuchVersion.
    """
    if len(versions) != 2:
        raise Unusable("a difference is between two versions: name the earlier and the later one")
    report_form = form_of(report) if report else None
    selectors = selectors_of(versions, policies)
    found = _Difference(selectors, asked, as_of, records)
    if form is Format.CSV or report_form is Format.CSV:
        raise Unusable("a difference is no table: ask for text, markdown, html or json")
    out(_in(form, found))
    if report and report_form:
        write(report, _in(report_form, found))
        aside(f"Written to {report}.")
    if (asked.exit_code and found.differs) or (asked.intent and found.behaviour.spills):
        raise typer.Exit(FINDINGS)


def _in(form: Format, found: "_Difference") -> str:
    return formatted(form, found.view, found.data, lambda: "")


@dataclass(frozen=True)
class _Difference:
    """Two versions, compared as far as is asked; each part is worked out when it is first needed."""

    selectors: tuple[Selector, ...]
    asked: Asked
    as_of: str
    where: Path | None

    @cached_property
    def sides(self) -> tuple[Framework, Framework]:
        names = named_apart(self.selectors)
        whole = self.asked.wants(DiffPart.WORDS)
        before, after = (
            _called(name, each.load(whole=whole)) for name, each in zip(names, self.selectors, strict=True)
        )
        return before, after

    @cached_property
    def behaviour(self) -> Behaviours:
        intent = self.asked.intent
        return behaviours(*self.sides, _intent(intent, self.sides) if intent else None)

    @cached_property
    def table(self) -> Records:
        return records_in(self.where)

    @cached_property
    def day(self) -> date | None:
        return day_of(self.as_of, self.table)

    @property
    def differs(self) -> bool:
        return not self.behaviour.is_same

    def view(self) -> View:
        from greenpaper.report import words

        before, after = map(words.label, self.sides)
        return View(f"From {before} to {after}", tuple(self._blocks()))

    def _blocks(self) -> Iterator[Block]:
        from greenpaper.report.comparison import rests_on

        for framework in self.sides:
            for choice in (each for each in framework.choices if not (each.is_reading and each.preferred)):
                yield Paragraph(next(each for each in rests_on(framework) if choice.option_title in each))
        if self.asked.wants(DiffPart.WORDS):
            from greenpaper.report.structure import structure_blocks

            yield from structure_blocks(compare_structure(*(each.parts() for each in self.selectors)))
        if self.asked.wants(DiffPart.BEHAVIOUR):
            from greenpaper.report.difference import behaviour_blocks

            yield from behaviour_blocks(self.behaviour, self.asked.intent)
        if self.asked.wants(DiffPart.AUTHORITIES):
            from greenpaper.report.movers import mover_blocks

            current, history = self._compared()
            yield from mover_blocks(current, history, self.table.taken)

    def data(self) -> dict[str, Any]:
        from greenpaper.report.data import version_data

        before, after = map(version_data, self.sides)
        found: dict[str, Any] = {"from": before, "to": after}
        if self.asked.wants(DiffPart.WORDS):
            from greenpaper.report.structure import structure_data

            found["words"] = structure_data(compare_structure(*(each.parts() for each in self.selectors)))
        if self.asked.wants(DiffPart.BEHAVIOUR):
            from greenpaper.report.difference_data import behaviour_data

            found |= {"no_behavioural_change": self.behaviour.is_same, "decisions": behaviour_data(self.behaviour)}
        if self.asked.wants(DiffPart.AUTHORITIES):
            from greenpaper.report.movers import mover_data

            found["authorities"] = mover_data(*self._compared())
        return found

    def _compared(self) -> tuple[Comparison, Comparison]:
        """The current records, and all inspections, under both versions."""
        known = frozenset[str]().union(*(each.catalogue.all_facts for each in self.selectors))
        current, history = (
            compare(self.sides, records, as_of=self.day, elsewhere=known)
            for records in (self.table.current, self.table.inspections)
        )
        return current, history


def _intent(text: str, sides: tuple[Framework, Framework]) -> Term:
    term, _ = condition_over(text, sides, selecting=False)
    apart = [fact for fact in facts_read(term) if fact in not_joined(*sides)]
    if apart:
        raise Unusable(f"`--intent` cannot speak of {', '.join(apart)}: the two versions judge it differently")
    return term


def _called(name: str, framework: Framework) -> Framework:
    return framework if framework.version == name else replace(framework, version=name)
