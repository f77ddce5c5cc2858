"""Parts of a version → the checked framework, or every problem in them. The only way to make a `Framework`."""

from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any, cast

from greenpaper.framework import problems
from greenpaper.framework.activities import read_activities, read_outcomes
from greenpaper.framework.back_tests import check_back_test
from greenpaper.framework.cases import check_cases
from greenpaper.framework.checked import (
    Choice,
    Citation,
    Condition,
    Confidence,
    Constraint,
    Decision,
    FactNote,
    Force,
    Framework,
    LeftOpen,
    Modality,
    Outcome,
    Precedence,
    Resolve,
    Rule,
    ScaleMapping,
)
from greenpaper.framework.documents import documents_of
from greenpaper.framework.explanations import read_explained
from greenpaper.framework.invariants import check_invariants
from greenpaper.framework.mappings import read_mappings, words_of_other_scales
from greenpaper.framework.names import check_names, read_facts, read_groups, scales_of
from greenpaper.framework.outcome_terms import outcome_terms
from greenpaper.framework.parts import Parts
from greenpaper.framework.places import places_of
from greenpaper.framework.reading import Reading
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
from greenpaper.framework.written_statements import Citation as WrittenCitation
from greenpaper.language.checker import check_condition
from greenpaper.language.formatter import format_condition
from greenpaper.language.syntax import And, Comparison, FactName, Holds, Not, Or
from greenpaper.language.syntax import Condition as Syntax
from greenpaper.language.terms import AnyOf, Negated
from greenpaper.language.types import Scale
from greenpaper.language.vocabulary import DecisionName, Definition, Vocabulary
from greenpaper.source.diagnostics import Diagnostic
from greenpaper.source.partial_dates import some_day
from greenpaper.source.shapes import read_shape
from greenpaper.source.text import Span
from greenpaper.source.written import Written

Checked = tuple[Framework | None, tuple[Diagnostic, ...]]


def check_parts(
    parts: Parts, *, gate: bool = False, choices: tuple[Choice, ...] = (), cited: frozenset[str] = frozenset()
) -> Checked:
    """The framework that the parts make, or None with the problems that prevent it.

    `gate` checks every file against its JSON Schema first. `choices` are the options already composed in, and `cited`
    the documents that any option cites.
    """
    readings, found = _shaped(parts, gate)
    if found:
        return None, found
    check = _Check(readings)
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

    def __init__(self, readings: Iterable[Reading[Written]]) -> None:
        self.head: Reading[FrameworkFile]
        self.names: Reading[VocabularyFile] | None = None
        self.constraints: list[Reading[ConstraintsFile]] = []
        self.activities: Reading[ActivitiesFile] | None = None
        self.decisions: dict[str, Reading[DecisionFile]] = {}
        self.explained: list[Reading[ExplainedFile]] = []
        self.cases: list[Reading[CasesFile]] = []
        self.invariants: list[Reading[InvariantsFile]] = []
        for reading in readings:
            match reading.written:
                case FrameworkFile():
                    self.head = cast(Reading[FrameworkFile], reading)
                case VocabularyFile():
                    self.names = cast(Reading[VocabularyFile], reading)
                case ConstraintsFile():
                    self.constraints.append(cast(Reading[ConstraintsFile], reading))
                case ActivitiesFile():
                    self.activities = cast(Reading[ActivitiesFile], reading)
                case DecisionFile():
                    self._add_decision(cast(Reading[DecisionFile], reading))
                case ExplainedFile():
                    self.explained.append(cast(Reading[ExplainedFile], reading))
                case InvariantsFile():
                    self.invariants.append(cast(Reading[InvariantsFile], reading))
                case CasesFile():
                    self.cases.append(cast(Reading[CasesFile], reading))
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
        constraints = tuple(self._constraints())
        starting = head.applies_to.inspections_starting if head.applies_to else None
        return Framework(
            id=head.framework,
            version=head.version,
            title=head.title,
            status=head.status,
            vocabulary=self.vocabulary,
            decisions=decisions,
            constraints=constraints,
            cases=tuple(
                case for reading in self.cases for case in check_cases(reading, self.vocabulary, decisions, choices)
            ),
            invariants=tuple(
                each for reading in self.invariants for each in check_invariants(reading, self.vocabulary, decisions)
            ),
            documents=self.documents,
            fact_notes=notes,
            word_titles=titles,
            mappings=self.mappings,
            activities=dict(read_activities(self.activities, self._citation)),
            scales=scales_of(self.names.written) if self.names else {},
            cited=cited | self.cited,
            places=dict(places_of(self.head, self.names, self.activities, self.decisions)),
            explained=tuple(read_explained(self.explained)),
            starts=some_day(starting.first) if starting else None,
            ends=some_day(starting.until) if starting else None,
            replaces=head.replaces,
            base=head.base,
            choices=choices,
            confidence=Confidence(head.confidence) if head.confidence else None,
            note=head.note,
        )

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
            self._citation(self.names, fact.source, "facts", name, "source")
            notes[name] = FactNote(fact.title, Confidence(fact.confidence), fact.assigned_by, fact.note)
        titles = {}
        for name, scale in written.scales.items():
            self._citation(self.names, scale.source, "scales", name, "source")
            titles.update(scale.titles)
        return notes, titles

    # Definitions and decisions, each after those it uses

    def _check_in_order(self) -> None:
        definitions = self._parsed_definitions()
        rules = {name: self._parsed(reading, "rules") for name, reading in self.decisions.items()}
        left_open = {name: self._parsed(reading, "left_open") for name, reading in self.decisions.items()}
        needs: dict[str, set[str]] = {name: _names_used([parsed]) for name, parsed in definitions.items()}
        needs |= {name: _names_used([*rules[name], *left_open[name]]) for name in rules}
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

    def _constraints(self) -> Iterator[Constraint]:
        first: dict[str, Span] = {}
        for reading in self.constraints:
            for number, written in enumerate(reading.written.constraints):
                span = reading.value("constraints", number, "id")
                if written.id in first:
                    reading.found.append(problems.duplicate_id(written.id, "constraints", span, first[written.id]))
                first.setdefault(written.id, span)
                when, condition = self._constraint(reading, number)
                citation = self._citation(reading, written.source, "constraints", number, "source")
                if condition and citation:
                    yield Constraint(
                        written.id,
                        condition,
                        Force(written.force),
                        Confidence(written.confidence),
                        citation,
                        written.note,
                        reading.value("constraints", number, "require"),
                        when,
                    )

    def _constraint(self, reading: Reading[ConstraintsFile], number: int) -> tuple[Condition | None, Condition | None]:
        """`when`, and what is demanded: `require`, or `require` wherever `when`."""
        require = self._condition(reading, "constraints", number, "require")
        if not reading.written.constraints[number].when:
            return None, require
        when = self._condition(reading, "constraints", number, "when")
        if not (when and require):
            return when, None
        words = f"where {when.words}: {require.words}"
        return when, Condition(AnyOf((Negated(when.term, f"not ({when.words})"), require.term), words), words)

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
        return Citation(self.documents[written.document], written.says, written.note)


def _names_used(conditions: Iterable[Syntax | None]) -> set[str]:
    """Every single name that the conditions use where a definition or decision could stand."""
    used: set[str] = set()
    stack = [condition for condition in conditions if condition is not None]
    while stack:
        match stack.pop():
            case Or(parts) | And(parts):
                stack.extend(parts)
            case Not(part):
                stack.append(part)
            case Holds(name) | Comparison(FactName(name)):
                used.add(name)
            case Comparison():
                pass
    return used
