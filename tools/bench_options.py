"""729 combinations of options: all at once, against running each by itself, in one run.

Six proposals with three options each over the rules of 2026, and the 153 authorities. Both ways start from loaded
files and must agree on every count, every mover and every possible answer. The reading of the files is in neither.
"""

import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from greenpaper.comparison.compare import Movement, compare
from greenpaper.comparison.difference import Became, difference
from greenpaper.comparison.effects import Effects
from greenpaper.comparison.options import Options, options_of
from greenpaper.framework.catalogue import Catalogue
from greenpaper.framework.checked import Framework
from greenpaper.records.record import Record
from greenpaper.records.tables import load_records

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from comparison.six import write_six  # noqa: E402

ROUNDS = 3
DECISION = "pathway"
DAY = date(2026, 8, 20)
Found = tuple[dict[Became, int], tuple[int, ...], tuple[int, ...]]


def by_itself(base: Framework, composed: Framework, records: Sequence[Record], known: frozenset[str]) -> Found:
    """Counts, and who moves for certain or perhaps, of one combination."""
    counts = difference(base, composed).decisions[DECISION].counts()
    found = compare([base, composed], records, as_of=DAY, elsewhere=known)
    (moves,) = next(each.moves for each in found.decisions if each.id == DECISION)
    numbers = {id(record): number for number, record in enumerate(records)}
    certain, possible = (
        tuple(numbers[id(move.row.record)] for move in several) for several in (moves.certain(), moves.possible())
    )
    return counts, certain, possible


def at_once(options: Options) -> list[Found]:
    """The same of every combination."""
    effects = (each.effects[DECISION] for each in options.combinations)
    return [(dict(each.counts), each.movers(Movement.CERTAIN), each.movers(Movement.POSSIBLE)) for each in effects]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        catalogue = Catalogue(write_six(Path(folder)))
        records = load_records(ROOT / "authorities").current
        measure(catalogue, records)


def measure(catalogue: Catalogue, records: Sequence[Record]) -> None:
    known = catalogue.all_facts
    base = catalogue.without_options("six")
    rounds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        options = options_of(catalogue, "six", records, as_of=DAY, elsewhere=known)
        worked_out = time.perf_counter()
        effects = Effects(options, DECISION)
        told = (effects.mains(), effects.only_where(), effects.dominated())
        rounds.append((worked_out - start, time.perf_counter() - worked_out))
    composed = [catalogue.load("six", each.choice) for each in options.combinations]
    start = time.perf_counter()
    apart = [by_itself(base, each, records, known) for each in composed]
    separate = time.perf_counter() - start
    assert at_once(options) == apart, "the two ways disagree"
    print_all(len(apart), rounds, separate, sum(map(len, told)))


def print_all(count: int, rounds: Sequence[tuple[float, float]], separate: float, told: int) -> None:
    combinations, effects = (statistics.median(each) for each in zip(*rounds, strict=True))
    print(f"{count} combinations over 153 authorities, equal both ways")
    print(f"{'all at once':44}{combinations:8.2f} s")
    print(f"{f'{told} statements about options':44}{effects:8.2f} s")
    print(f"{'each by itself, without those statements':44}{separate:8.2f} s   {separate / combinations:6.1f} times")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"at most {memory} MB; Python {sys.version.split()[0]}; medians of {ROUNDS}, each by itself once")


if __name__ == "__main__":
    main()
