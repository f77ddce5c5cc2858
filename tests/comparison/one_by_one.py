"""What is worked out of all combinations at once, held against each combination compared with the base by itself."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date

from greenpaper.comparison.compare import Row, answer_pairs, compare
from greenpaper.comparison.difference import difference
from greenpaper.comparison.options import Combination, Effect, Options
from greenpaper.comparison.together import together
from greenpaper.framework.catalogue import Catalogue
from greenpaper.framework.checked import Framework


def equals_separate_runs(
    options: Options,
    catalogue: Catalogue,
    *,
    combinations: Sequence[Combination] | None = None,
    as_of: date | None = None,
    elsewhere: Collection[str] = (),
) -> Counter[str]:
    """Each combination by itself says the same; how often what was seen is returned."""
    seen: Counter[str] = Counter()
    for each in options.combinations if combinations is None else combinations:
        composed = catalogue.load(options.version, each.choice)
        seen += one_equals(options, each, composed, as_of, elsewhere)
    return seen


def one_equals(
    options: Options, combination: Combination, composed: Framework, as_of: date | None, elsewhere: Collection[str]
) -> Counter[str]:
    base, seen = options.base, Counter({"combinations": 1})
    apart = difference(base, composed)
    compared = compare([base, composed], options.records, as_of=as_of, elsewhere=elsewhere)
    shared = [name for name in base.decisions if name in composed.decisions]
    assert list(combination.effects) == shared, combination.choice
    for name in shared:
        effect = combination.effects[name]
        assert effect.not_comparable == apart.not_comparable.get(name, ""), (combination.choice, name)
        if effect.not_comparable:
            seen["not comparable"] += 1
            continue
        counts = apart.decisions[name].counts()
        assert effect.counts == counts, (combination.choice, name, effect.counts, counts)
        assert effect.situations == sum(counts.values())
        seen["changed"] += any(each.movement != each.movement.NONE for each in counts)
        _same_records(base, composed, name, effect, compared.rows, seen)
        (moves,) = next(each.moves for each in compared.decisions if each.id == name)
        for how, movers in (("moves", moves.certain()), ("may move", moves.possible())):
            numbers = tuple(options.records.index(move.row.record) for move in movers)
            assert effect.movers(movers[0].movement) == numbers if movers else True, (combination.choice, name)
            seen[how] += len(numbers)
        moved = {number for how in moves_of(effect) for number in how}
        assert len(moved) == len(moves.moves), (combination.choice, name)
    return seen


def moves_of(effect: Effect) -> tuple[tuple[int, ...], ...]:
    from greenpaper.comparison.compare import Movement

    return tuple(effect.movers(how) for how in (Movement.CERTAIN, Movement.POSSIBLE))


def _same_records(
    base: Framework, composed: Framework, name: str, effect: Effect, rows: Sequence[Row], seen: Counter[str]
) -> None:
    """Every record has the same possible pairs, and so the same possible answers."""
    both, answers = together(base, composed), effect.answers()
    pairs = {number: each for each, kind in zip(effect.pairs, effect.kinds, strict=True) for number in kind}
    for number, row in enumerate(rows):
        before, after = row.evaluations
        expected = {tuple(each.behaviour for each in pair) for pair in answer_pairs(both, name, before, after)}
        assert {tuple(each.behaviour for each in pair) for pair in pairs[number]} == expected, (name, number)
        possible = {each.behaviour for each in after.decisions[name].possible}
        assert {each.behaviour for each in answers[number]} <= possible, (name, number)
        seen["several answers"] += len(possible) > 1
        seen["inadmissible"] += str(after.decisions[name].status) == "inadmissible"
