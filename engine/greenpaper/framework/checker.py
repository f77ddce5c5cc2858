"""Parts of a version → the checked framework, or every problem in them. The only way to make a `Framework`."""

from collections.abc import Iterator, Mapping
from functools import partial
from graphlib import CycleError, TopologicalSorter
from typing import Any

from greenpaper.framework import content_problems, problems
from greenpaper.framework.activities import read_activities, read_outcomes
from greenpaper.framework.back_tests import check_back_test
from greenpaper.framework.cases import check_cases
from greenpaper.framework.checked import (
    Choice,
    Citation,
    Condition,
    Confidence,
    Decision,
    FactNote,
    Framework,
    LeftOpen,
    Modality,
    Outcome,
    Precedence,
    Resolve,
    Rule,
    ScaleMapping,
)
from greenpaper.framework.constraints import read_constraints
from greenpaper.framework.contents import (
    IsAddress,
    read_assumed_for,
    read_criteria,
    read_deadlines,
    read_events,
    read_questions,
    read_references,
    read_themes,
    stands_at,
)
from greenpaper.framework.documents import documents_of
from greenpaper.framework.explanations import read_explained
from greenpaper.framework.invariants import check_invariants
from greenpaper.framework.mappings import read_mappings, words_of_other_scales
from greenpaper.framework.names import check_names, read_facts, read_groups, scales_of
from greenpaper.framework.outcome_terms import outcome_terms
from greenpaper.framework.parts import Parts
from greenpaper.framework.places import places_of
from greenpaper.framework.reading import Reading, Readings
from greenpaper.framework.written import (
    KINDS,
    CasesFile,
    ConstraintsFile,
    DecisionFile,
    ExplainedFile,
    FrameworkFile,
    InvariantsFile,
    VocabularyFile,
)
from greenpaper.framework.written_activities import ActivitiesFile
from greenpaper.framework.written_contents import (
    DeadlinesFile,
    EventsFile,
    OpenQuestionsFile,
    ReferencesFile,
    ThemesFile,
)
from greenpaper.framework.written_statements import Citation as WrittenCitation
from greenpaper.language.checker import check_condition
from greenpaper.language.formatter import format_condition
from greenpaper.language.syntax import Condition as Syntax
from greenpaper.language.syntax import names_used
from greenpaper.language.types import Scale
from greenpaper.language.vocabulary import DecisionName, Definition, Vocabulary
from greenpaper.source.diagnostics import Diagnostic
from greenpaper.source.partial_dates import some_day
from greenpaper.source.shapes import read_shape
from greenpaper.source.text import Span
from greenpaper.source.written import Written

Checked = tuple[Framework | None, tuple[Diagnostic, ...]]


def check_parts(
    parts: Parts,
    *,
    gate: bool = False,
    choices: tuple[Choice, ...] = (),
    cited: frozenset[str] = frozenset(),
    before: Parts = (),
) -> Checked:
    """The framework that the parts make, or None with the problems that prevent it.

    `gate` checks every file against its JSON Schema first. `choices` are the options already composed in, and `cited`
    the documents that any option cites. `before` are the parts before their edits.
    """
    readings, found = _shaped(parts, gate)
    if found:
        return None, found
    check = _Check(Readings(tuple(readings)), partial(stands_at, parts), partial(stands_at, before))
    framework = check.framework(choices, cited)
    collected = tuple(problem for reading in readings for problem in reading.found)
    return (None if collected else framework), collected


def _shaped(parts: Parts, gate: bool) -> tuple[list[Reading[Written]], tuple[Diagnostic, ...]]:
    readings: list[Reading[Written]] = []
    found: list[Diagnostic] = []
    for part in parts:
        written, wrong = read_shape(KINDS[part.kind], part.node, gate=gate)
        found.extend(wrong)
        if written is not None:
            readings.append(Reading(written, part.node))
    return readings, tuple(found)


