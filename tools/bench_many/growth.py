"""How the time grows with facts, rules and versions, on frameworks made for it. Prints JSON.

A few hundred of the records are asked one by one as well, and must have the same answers.
"""

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from generated import counting, facts, listed, written
from inputs import SEED, SHARES, UNKNOWN_SHARE, Columns, arrow_typed
from reference import DECISION, GRADES, UNKNOWN

import greenpaper as gp
from greenpaper.framework.checked import Framework

FACTS = (4, 8, 16, 32, 64)
RULES = (3, 10, 30, 100, 300, 1000)
VERSIONS = (2, 5, 10, 20)
COMPARED = (4, 6, 8)  # facts of two versions
OF_RULES, OF_VERSIONS = 6, 4  # facts, where something else grows
ASKED = 300


def drawn(names: Sequence[str], count: int) -> Columns:
    random = np.random.default_rng(SEED)
    shares = [share * (1 - UNKNOWN_SHARE) for share in SHARES]
    each = (random.choice(UNKNOWN + 1, count, p=[*shares, UNKNOWN_SHARE]) for _ in names)
    return dict(zip(names, (codes.astype(np.uint8) for codes in each), strict=True))


def evaluated(size: int, rules: Sequence[tuple[str, str]], count: int, runs: int) -> dict[str, Any]:
    """Seconds of the first call and of later ones, with all four columns."""
    columns = drawn(facts(size), count)
    frame = arrow_typed(columns)
    with tempfile.TemporaryDirectory() as folder:
        (version,) = written(Path(folder), size, {"one": rules})
    first, made = timed(lambda: gp.evaluate_many(version, frame))
    agrees(version, columns, made)
    again = [timed(lambda: gp.evaluate_many(version, frame))[0] for _ in range(runs)]
    return {"first": first, "seconds": statistics.median(again), "records": count}


def agrees(version: Framework, columns: Columns, made: Any) -> None:
    """Errors: AssertionError where a record by itself has another answer."""
    outcomes, statuses = (made[f"{DECISION}_{name}"].to_pylist() for name in ("outcome", "status"))
    for row in range(min(ASKED, len(outcomes))):
        known = {fact: GRADES[codes[row]] for fact, codes in columns.items() if codes[row] != UNKNOWN}
        alone = gp.evaluate(version, known).decisions[DECISION]
        expected = (alone.outcome.id if alone.outcome else None, alone.status.value)
        assert (outcomes[row], statuses[row]) == expected, f"record {row}: {outcomes[row]}, {statuses[row]}"


def compared(size: int, count_of_versions: int, count: int, runs: int) -> dict[str, Any]:
    """Seconds of a comparison of so many versions, which differ in how many judgements their rules ask for."""
    asked = {f"v{number}": counting(size, 1 + number % (size - 1)) for number in range(count_of_versions)}
    frame = arrow_typed(drawn(facts(size), count))
    with tempfile.TemporaryDirectory() as folder:
        versions = written(Path(folder), size, asked)
    first, made = timed(lambda: gp.compare_many(frame, versions))
    again = [timed(lambda: gp.compare_many(frame, versions))[0] for _ in range(runs)]
    told = sum(each.count for each in made.whole.decisions[0].moves[0].transitions)
    assert told == count, f"{told} of {count} records are told of"
    return {"first": first, "seconds": statistics.median(again), "records": count, "situations": made.situations}


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    made = work()
    return time.perf_counter() - start, made


def main(what: str, number: str, count: str, runs: str) -> None:
    size, asked = int(number), (int(count), int(runs))
    match what:
        case "facts":
            found = evaluated(size, counting(size), *asked)
        case "rules":
            rules = counting(OF_RULES) if size == 3 else listed(OF_RULES, size)
            found = evaluated(OF_RULES, rules, *asked)
        case "versions":
            found = compared(OF_VERSIONS, size, *asked)
        case _:
            found = compared(size, 2, *asked)
    print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
