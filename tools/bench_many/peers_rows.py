"""Engines that take one record at a time. All are given the same thirteen lines, and a record as small whole numbers.

What an unknown grade means is worked out by hand in these lines: none of the engines has rules in three-valued logic
with `at least 2 of`. That is a favour to them, since a change to the rules would need the lines worked out again.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from contender import Answers, Contender, Input, labels
from inputs import rows_of_codes
from reference import FACTS

Rows = list[dict[str, int]]
Work = Callable[[Any], Sequence[str]]
LEADERS, HELP, CARE, LEAVERS = FACTS
LINES: tuple[tuple[Mapping[str, int], str], ...] = (
    ({HELP: 0}, "monitoring"),
    ({CARE: 0}, "monitoring"),
    ({LEAVERS: 0}, "monitoring"),
    ({HELP: 4}, "undetermined"),
    ({CARE: 4}, "undetermined"),
    ({LEAVERS: 4}, "undetermined"),
    ({LEADERS: 1}, "intensive"),
    ({HELP: 1, CARE: 1}, "intensive"),
    ({HELP: 1, LEAVERS: 1}, "intensive"),
    ({CARE: 1, LEAVERS: 1}, "intensive"),
    ({LEADERS: 4}, "undetermined"),
    ({LEADERS: 0}, "no rule"),
    ({}, "light"),
)


def grouped() -> Sequence[tuple[Sequence[Mapping[str, int]], str]]:
    """Lines that follow each other with one label put together; the last line, which asks nothing, is left out."""
    groups = groupby(LINES[:-1], key=itemgetter(1))
    return [([tests for tests, _ in lines], label) for label, lines in groups]


def ternary(both: str, either: str) -> str:
    """The lines as one expression with `? :`."""
    made = ""
    for several, label in grouped():
        tests = [both.join(f"{fact} == {code}" for fact, code in tests.items()) for tests in several]
        made += f'({either.join(f"({test})" for test in tests)}) ? "{label}" : '
    return f'{made}"{LINES[-1][1]}"'


def cel() -> Work:
    import cel

    program, context = cel.compile(ternary(" && ", " || ")), cel.Context()

    def label(row: Mapping[str, int]) -> str:
        context.update(row)
        return program.execute(context)

    return lambda rows: list(map(label, rows))


def datalogic() -> Work:
    import datalogic_py

    steps: list[Any] = []
    for several, label in grouped():
        tests = [[{"===": [{"var": fact}, code]} for fact, code in tests.items()] for tests in several]
        steps += [{"or": [{"and": test} for test in tests]}, label]
    engine = datalogic_py.Engine()
    rule, session = engine.compile({"if": [*steps, LINES[-1][1]]}), engine.session()
    return lambda rows: [session.evaluate(rule, row) for row in rows]


def zen_expression() -> Work:
    import zen

    evaluate = zen.compile_expression(ternary(" and ", " or ")).evaluate
    return lambda rows: list(map(evaluate, rows))


def zen_table() -> Work:
    import zen

    engine = zen.ZenEngine({"loader": {"type": "static", "content": {"pathway": decision_table()}}})
    return lambda rows: [engine.evaluate("pathway", row)["result"]["label"] for row in rows]


def decision_table() -> Mapping[str, Any]:
    """The lines as a table of which the first that fits decides."""
    rules = [
        {"_id": str(number), **{fact: str(tests.get(fact, "")) for fact in FACTS}, "label": json.dumps(label)}
        for number, (tests, label) in enumerate(LINES)
    ]
    inputs = [{"id": fact, "name": fact, "field": fact} for fact in FACTS]
    outputs = [{"id": "label", "name": "label", "field": "label"}]
    table = {"hitPolicy": "first", "inputs": inputs, "outputs": outputs, "rules": rules}
    kinds = {"in": "inputNode", "table": "decisionTableNode", "out": "outputNode"}
    nodes = [{"id": name, "name": name, "type": kind, "position": {"x": 0, "y": 0}} for name, kind in kinds.items()]
    nodes[1]["content"] = table
    edges = [("in", "table"), ("table", "out")]
    return {
        "nodes": nodes,
        "edges": [{"id": f"{one}-{other}", "sourceId": one, "targetId": other} for one, other in edges],
    }


def cedar() -> Work:
    """Every line is a policy with its number; of those that apply, the caller takes the first."""
    import cedarpy

    whens = (" && ".join(f"context.{fact} == {code}" for fact, code in tests.items()) or "true" for tests, _ in LINES)
    policies = [f"permit(principal, action, resource) when {{ {when} }};" for when in whens]
    known, nobody = cedarpy.PolicySet.from_str("\n".join(policies)), cedarpy.Entities.from_json_str("[]")

    def work(requests: Sequence[Mapping[str, Any]]) -> Sequence[str]:
        found = (each.diagnostics.reasons for each in cedarpy.is_authorized_batch(requests, known, nobody))
        return [LINES[min(int(reason.removeprefix("policy")) for reason in reasons)][1] for reasons in found]

    return work


def cedar_requests(columns: Any) -> Sequence[Mapping[str, Any]]:
    one = {"principal": 'Person::"one"', "action": 'Action::"ask"', "resource": 'Thing::"one"'}
    return [{**one, "context": json.dumps(row)} for row in rows_of_codes(columns)]


def regorus() -> Work:
    import regorus

    whens = ("; ".join(f"input.{fact} == {code}" for fact, code in tests.items()) or "true" for tests, _ in LINES)
    chain = " else ".join(
        f":= {json.dumps(label)} if {{ {when} }}" for when, (_, label) in zip(whens, LINES, strict=True)
    )
    module = ("pathway.rego", f"package job\nimport rego.v1\nlabel {chain}\n")
    machine = regorus.Rvm()
    machine.load_program(regorus.Program.compile_from_modules("{}", [module], ["data.job.label"]))

    def label(row: str) -> str:
        machine.set_input_json(row)
        return machine.execute()

    return lambda rows: list(map(label, rows))


def rule_engine() -> Work:
    import rule_engine

    kinds = rule_engine.type_resolver_from_dict(dict.fromkeys(FACTS, rule_engine.DataType.FLOAT))
    context = rule_engine.Context(type_resolver=kinds)
    rule = rule_engine.Rule(ternary(" and ", " or "), context=context)
    return lambda rows: list(map(rule.evaluate, rows))


def python() -> Work:
    """The same lines as a chain of `if` in plain Python."""

    def label(row: Mapping[str, int]) -> str:
        leaders, *practice = row.values()
        if 0 in practice:
            return "monitoring"
        if 4 in practice:
            return "undetermined"
        if leaders == 1 or practice.count(1) >= 2:
            return "intensive"
        return "undetermined" if leaders == 4 else "no rule" if leaders == 0 else "light"

    return lambda rows: list(map(label, rows))


def as_json(columns: Any) -> Sequence[str]:
    return [json.dumps(row) for row in rows_of_codes(columns)]


def unquoted(found: Sequence[str]) -> Answers:
    return labels([json.loads(each) for each in found])


def contender(
    name: str,
    made_by: str,
    start: Callable[[], Work],
    prepare: Callable[[Any], Any] = rows_of_codes,
    read: Callable[[Any], Answers] = labels,
) -> Contender:
    return Contender(name, made_by, Input.ROWS, "one label", prepare, start, read)


CONTENDERS = [
    contender("plain Python, the rules by hand", "python", python),
    contender("datalogic (JSONLogic), one session", "datalogic-py", datalogic),
    contender("zen-engine, compiled expression", "zen-engine", zen_expression),
    contender("zen-engine, decision table", "zen-engine", zen_table),
    contender("CEL (common-expression-language)", "common-expression-language", cel),
    contender("Rego (regorus), compiled program", "gordon-to-regorus", regorus, as_json, unquoted),
    contender("rule-engine", "rule-engine", rule_engine),
    contender("Cedar (cedarpy), batches", "cedarpy", cedar, cedar_requests),
]