class _Check:
    """One version being checked. Names are added to the vocabulary in the order in which they need each other."""

    def __init__(self, readings: Readings, is_address: IsAddress, was_address: IsAddress) -> None:
        self.readings, self.is_address, self.was_address = readings, is_address, was_address
        (self.head,) = readings.of(FrameworkFile)
        self.names = readings.one(VocabularyFile)
        self.activities = readings.one(ActivitiesFile)
        self.decisions: dict[str, Reading[DecisionFile]] = {}
        for reading in readings.of(DecisionFile):
            self._add_decision(reading)
        self.documents = documents_of(self.head.written)
        self.vocabulary = Vocabulary(self.head.written.version)
        self.cited: set[str] = set()
        self.mappings: tuple[ScaleMapping, ...] = ()
        self.checked: dict[str, Decision] = {}
        self.circular: set[str] = set()

    def _add_decision(self, reading: Reading[DecisionFile]) -> None:
        name = reading.written.decision
        if name in self.decisions:
            first = self.decisions[name].value("decision")
            reading.found.append(problems.duplicate_id(name, "decisions", reading.value("decision"), first))
        self.decisions.setdefault(name, reading)

    def framework(self, choices: tuple[Choice, ...], cited: frozenset[str]) -> Framework:
        head = self.head.written
        notes, titles = self._read_names()
        self._check_in_order()
        decisions = {name: self.checked[name] for name in self.decisions if name in self.checked}
        constraints = tuple(read_constraints(self.readings.of(ConstraintsFile), self._condition, self._citation))
        starting = head.applies_to.inspections_starting if head.applies_to else None
        themes = dict(read_themes(self.readings.of(ThemesFile), self._citation))
        references = dict(read_references(self.readings.of(ReferencesFile), self._citation))
        events = dict(read_events(self.readings.of(EventsFile)))
        return Framework(
            id=head.framework,
            version=head.version,
            title=head.title,
            status=head.status,
            vocabulary=self.vocabulary,
            decisions=decisions,
            constraints=constraints,
            cases=tuple(
                case
                for reading in self.readings.of(CasesFile)
                for case in check_cases(reading, self.vocabulary, decisions, choices)
            ),
            invariants=tuple(
                each
                for reading in self.readings.of(InvariantsFile)
                for each in check_invariants(reading, self.vocabulary, decisions)
            ),
            documents=self.documents,
            fact_notes=notes,
            word_titles=titles,
            mappings=self.mappings,
            activities=dict(read_activities(self.activities, self._citation)),
            criteria=dict(read_criteria(self.readings, self.vocabulary, themes, references, self._citation)),
            themes=themes,
            references=references,
            events=events,
            deadlines=dict(read_deadlines(self.readings.of(DeadlinesFile), events, self._citation)),
            open_questions=dict(read_questions(self.readings.of(OpenQuestionsFile), self.is_address, self.was_address)),
            assumed_for=tuple(read_assumed_for(self.head, self._citation)),
            scales=scales_of(self.names.written) if self.names else {},
            cited=cited | self.cited,
            places=dict(places_of(self.head, self.names, self.activities, self.decisions)),
            explained=tuple(read_explained(self.readings.of(ExplainedFile))),
            starts=some_day(starting.first) if starting else None,
            ends=some_day(starting.until) if starting else None,
            days_from=self._days_from(),
            replaces=head.replaces,
            base=head.base,
            choices=choices,
            confidence=Confidence(head.confidence) if head.confidence else None,
            note=head.note,
        )

    def _days_from(self) -> Citation | None:
        applies = self.head.written.applies_to
        return self._citation(self.head, applies.source, "applies_to", "source") if applies else None

    # Names

    def _read_names(self) -> tuple[dict[str, FactNote], dict[str, str]]:
        if self.names is None:
            return {}, {}
        check_names(self.names, {name: reading.value("decision") for name, reading in self.decisions.items()})
        facts = read_facts(self.names)
        groups = read_groups(self.names, facts)
        self.mappings = tuple(read_mappings(self.names))
        maps = words_of_other_scales(self.mappings)
        self.vocabulary = Vocabulary(self.head.written.version, facts, groups, {}, {}, maps)
        written = self.names.written
        notes = {}
        for name, fact in written.facts.items():
            notes[name] = FactNote(
                fact.title,
                Confidence(fact.confidence),
                fact.assigned_by,
                fact.note,
                fact.also_titled,
                self._split_from(name, fact.split_from),
                self._citation(self.names, fact.source, "facts", name, "source"),
            )
        titles = {}
        for name, scale in written.scales.items():
            self._citation(self.names, scale.source, "scales", name, "source")
            titles.update(scale.titles)
        return notes, titles

    def _split_from(self, name: str, other: str) -> str:
        assert self.names is not None
        facts = self.names.written.facts
        if other and (other == name or other not in facts):
            span = self.names.value("facts", name, "split_from")
            self.names.found.append(
                content_problems.split_from_nothing(other, span, [each for each in facts if each != name])
            )
        return other

    # Definitions and decisions, each after those it uses

    def _check_in_order(self) -> None:
        definitions = self._parsed_definitions()
        rules = {name: self._parsed(reading, "rules") for name, reading in self.decisions.items()}
        left_open = {name: self._parsed(reading, "left_open") for name, reading in self.decisions.items()}
        needs: dict[str, set[str]] = {name: names_used([parsed]) for name, parsed in definitions.items()}
        needs |= {name: names_used([*rules[name], *left_open[name]]) for name in rules}
        for name in self._ordered({name: used & set(needs) for name, used in needs.items()}):
            if name in definitions:
                self._define(name, definitions[name])
            else:
                self._decide(self.decisions[name], rules[name], left_open[name])

    def _ordered(self, needs: Mapping[str, set[str]]) -> tuple[str, ...]:
        """Names in an order in which each comes after those it needs.

        A circle is one problem: its names are kept, and their conditions are not checked.
        """
        try:
            return tuple(TopologicalSorter({name: sorted(used) for name, used in needs.items()}).static_order())
        except CycleError as fault:
            circle = tuple(reversed(fault.args[1]))
            reading = self.decisions.get(circle[0]) or self.names
            assert reading is not None
            span = reading.value("decision") if circle[0] in self.decisions else reading.key("definitions", circle[0])
            reading.found.append(problems.circular(circle, span))
            self.circular |= set(circle)
            return self._ordered({name: used - set(circle) if name in circle else used for name, used in needs.items()})

    def _parsed_definitions(self) -> dict[str, Syntax | None]:
        names = self.names
        if names is None:
            return {}
        return {name: names.condition("definitions", name, "when") for name in names.written.definitions}

    def _parsed(self, reading: Reading[DecisionFile], statements: str) -> list[Syntax | None]:
        written = getattr(reading.written, statements)
        return [reading.condition(statements, number, "when") for number in range(len(written))]

    def _define(self, name: str, parsed: Syntax | None) -> None:
        assert self.names is not None
        condition = None if name in self.circular else self._checked(self.names, parsed, "definitions", name, "when")
        span = self.names.key("definitions", name)
        if name not in self.vocabulary.facts:
            term, words = (condition.term, condition.words) if condition else (None, "")
            self._extend(definitions={name: Definition(name, term, span, words)})

    def _decide(
        self, reading: Reading[DecisionFile], parsed: list[Syntax | None], left_open: list[Syntax | None]
    ) -> None:
        written = reading.written
        if written.decision in self.circular:
            parsed, left_open = [None] * len(parsed), [None] * len(left_open)
        outcomes = dict(read_outcomes(reading, self.activities, self._citation))
        rules = tuple(self._rules(reading, parsed, outcomes))
        span = reading.key("outcomes")
        decision = Decision(
            id=written.decision,
            question=written.question,
            outcomes=outcomes,
            ordered=written.outcomes_ordered is not None,
            resolve=Resolve(written.resolve),
            rules=rules,
            left_open=tuple(self._left_open(reading, left_open)),
            precedence=self._precedence(reading),
            back_test=check_back_test(reading, outcomes),
            span=reading.key("rules"),
        )
        self.checked[decision.id] = decision
        worst_to_best = tuple(reversed(outcomes)) if decision.ordered else tuple(outcomes)
        scale = Scale(decision.id, worst_to_best, decision.ordered, "outcome")
        self._extend(decisions={decision.id: DecisionName(decision.id, scale, outcome_terms(decision), span)})

    def _extend(
        self, definitions: Mapping[str, Definition] | None = None, decisions: Mapping[str, DecisionName] | None = None
    ) -> None:
        names = self.vocabulary
        self.vocabulary = Vocabulary(
            names.title,
            names.facts,
            names.groups,
            {**names.definitions, **(definitions or {})},
            {**names.decisions, **(decisions or {})},
            names.maps,
        )

    # Statements

    def _rules(
        self, reading: Reading[DecisionFile], parsed: list[Syntax | None], outcomes: Mapping[str, Outcome]
    ) -> Iterator[Rule]:
        first: dict[str, Span] = {}
        for number, (rule, syntax) in enumerate(zip(reading.written.rules, parsed, strict=True)):
            id_span = reading.value("rules", number, "id")
            if rule.id in first:
                reading.found.append(problems.duplicate_id(rule.id, "rules", id_span, first[rule.id]))
            first.setdefault(rule.id, id_span)
            if rule.then not in outcomes:
                span = reading.value("rules", number, "then")
                reading.found.append(problems.unknown_outcome(rule.then, span, outcomes, reading.key("outcomes")))
            condition = self._checked(reading, syntax, "rules", number, "when")
            citation = self._citation(reading, rule.source, "rules", number, "source")
            if condition and citation and rule.then in outcomes:
                yield Rule(
                    rule.id,
                    condition,
                    outcomes[rule.then],
                    Modality(rule.modality),
                    Confidence(rule.confidence),
                    citation,
                    rule.note,
                    condition.span,
                )

    def _left_open(self, reading: Reading[DecisionFile], parsed: list[Syntax | None]) -> Iterator[LeftOpen]:
        for number, (written, syntax) in enumerate(zip(reading.written.left_open, parsed, strict=True)):
            condition = self._checked(reading, syntax, "left_open", number, "when")
            if condition:
                yield LeftOpen(condition, written.note, Confidence(written.confidence), condition.span)

    def _precedence(self, reading: Reading[DecisionFile]) -> Precedence | None:
        written = reading.written.precedence
        if written is None:
            return None
        self._citation(reading, written.source, "precedence", "source")
        return Precedence(Confidence(written.confidence), written.note)

    # Conditions and citations

    def _condition(self, reading: Reading[Any], *path: str | int) -> Condition | None:
        return self._checked(reading, reading.condition(*path), *path)

    def _checked(self, reading: Reading[Any], parsed: Syntax | None, *path: str | int) -> Condition | None:
        if parsed is None:
            return None
        term, wrong = check_condition(parsed, self.vocabulary)
        reading.found.extend(wrong)
        return Condition(term, format_condition(parsed), reading.value(*path)) if term is not None else None

    def _citation(self, reading: Reading[Any], written: WrittenCitation | None, *path: str | int) -> Citation | None:
        if written is None:
            return None
        if written.document not in self.documents:
            span = reading.value(*path, "document")
            reading.found.append(problems.unknown_source(written.document, span, self.documents))
            return None
        self.cited.add(written.document)
        return Citation(self.documents[written.document], written.says, written.note, written.sentences)
