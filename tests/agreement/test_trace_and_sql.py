"""The trace of one record says what SQLite says: true, false or NULL, for every condition and every step to it."""

from collections import Counter
from collections.abc import Iterator, Mapping

import pytest

from agreement.sql import sql_values
from agreement.strategies import in_every_version
from agreement.versions import Version, framework_of, given_facts
from greenpaper.evaluation.evaluate import evaluate_facts
from greenpaper.evaluation.truth import Step, reasons, trace
from greenpaper.framework.checked import Framework
from greenpaper.language.parser import parse_condition
from greenpaper.language.syntax import Condition, Not, Or
from greenpaper.language.terms import Term


def written_conditions(version: Version) -> dict[str, Condition]:
    """Every condition of the version under a name of its own; a constraint is `not when, or require`."""
    found = {f"definition {name}": condition for name, condition in version.definitions.items()}
    for name, decision in version.decisions.items():
        found |= {f"{name} {rule.id}": rule.when for rule in decision.rules}
        found |= {f"{name} left open {number}": condition for number, condition in enumerate(decision.left_open)}
    for each in version.constraints:
        found[each.id] = Or((Not(each.when, None), each.require), None) if each.when else each.require
    return found


def checked_terms(framework: Framework) -> dict[str, Term]:
    """The same conditions as the engine checked them, under the same names."""
    found = {f"definition {name}": each.term for name, each in framework.vocabulary.definitions.items()}
    for name, decision in framework.decisions.items():
        found |= {f"{name} {rule.id}": rule.when.term for rule in decision.rules}
        found |= {f"{name} left open {number}": each.when.term for number, each in enumerate(decision.left_open)}
    return found | {each.id: each.condition.term for each in framework.constraints}


@pytest.mark.exhaustive
def test_every_condition_has_the_value_that_sqlite_gives_it():
    seen: Counter[bool | None] = Counter()

    def check(version, given_records):
        terms = checked_terms(framework_of(version))
        conditions = written_conditions(version)
        assert terms.keys() == conditions.keys()
        for known, expected in zip(given_records, sql_values(version, conditions, given_records), strict=True):
            assert {name: trace(term, known).value for name, term in terms.items()} == expected
            seen.update(expected.values())

    in_every_version(check, seeds=250)
    assert min(seen[True], seen[False], seen[None]) > 1000


def test_a_condition_on_a_complete_record_is_never_unknown():
    def check(version, given_records):
        terms = checked_terms(framework_of(version))
        assert terms
        for term in terms.values():
            assert trace(term, given_records[-1]).value is not None

    in_every_version(check)


def steps(step: Step) -> Iterator[Step]:
    yield step
    for part in step.parts:
        yield from steps(part)


def shown_steps(framework: Framework, known: Mapping[str, object]) -> set[tuple[str, bool | None]]:
    """The words and the value of every step in the traces of the record, where it has words."""
    verdicts = evaluate_facts(framework, given_facts(framework, known)).decisions.values()
    rules = (rule.step for verdict in verdicts for rule in verdict.trace)
    return {(step.term.words, step.value) for rule in rules for step in steps(rule) if step.term.words}


@pytest.mark.exhaustive
def test_every_step_of_a_trace_has_the_value_of_the_words_it_is_shown_with():
    """Steps without words of their own, such as a decision spelled out, are not shown."""
    seen: Counter[bool | None] = Counter()

    def check(version, given_records):
        framework = framework_of(version)
        shown = [shown_steps(framework, known) for known in given_records]
        spoken = {words: parse_condition(words)[0] for found in shown for words, _ in found}
        assert all(spoken.values())
        for found, expected in zip(shown, sql_values(version, spoken, given_records), strict=True):
            assert found == {(words, expected[words]) for words, _ in found}
            seen.update(value for _, value in found)

    in_every_version(check)
    assert min(seen[True], seen[False], seen[None]) > 1000


def test_the_reasons_for_a_step_agree_with_it_and_have_words():
    seen = 0

    def check(version, given_records):
        nonlocal seen
        framework = framework_of(version)
        for known in given_records:
            for rule in (rule for decision in framework.decisions.values() for rule in decision.rules):
                step = trace(rule.when.term, known)
                found = reasons(step)
                assert found
                for reason in found:
                    assert reason.value is step.value
                    assert reason.term.words
                seen += len(found)

    in_every_version(check)
    assert seen > 500
