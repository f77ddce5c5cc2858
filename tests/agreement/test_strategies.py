"""The strategies reach the whole language, so that the properties that draw from them mean something."""

from collections import Counter

from agreement.brute import brute_of
from agreement.strategies import RESOLVES, in_every_version
from agreement.versions import checked, framework_of, names_used, parts_of, texts
from greenpaper.language.formatter import format_condition
from greenpaper.language.parser import parse_condition
from greenpaper.language.syntax import (
    Aggregate,
    Aggregated,
    And,
    Comparison,
    Condition,
    FactName,
    Holds,
    ListedGroup,
    NamedGroup,
    Not,
    Or,
    Quantifier,
    Quantity,
    Verb,
    Word,
)

IN_RULES = set(Verb) - {Verb.KNOWN, Verb.UNKNOWN}


def test_the_strategies_reach_every_verb_quantity_aggregate_and_way_to_resolve():
    seen: Counter[object] = Counter()

    def check(version, given_records):
        seen.update(fact.type for fact in version.facts.values())
        seen.update(decision.resolve for decision in version.decisions.values())
        for part in (part for condition in version.conditions() for part in parts_of(condition)):
            seen[type(part)] += 1
            match part:
                case Comparison(FactName(name), test):
                    seen[test.verb] += 1
                    seen["decision"] += name in version.decisions
                    seen["definition"] += name in version.definitions
                    seen["fact and fact"] += any(
                        isinstance(value, Word) and value.id in version.facts for value in test.values
                    )
                case Comparison(Quantity(quantifier, _, group)):
                    seen.update((quantifier, type(group)))
                case Comparison(Aggregated(aggregate, group)):
                    seen.update((aggregate, type(group)))

    in_every_version(check)
    shapes = {And, Or, Not, Holds, Comparison, NamedGroup, ListedGroup, "decision", "definition", "fact and fact"}
    types = {"grade", "truth", "one of", "whole number", "decimal", "date"}
    wanted = {*IN_RULES, *Quantifier, *Aggregate, *RESOLVES, *shapes, *types}
    assert {each: seen[each] for each in wanted if seen[each] < 5} == {}


def test_decisions_are_used_as_facts_whichever_file_comes_first():
    seen: Counter[bool] = Counter()

    def check(version, given_records):
        order = list(version.decisions)
        for name, decision in version.decisions.items():
            for used in (used for rule in decision.rules for used in names_used(rule.when)):
                if used in version.decisions:
                    seen[order.index(used) < order.index(name)] += 1

    in_every_version(check)
    assert min(seen[True], seen[False]) > 10


def flat(condition: Condition) -> Condition:
    """Without joins inside equal joins, as the parser reads them."""
    match condition:
        case Not(part):
            return Not(flat(part), None)
        case And(parts) | Or(parts):
            kind = type(condition)
            inner = [flat(part) for part in parts]
            return kind(
                tuple(each for part in inner for each in (part.parts if isinstance(part, kind) else (part,))), None
            )
        case _:
            return condition


def test_the_checker_reads_back_exactly_the_conditions_that_were_drawn():
    seen = 0

    def check(version, given_records):
        nonlocal seen
        framework = framework_of(version)
        for name, decision in version.decisions.items():
            for rule, written in zip(framework.decisions[name].rules, decision.rules, strict=True):
                again, wrong = parse_condition(format_condition(written.when))
                assert not wrong
                assert again == flat(written.when)
                assert rule.when.words == format_condition(again)
                seen += 1

    in_every_version(check)
    assert seen > 200


def test_brute_force_tries_enough_completions_to_mean_something():
    sizes: Counter[int] = Counter()

    def check(version, given_records):
        sizes[len(brute_of(version).completions)] += 1

    in_every_version(check)
    assert len(sizes) > 10
    assert max(sizes) > 100


def test_what_a_decision_leaves_open_may_use_a_definition_that_its_rules_do_not():
    vocabulary = (
        "facts:\n  flag: {type: truth, title: t, confidence: stated}\n"
        "definitions:\n  first: {title: t, when: flag}\n  second: {title: t, when: not first}\n"
    )
    decision = (
        "decision: answer\nquestion: q\noutcomes: {yes_please: {title: t}}\nresolve: first\nrules:\n"
        "  - id: only\n    when: flag\n    then: yes_please\n    modality: will\n    confidence: stated\n"
        "    source: {document: doc}\n"
        "left_open: [{when: second, note: n, confidence: stated}]\n"
    )
    head = "framework: f\nversion: v\ntitle: t\nstatus: draft\nsources: {doc: {title: t, publisher: p}}\n"
    assert checked([("framework", head), ("vocabulary", vocabulary), ("decision", decision)])[1] == []


def test_a_decision_that_collects_every_outcome_cannot_be_used_as_a_fact():
    def check(version, given_records):
        collecting = [name for name, decision in version.decisions.items() if decision.resolve == "every"]
        files = dict(enumerate(texts(version)))
        if collecting:
            outcome = version.decisions[collecting[0]].outcomes[0]
            rule = f"decision: last\nquestion: q\noutcomes: {{x: {{title: t}}}}\nresolve: first\nrules: [{{id: r, when: {collecting[0]} is {outcome}, then: x, modality: will, confidence: stated, source: {{document: doc}}}}]\n"
            framework, wrong = checked([*files.values(), ("decision", rule)])
            assert framework is None
            assert [each.split("\n")[0] for each in wrong] == [
                f"error[several-outcomes]: `{collecting[0]}` can have several outcomes at once"
            ]
            tried.append(collecting[0])

    tried: list[str] = []
    in_every_version(check)
    assert len(tried) > 5
