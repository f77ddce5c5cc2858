"""Small random drafts: a base of two decisions, and proposals whose options edit it with every verb.

Not every draft can be composed: options drawn on their own may edit the same thing. Those are left to the caller.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from agreement.strategies import RESOLVES, Draw, flip, one, some, whole
from greenpaper.framework.catalogue import Catalogue
from greenpaper.records.record import Authority, Record

SCALE = {"worst_to_best": ["poor", "fair", "fine"], "confidence": "stated"}
LONGER = {"worst_to_best": ["poor", "fair", "fine", "great"], "confidence": "stated"}
MAPPED = LONGER | {"maps_from": {"quality": {"poor": ["poor"], "fair": ["fair", "fine"], "fine": ["fine", "great"]}}}
GRADE = {"type": "grade", "scale": "quality", "title": "A grade", "confidence": "stated"}
TRUTH = {"type": "truth", "title": "A truth", "confidence": "stated"}
MONTHS = {"type": "whole number", "title": "Months", "confidence": "stated"}
SOURCE = {"document": "paper"}
OUTCOMES = {"size": ("small", "big"), "visits": ("letter", "call", "visit")}
GRADED = ("heads", "hands", "feet")
PLACES = ("before", "after", "end")


def condition(draw: Draw, *, sizes: bool = False, deep: bool = True) -> str:
    """A condition over the names of the base, and the decision `size` where it may be used."""
    if deep and whole(draw, 0, 2) == 0:
        joined = one(draw, (" and ", " or "))
        return joined.join(condition(draw, sizes=sizes, deep=False) for _ in range(2))
    grade = one(draw, ("is fine", "is not fair", "is at least fair", "is at most fair", "is worse than fine"))
    tests = [
        f"{one(draw, GRADED)} {grade}",
        f"any of all_parts {grade}",
        f"at least 2 of [heads, hands, feet] {grade.replace('is ', 'are ', 1)}",
        one(draw, ("flag", "not flag")),
        one(draw, ("well", "not well")),
        f"months is {one(draw, ('at least', 'less than', 'is not')).removeprefix('is ')} {whole(draw, 1, 9)}",
    ]
    tests += [f"size is {one(draw, ('small', 'big'))}"] * (2 * sizes)
    return str(one(draw, tests))


def a_rule(draw: Draw, decision: str, name: str, sizes: bool) -> dict[str, Any]:
    return {
        "id": name,
        "when": condition(draw, sizes=sizes and decision == "visits"),
        "then": one(draw, OUTCOMES[decision]),
        "modality": "usually",
        "confidence": "stated",
        "source": SOURCE,
    }


def a_constraint(draw: Draw, name: str) -> dict[str, Any]:
    force = one(draw, ("always", "always", "usual"))
    return {"id": name, "require": condition(draw), "force": force, "confidence": "stated", "source": SOURCE}


def a_base(draw: Draw) -> dict[str, Any]:
    """The files of the base, by name, as plain data; rules are `r0`, `r1`..., constraints `C0`..."""
    resolves = {name: one(draw, RESOLVES) for name in OUTCOMES}
    sizes = resolves["size"] != "every" and flip(draw)
    decisions = {
        f"decisions/{name}.yaml": {
            "decision": name,
            "question": f"Which {name}?",
            "outcomes": {each: {"title": each} for each in outcomes},
            **({"outcomes_ordered": "best to worst"} if flip(draw) else {}),
            "resolve": resolves[name],
            "rules": [a_rule(draw, name, f"r{number}", sizes) for number in range(whole(draw, 1, 3))],
        }
        for name, outcomes in OUTCOMES.items()
    }
    head = {"framework": "small", "title": "A small one", "status": "draft"}
    sources = {"paper": {"title": "A paper", "publisher": "Somebody"}}
    constraints = [a_constraint(draw, f"C{number}") for number in range(whole(draw, 0, 2))]
    return {
        "framework.yaml": {**head, "version": "one", "sources": sources},
        "vocabulary.yaml": {
            "scales": {"quality": SCALE},
            "facts": {**dict.fromkeys(GRADED, GRADE), "flag": TRUTH, "months": MONTHS},
            "groups": {"all_parts": {"title": "all parts", "members": ["heads", "hands"]}},
            "definitions": {"well": {"title": "All is well", "when": "all of all_parts are fine"}},
        },
        **decisions,
        **({"constraints.yaml": {"constraints": constraints}} if constraints else {}),
    }


# Edits


def edits(draw: Draw, base: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """The edits of one option: usually of a rule, and of all else that a version has; `name` is for what it adds."""
    decision = one(draw, ("size", "visits", "visits"))
    file = base[f"decisions/{decision}.yaml"]
    sizes = "size is" in str(base["decisions/visits.yaml"])
    rules, there = f"decisions/{decision}/rules", [each["id"] for each in file["rules"]]
    address = f"{rules}/{one(draw, there)}"
    constraints = [each["id"] for each in base.get("constraints.yaml", {}).get("constraints", ())]
    rule = a_rule(draw, decision, name, sizes)
    shapes = ["replace", "when", "then", "add", "add", "remove", "move", "constraint", "constraint", "rest", "outcome"]
    match one(draw, shapes):
        case "replace":
            return [{"replace": address, "with": rule | {"id": address.rpartition("/")[2]}}]
        case "when":
            return [{"set": f"{address}/when", "to": rule["when"]}]
        case "then":
            return [{"set": f"{address}/then", "to": rule["then"]}]
        case "add":
            return [{"add_to": rules, **_at(draw, there), "entry": rule}]
        case "remove":
            return [{"remove": address}]
        case "move":
            moved = one(draw, there)
            others = [each for each in there if each != moved]
            entry = next(each for each in file["rules"] if each["id"] == moved)
            at = _at(draw, others) if others else {}
            return [{"remove": f"{rules}/{moved}"}, {"add_to": rules, **at, "entry": dict(entry)}]
        case "constraint":
            return _of_constraints(draw, constraints, name)
        case "outcome":
            more = {f"more_{name}": {"title": "More"}}
            added = rule | {"then": f"more_{name}"}
            outcomes = f"decisions/{decision}/outcomes"
            at = {"before": OUTCOMES[decision][0]} if flip(draw) else {}
            return [{"add_to": outcomes, "entry": more, **at}, {"add_to": rules, **_at(draw, there), "entry": added}]
    return _of_the_rest(draw, base, decision, name)


def _at(draw: Draw, there: list[str]) -> dict[str, str]:
    place = one(draw, PLACES)
    return {} if place == "end" else {place: one(draw, there)}


def _of_constraints(draw: Draw, there: list[str], name: str) -> list[dict[str, Any]]:
    match one(draw, ("add", "replace", "remove", "require", "force")) if there else "add":
        case "add":
            return [{"add_to": "constraints", "entry": a_constraint(draw, name)}]
        case "replace":
            chosen = one(draw, there)
            return [{"replace": f"constraints/{chosen}", "with": a_constraint(draw, chosen)}]
        case "remove":
            return [{"remove": f"constraints/{one(draw, there)}"}]
        case "require":
            return [{"set": f"constraints/{one(draw, there)}/require", "to": condition(draw)}]
        case _:
            return [{"set": f"constraints/{one(draw, there)}/force", "to": one(draw, ("always", "usual"))}]


def _of_the_rest(draw: Draw, base: Mapping[str, Any], decision: str, name: str) -> list[dict[str, Any]]:
    """Edits of which one is chosen for each family."""
    rules = f"decisions/{decision}/rules"
    rule = a_rule(draw, decision, name, sizes=False)
    match one(draw, ("resolve", "definition", "group", "fact", "scale", "mapped", "decision", "gone", "rules", "new")):
        case "resolve":
            return [{"set": f"decisions/{decision}/resolve", "to": one(draw, RESOLVES)}]
        case "definition":
            return [{"set": "vocabulary/definitions/well/when", "to": "none of all_parts are poor"}]
        case "group":
            return [{"replace": "vocabulary/groups/all_parts", "with": {"title": "all", "members": [*GRADED]}}]
        case "fact":
            when = {"when": "fact_of_an_option or heads is fine"}
            return [
                {"add_to": "vocabulary/facts", "entry": {"fact_of_an_option": TRUTH}},
                {"add_to": rules, "entry": rule | when},
            ]
        case "scale":
            return [{"replace": "vocabulary/scales/quality", "with": LONGER}]
        case "mapped":
            graded = [{"set": f"vocabulary/facts/{each}/scale", "to": "longer"} for each in GRADED]
            return [{"add_to": "vocabulary/scales", "entry": {"longer": MAPPED}}, *graded]
        case "decision":
            whole_file = dict(base[f"decisions/{decision}.yaml"])
            return [{"replace": f"decisions/{decision}", "with": whole_file | {"rules": [rule]}}]
        case "gone":
            return [{"remove": "decisions/size"}]
        case "rules":
            return [{"replace": rules, "with": [rule, a_rule(draw, decision, f"{name}x", sizes=False)]}]
    other = {"decision": "other", "question": "Others?", "outcomes": {"yes": {"title": "Yes"}}, "resolve": "first"}
    return [{"add_to": "decisions", "entry": {"other": other | {"rules": [rule | {"then": "yes"}]}}}]


# Drafts


def a_draft(draw: Draw) -> dict[str, Any]:
    """The files of the base under `one` and of the draft under `two`, by name."""
    base = a_base(draw)
    proposals: dict[str, Any] = {}
    for number in range(whole(draw, 2, 4)):
        proposals[f"p{number}"] = a_proposal(draw, base, f"p{number}", proposals)
    head = {"framework": "small", "version": "two", "title": "A draft", "status": "draft", "base": "one"}
    files = {f"one/{name}": data for name, data in base.items()} | {"two/framework.yaml": head}
    return files | {f"two/proposals/{name}.yaml": data for name, data in proposals.items()}


def a_proposal(draw: Draw, base: Mapping[str, Any], name: str, earlier: Mapping[str, Any]) -> dict[str, Any]:
    options = {"as_is": {"title": "As it is"}}
    shared = [edit for each in earlier.values() for option in each["options"].values() for edit in _edits(option)]
    for number in range(whole(draw, 1, 2)):
        made = [each for part in range(whole(draw, 1, 2)) for each in edits(draw, base, f"{name}_{number}_{part}")]
        if shared and whole(draw, 0, 7) == 0:
            made = some(draw, shared, 1, 1)
        options[f"o{number}"] = {"title": "Another", **_related(draw, earlier), "edits": made}
    return {
        "proposal": name,
        "title": "A proposal",
        "confidence": "stated",
        "preferred": one(draw, sorted(options)) if whole(draw, 0, 3) == 0 else "as_is",
        "options": options,
    }


def _edits(option: Mapping[str, Any]) -> list[Any]:
    return list(option.get("edits", ()))


def _related(draw: Draw, earlier: Mapping[str, Any]) -> dict[str, Any]:
    """What an option says of those of earlier proposals."""
    found: dict[str, Any] = {}
    for name, proposal in earlier.items():
        how = one(draw, ("after", "after", "after", "after", "requires", "excludes", "", ""))
        if how:
            others = [each for each in proposal["options"] if each != "as_is" or how == "requires"]
            found.setdefault(how, {})[name] = others if how == "after" else some(draw, others, 1, 2)
    return found


def write(folder: Path, files: Mapping[str, Any]) -> Catalogue:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.dump(data, Dumper=_Plain, sort_keys=False, width=1000), "utf-8")
    return Catalogue(folder)


class _Plain(yaml.SafeDumper):
    """Without anchors and aliases, which policy files do not have."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def some_records(draw: Draw, count: int) -> list[Record]:
    """Records with unknown facts, in words of either scale."""
    return [Record(Authority(f"E{number}", f"A{number}"), _cells(draw)) for number in range(count)]


def _cells(draw: Draw) -> dict[str, Any]:
    values: dict[str, tuple[Any, ...]] = {
        **dict.fromkeys(GRADED, ("poor", "fair", "fine")),
        "flag": (True, False),
        "months": tuple(range(11)),
        "fact_of_an_option": (True, False),
    }
    return {name: one(draw, each) for name, each in values.items() if whole(draw, 0, 3)}
