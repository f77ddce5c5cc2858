"""All combinations of options at once, against each compared with the base by itself."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agreement.strategies import Draw
from comparison.choosing import a_draft, some_records, write
from comparison.one_by_one import equals_separate_runs
from comparison.six import write_six
from framework.small import FILES, catalogue, put
from greenpaper.comparison import options as all_options
from greenpaper.comparison.compare import Movement
from greenpaper.comparison.options import Options, TooMany, options_of
from greenpaper.framework.catalogue import Catalogue
from greenpaper.records.record import Authority, Record
from greenpaper.records.tables import load_records
from greenpaper.source.diagnostics import PolicyError
from greenpaper.source.shipped import shipped

SEEN = ("changed", "moves", "may move", "several answers", "inadmissible", "not comparable")
DAY = date(2026, 8, 20)


def shipped_records() -> tuple[Record, ...]:
    return load_records(shipped("authorities")).current


# The shipped versions


@pytest.mark.parametrize(("version", "count"), [("2027-draft", 9), ("2026", 4)])
def test_every_shipped_combination_is_as_if_compared_by_itself(version, count):
    catalogue = Catalogue(shipped("policies"))
    known = catalogue.all_facts
    found = options_of(catalogue, version, shipped_records(), as_of=DAY, elsewhere=known)
    assert len(found.combinations) == count
    assert equals_separate_runs(found, catalogue, as_of=DAY, elsewhere=known)["changed"] >= 2


def six(folder: Path) -> tuple[Options, Catalogue]:
    catalogue = Catalogue(write_six(folder))
    return options_of(catalogue, "six", shipped_records(), as_of=DAY, elsewhere=catalogue.all_facts), catalogue


@pytest.mark.exhaustive
def test_forty_of_729_combinations_are_as_if_compared_by_themselves(tmp_path):
    found, catalogue = six(tmp_path / "policies")
    assert len(found.combinations) == 729
    forty = Random(1).sample(found.combinations, 40)
    seen = equals_separate_runs(found, catalogue, combinations=forty, as_of=DAY, elsewhere=catalogue.all_facts)
    assert seen["combinations"] == 40
    assert seen["changed"] > 30
    assert seen["moves"] > 1000


@pytest.mark.exhaustive
def test_all_729_combinations_are_as_if_compared_by_themselves(tmp_path):
    found, catalogue = six(tmp_path / "policies")
    seen = equals_separate_runs(found, catalogue, as_of=DAY, elsewhere=catalogue.all_facts)
    assert seen["combinations"] == 729


# Random drafts


def check_draft(draw: Draw, folder: Path) -> Counter[str]:
    """One random draft; what cannot be composed must be refused as a whole."""
    files, records = a_draft(draw), some_records(draw, 5)
    drafted = write(folder, files)
    try:
        for choice in drafted.combinations("two"):
            drafted.load("two", choice)
    except PolicyError:
        return Counter({"refused": 1})
    found = options_of(drafted, "two", records, elsewhere=drafted.all_facts)
    return equals_separate_runs(found, drafted, elsewhere=drafted.all_facts)


def in_drafts(seeds: range, tmp_path: Path, check: Callable[[Draw, Path], Counter[str]]) -> Counter[str]:
    seen: Counter[str] = Counter()
    for seed in seeds:
        try:
            seen += check(Random(seed).randint, tmp_path / str(seed))
        except BaseException as fault:
            fault.add_note(f"seed {seed}: {tmp_path / str(seed)}")
            raise
    return seen


@pytest.mark.parametrize(
    "seeds",
    [
        range(12),
        pytest.param(range(600), marks=pytest.mark.exhaustive),
    ],
)
def test_the_combinations_of_random_drafts_are_as_if_compared_by_themselves(tmp_path, seeds):
    seen = in_drafts(seeds, tmp_path, check_draft)
    assert seen["combinations"] > 2 * len(seeds)
    assert all(seen[each] for each in SEEN if len(seeds) > 30), seen


@settings(max_examples=8)
@given(st.data())
def test_small_random_drafts_are_as_if_compared_by_themselves(tmp_path_factory, data):
    check_draft(lambda least, most: data.draw(st.integers(least, most)), tmp_path_factory.mktemp("drawn"))


# What random drafts have shown


def drafted(folder: Path, *proposals: str, **changes: str) -> Catalogue:
    """The small catalogue with these proposals in its draft, and other files changed."""
    files = {name: text for name, text in FILES.items() if "proposals/" not in name}
    files |= {f"two/proposals/{number}.yaml": text for number, text in enumerate(proposals)}
    return catalogue(folder, files | {name.replace("__", "/") + ".yaml": text for name, text in changes.items()})


def proposal(name: str, *options: str, preferred: str = "as_is") -> str:
    """Options are the edits of each, in braces, or keys and edits."""
    written = "".join(f"  o{number}: {{title: Another, {each}}}\n" for number, each in enumerate(options))
    head = f"proposal: {name}\ntitle: A proposal\nconfidence: stated\npreferred: {preferred}\n"
    return f"{head}options:\n  as_is: {{title: As it is}}\n{written}"


RULES = "decisions/pathway/rules"
REST = "modality: will, confidence: stated, source: {document: paper}"


def rule(name: str, when: str, then: str) -> str:
    return f"{{id: {name}, when: {when}, then: {then}, {REST}}}"


def worked_out(drafted: Catalogue, *cells: dict[str, str | int]) -> Options:
    records = [Record(Authority(f"E{number}", f"A{number}"), each) for number, each in enumerate(cells)]
    found = options_of(drafted, "two", records)
    equals_separate_runs(found, drafted)
    return found


def test_situations_are_counted_in_the_cells_of_one_combination(tmp_path):
    late = proposal(
        "late",
        f"edits: [{{add_to: {RULES}, entry: {rule('late', 'months is at least 6', 'heavy')}}}]",
        f"edits: [{{add_to: {RULES}, entry: {rule('late', 'months is at least 12', 'heavy')}}}]",
    )
    found = worked_out(drafted(tmp_path, late))
    assert [each.effects["pathway"].situations for each in found.combinations] == [112, 336, 336]


def test_a_decision_that_an_option_replaces_has_the_rules_of_the_option(tmp_path):
    whole = put(FILES["one/decisions/pathway.yaml"], "when: any", "when: all")
    text = "".join(f"          {line}\n" for line in whole.splitlines())
    replaced = (
        "proposal: p\ntitle: A proposal\nconfidence: stated\npreferred: as_is\noptions:\n  as_is: {title: As it is}\n"
        f"  o0:\n    title: Another\n    edits:\n      - replace: decisions/pathway\n        with:\n{text}"
    )
    found = worked_out(drafted(tmp_path, replaced), {"leaders": "good", "help": "inadequate", "care": "good"})
    assert [each.effects["pathway"].movers(Movement.CERTAIN) for each in found.combinations] == [(), (0,)]


def test_a_decision_that_an_option_adds_leaves_the_others_edited(tmp_path):
    other = put(FILES["one/decisions/pathway.yaml"], "decision: pathway", "decision: other")
    text = "".join(f"            {line}\n" for line in other.splitlines())
    added = (
        "proposal: p\ntitle: A proposal\nconfidence: stated\npreferred: as_is\noptions:\n  as_is: {title: As it is}\n"
        f"  o0:\n    title: Another\n    edits:\n      - set: {RULES}/heavy/when\n        to: leaders is weak\n"
        f"      - add_to: decisions\n        entry:\n          other:\n{text}"
    )
    found = worked_out(drafted(tmp_path, added))
    assert found.combinations[1].effects["pathway"].moving(Movement.CERTAIN)


def test_the_same_edit_of_two_options_is_made_once(tmp_path):
    added = f"edits: [{{add_to: {RULES}, entry: {rule('late', 'leaders is weak', 'light')}}}]"
    only_one = FILES["one/decisions/pathway.yaml"].replace("resolve: first", "resolve: only one")
    twice = drafted(tmp_path, proposal("p", added), proposal("q", added), one__decisions__pathway=only_one)
    found = worked_out(twice, {"leaders": "weak", "help": "good", "care": "good"})
    assert [len(each.effects["pathway"].movers(Movement.CERTAIN)) for each in found.combinations] == [0, 1, 1, 1]


def test_options_that_cannot_be_made_together_are_refused(tmp_path):
    texts = [f"edits: [{{set: {RULES}/heavy/when, to: {when}}}]" for when in ("leaders is weak", "help is weak")]
    two = drafted(tmp_path, proposal("p", texts[0]), proposal("q", texts[1]))
    with pytest.raises(PolicyError) as raised:
        options_of(two, "two")
    assert {each.code for each in raised.value.diagnostics} == {"edited-twice"}


def test_an_option_that_leaves_no_rules_is_refused(tmp_path):
    none = proposal("p", f"edits: [{{remove: {RULES}/heavy}}, {{remove: {RULES}/light}}]")
    with pytest.raises(PolicyError):
        options_of(drafted(tmp_path, none), "two")


def test_too_many_combinations_are_refused_before_any_is_worked_out(tmp_path, monkeypatch):
    monkeypatch.setattr(all_options, "MOST_COMBINATIONS", 8)
    found = Catalogue(write_six(tmp_path / "policies"))
    with pytest.raises(TooMany, match="more than 8 combinations"):
        options_of(found, "six")
    rest = {"monitoring": "one", "intensive": "as_is", "light": "as_is", "best": "other"}
    with pytest.raises(TooMany):
        options_of(found, "six", asked=rest)
    left = options_of(found, "six", asked=rest | {"rest": "one"})
    assert [each.choice["limits"] for each in left.combinations] == ["as_is", "one", "other"]
    assert equals_separate_runs(left, found)["combinations"] == 3


def test_an_edit_of_a_text_that_no_combination_has_is_no_fault(tmp_path):
    """One option drops what another removes, and they exclude each other."""
    noted = put(FILES["one/decisions/pathway.yaml"], "then: heavy\n", "then: heavy\n    note: As it is.\n")
    replaced = proposal("p", f"edits: [{{replace: {RULES}/heavy, with: {rule('heavy', 'leaders is weak', 'heavy')}}}]")
    removed = proposal("q", f"excludes: {{p: o0}}, edits: [{{remove: {RULES}/heavy/note}}]")
    assert len(worked_out(drafted(tmp_path, replaced, removed, one__decisions__pathway=noted)).combinations) == 3


def test_a_version_with_nothing_to_choose_has_one_combination(tmp_path):
    found = options_of(drafted(tmp_path), "one")
    assert [each.choice for each in found.combinations] == [{}]
