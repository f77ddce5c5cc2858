"""Two inspection regimes that the engine was not made for: checked, tested, compared, and held against plain arithmetic."""

import csv
import json
import random
import re
import shutil
from collections import Counter
from fractions import Fraction
from io import StringIO
from itertools import product
from pathlib import Path

import pytest

from architecture.planted import ROOT, copy_of, plant, run_tool
from cli.running import Here
from greenpaper.evaluation.records import evaluate
from greenpaper.framework.catalogue import Catalogue
from greenpaper.situations.compiled import NOWHERE, compile_whole

HERE = Path(__file__).parent
POLICIES, RECORDS = HERE / "policies", HERE / "records"
AREAS, HERTFORDSHIRE = RECORDS / "send", RECORDS / "hertfordshire.csv"
CATALOGUE = Catalogue(POLICIES)
VERSIONS = ("send-2023", "cqc-earlier", "cqc-later")
SCORED = ("cqc-earlier", "cqc-later")
STATEMENTS = (
    "needs_assessed", "healthier_lives", "equity", "provision", "partnerships", "safe_systems", "safeguarding", "governance",
    "learning",
)  # fmt: skip
SCORES = (1, 2, 3, 4)
EVIDENCE = {1: (25, 38), 2: (39, 62), 3: (63, 87), 4: (88, 100)}
"""Score → the least and the most per cent that lead to it."""
CELLS = {1: 2, 2: 3, 3: 3, 4: 2}
"""Score → into how many cells the ends of the bands cut its percentages: 25 to 37 and 38, and so on."""


@pytest.fixture
def here(monkeypatch, capsys):
    return Here(monkeypatch, capsys)


@pytest.fixture
def say(here):
    """Runs a command with these policies; what it prints."""

    def run(*arguments: str | Path, code: int = 0) -> str:
        ran = here(*arguments, "--policies", POLICIES)
        assert (ran.code, ran.err) == (code, "")
        return ran.out

    return run


# The arithmetic, in plain Python


def rating_of(total: int, rounded=round) -> str:
    """The rating by the bands as they are published, of nine scores that add up to this."""
    per_cent = rounded(Fraction(100 * total, 4 * len(STATEMENTS)))
    bands = ((25, 38, "inadequate"), (39, 62, "requires_improvement"), (63, 87, "good"), (88, 100, "outstanding"))
    (rating,) = [name for least, most, name in bands if least <= per_cent <= most]
    return rating


def vectors(total: int, count: int, rng: random.Random) -> set[tuple[int, ...]]:
    """Some sets of nine scores that add up to this: the most even one, the most uneven one, and drawn ones."""
    low = [1] * len(STATEMENTS)
    even = [total // 9 + (place < total % 9) for place in range(9)]
    found = {tuple(even)}
    for order in (range(9), *(rng.sample(range(9), 9) for _ in range(count))):
        scores, left = list(low), total - 9
        for place in order:
            more = min(left, 3)
            scores[place] += more
            left -= more
        found.add(tuple(scores))
    assert all(sum(each) == total for each in found)
    return found


def given(scores, end: int | None = None) -> dict[str, int]:
    """A record with these scores, or with evidence at the lower or the upper end of what leads to them."""
    if end is None:
        return dict(zip(STATEMENTS, scores, strict=True))
    return {f"{name}_evidence": EVIDENCE[score][end] for name, score in zip(STATEMENTS, scores, strict=True)}


def test_the_oracle_puts_the_totals_into_the_bands_that_the_policy_files_name():
    found = {
        rating: [total for total in range(9, 37) if rating_of(total) == rating]
        for rating in map(rating_of, range(9, 37))
    }
    assert {rating: (totals[0], totals[-1]) for rating, totals in found.items()} == {
        "inadequate": (9, 13), "requires_improvement": (14, 22), "good": (23, 31), "outstanding": (32, 36)
    }  # fmt: skip
    assert [total for total in range(9, 37) if rating_of(total, rounded=int) != rating_of(total)] == [14]


# check, test, invariants


@pytest.mark.parametrize("version", VERSIONS)
def test_check_has_nothing_to_say_that_is_not_explained(say, version):
    (found,) = json.loads(say("check", version, "--format", "json"))
    assert found["version"] == version
    assert {each["severity"] for each in found["findings"]} <= {"note"}
    assert all(each["proved"] is each["expected"] for each in found["invariants"])
    assert all(each["without_rule"] == each["left_open"] for each in found["decisions"].values())


@pytest.mark.parametrize("version", VERSIONS)
def test_every_case_passes(say, version):
    said = say("test", version).splitlines()[0]
    passed, cases = re.match(rf"{version}: (\d+) of (\d+) cases passed", said).groups()
    assert int(passed) == int(cases) >= 4


@pytest.mark.parametrize("version", VERSIONS)
def test_every_rule_of_the_preferred_reading_decides_a_case(version):
    framework = CATALOGUE.load(version, whole=True)
    decided = {
        (expected.decision, expected.rule)
        for case in framework.cases
        for expected in case.expectations
        if expected.rule
    }
    assert decided == {(name, rule.id) for name, decision in framework.decisions.items() for rule in decision.rules}


@pytest.mark.exhaustive
def test_the_two_versions_of_the_assessment_are_proved_to_rate_the_same_scores_alike(say):
    assert "between versions: 0 errors, 0 warnings, 0 notes" in say("check", *SCORED)


def test_a_band_that_begins_one_too_late_leaves_a_total_without_a_rating(here, tmp_path):
    folder = shutil.copytree(POLICIES, tmp_path / "policies")
    file = folder / "cqc-later/decisions/rating.yaml"
    text = file.read_text("utf-8")
    assert "between 23 and 31" in text
    file.write_text(text.replace("between 23 and 31", "between 24 and 31"), "utf-8")
    ran = here("check", "cqc-later", "--policies", folder)
    total = sum(1 for scores in product(SCORES, repeat=9) if sum(scores) == 23)
    assert f"  without a rule {total}, declared left open 0\n" in ran.out
    assert here("test", "cqc-later", "--policies", folder).code == 1


# The rating, by brute force


@pytest.fixture(scope="module")
def expected():
    """Rating → how many of the 4^9 sets of scores have it, and how many of the cells of evidence that lead to them."""
    sets, cells = Counter(), Counter()
    ratings = {total: rating_of(total) for total in range(9, 37)}
    for scores in product(SCORES, repeat=9):
        sets[ratings[sum(scores)]] += 1
    weights = Counter({0: 1})
    for _ in STATEMENTS:
        weights = sum((Counter({t + s: n * CELLS[s] for t, n in weights.items()}) for s in SCORES), Counter())
    for total, number in weights.items():
        cells[ratings[total]] += number
    return {"cqc-later": sets, "cqc-earlier": cells}


@pytest.mark.parametrize("version", SCORED)
def test_as_many_situations_have_each_rating_as_plain_counting_says(expected, version):
    whole = compile_whole(CATALOGUE.load(version))
    found = Counter()
    for answer, number in whole.forest.counts(
        whole.decisions["rating"].within, range(len(whole.space.arities))
    ).items():
        if answer != NOWHERE:
            found[answer.outcomes] += number
    assert found == {(rating,): number for rating, number in expected[version].items()}
    assert found.total() == (4 if version == "cqc-later" else 10) ** 9


@pytest.mark.parametrize("total", range(9, 37))
@pytest.mark.parametrize(
    "version, end", [("cqc-later", None), ("cqc-earlier", None), ("cqc-earlier", 0), ("cqc-earlier", 1)]
)
def test_every_total_has_its_rating(version, end, total):
    framework = CATALOGUE.load(version)
    for scores in vectors(total, 3, random.Random(total)):
        assert evaluate(framework, given(scores, end)).decisions["rating"].outcome.id == rating_of(total)


@pytest.mark.parametrize("total", range(9, 37))
def test_with_what_is_behind_the_point_dropped_every_total_has_its_rating(total):
    framework = CATALOGUE.load("cqc-later", {"rounding": "down"})
    for scores in vectors(total, 1, random.Random(total)):
        assert evaluate(framework, given(scores)).decisions["rating"].outcome.id == rating_of(total, rounded=int)


@pytest.mark.parametrize("known", range(9))
def test_what_is_possible_with_scores_unknown_is_what_some_completion_gives(known):
    framework, rng = CATALOGUE.load("cqc-later"), random.Random(known)
    for _ in range(5):
        scores = [rng.choice(SCORES) for _ in range(known)]
        possible = evaluate(framework, dict(zip(STATEMENTS, scores, strict=False))).decisions["rating"].possible
        totals = range(sum(scores) + (9 - known), sum(scores) + 4 * (9 - known) + 1)
        assert {each.outcomes for each in possible} == {(rating_of(total),) for total in totals}


@pytest.mark.exhaustive
def test_every_set_of_scores_has_the_rating_of_its_total():
    framework = CATALOGUE.load("cqc-later")
    ratings = {total: rating_of(total) for total in range(9, 37)}
    for scores in product(SCORES, repeat=9):
        assert evaluate(framework, given(scores)).decisions["rating"].outcome.id == ratings[sum(scores)], scores


@pytest.mark.parametrize("version", SCORED)
def test_the_published_example(say, version):
    rows = csv.DictReader(
        StringIO(say("evaluate", "--version", version, "--records", HERTFORDSHIRE, "--format", "csv"))
    )
    assert [(each["authority"], each["outcome"], each["rules"]) for each in rows] == [
        ("Hertfordshire", "good", "band-63")
    ]


# The difference between the two versions


@pytest.mark.exhaustive
def test_the_difference_of_the_versions_is_how_a_statement_gets_its_score(say):
    told = json.loads(say("diff", *SCORED, "--records", HERTFORDSHIRE, "--format", "json"))
    addresses = {
        kind: {each["address"] for each in told["words"]["changes"] if each["kind"] == kind}
        for kind in ("added", "removed")
    }
    constraints = {f"constraints/{name.replace('_', '-')}-by-evidence" for name in STATEMENTS}
    assert addresses == {
        "added": set(),
        "removed": {f"vocabulary/facts/{name}_evidence" for name in STATEMENTS} | constraints,
    }
    assert not [each for each in told["words"]["changes"] if each["address"].startswith("decisions")]
    rating = told["decisions"]["rating"]
    assert (rating["changed"], rating["possibly_changed"]) == (0, 0)
    assert rating["admitted"] == {"of": 40**9, "before": 10**9, "after": 40**9}
    assert told["authorities"]["rating"]["current"]["one_answer_under_both"] == 1


@pytest.mark.slow
def test_the_difference_in_words(say):
    said = " ".join(say("diff", *SCORED, "--records", HERTFORDSHIRE).split())
    assert "The answer is the same in all of 1,000,000,000 situations over" in said
    assert "nobody moves for certain, nobody may move" in said


def test_how_to_round_matters_for_one_total(say):
    told = json.loads(say("diff", "cqc-later", "cqc-later+rounding=down", "--only", "behaviour", "--format", "json"))
    changing = sum(1 for scores in product(SCORES, repeat=9) if sum(scores) == 14)
    assert (told["decisions"]["rating"]["changed"], told["decisions"]["rating"]["situations"]) == (changing, 4**9)
    said = say("diff", "cqc-later", "cqc-later+rounding=down", "--only", "behaviour")
    assert "- total of quality statements is 14." in " ".join(said.split())


# Records of areas


def test_the_areas_have_what_their_outcome_leads_to(say):
    rows = csv.DictReader(StringIO(say("evaluate", "--version", "send-2023", "--records", AREAS, "--format", "csv")))
    found = {(each["authority"], each["decision"]): each["outcome"] or each["possible"] for each in rows}
    assert found == {
        ("First Area", "next_inspection"): "five_years",
        ("First Area", "plan"): "updated",
        ("First Area", "monitored"): "no rule",
        ("Second Area", "next_inspection"): "three_years",
        ("Second Area", "plan"): "updated_and_published",
        ("Second Area", "monitored"): "no rule",
        ("Third Area", "next_inspection"): "three_years",
        ("Third Area", "plan"): "priority_action",
        ("Third Area", "monitored"): "eighteen_months",
        ("Fourth Area", "next_inspection"): "five_years; three_years",
        ("Fourth Area", "plan"): "updated; updated_and_published; priority_action",
        ("Fourth Area", "monitored"): "eighteen_months; no rule",
    }


def test_the_numbers_of_years_and_months_are_attributes():
    decisions = CATALOGUE.load("send-2023").decisions
    found = {outcome.id: dict(outcome.attributes) for each in decisions.values() for outcome in each.outcomes.values()}
    assert found == {
        "five_years": {"within_years": 5, "precision": "about"},
        "three_years": {"within_years": 3, "precision": "about"},
        "eighteen_months": {"within_months": 18, "precision": "about"},
        "updated": {}, "updated_and_published": {}, "priority_action": {},
    }  # fmt: skip


def test_a_day_finds_the_version_that_governs_it(say):
    said = say("evaluate", "First Area", "--version", "asof:2024-03-04", "--records", AREAS, "--format", "csv")
    assert {each["version"] for each in csv.DictReader(StringIO(said))} == {"send-2023"}


DRAFT = {
    "framework.yaml": """\
framework: area_send
version: send-draft
title: Monitoring after inconsistent experiences (illustrative)
status: draft
base: send-2023
sources: {made-up: {title: Made up for a test, publisher: Nobody}}
""",
    "proposals/monitoring.yaml": """\
proposal: monitoring
title: Who has a monitoring inspection (illustrative)
confidence: illustrative
preferred: wider
options:
  wider:
    title: Areas with inconsistent experiences too (illustrative)
    edits:
      - set: decisions/monitored/rules/monitoring-of-failings/when
        to: arrangements is at most inconsistent
      - remove: decisions/monitored/left_open
      - add_to: decisions/monitored
        entry:
          left_open:
            - when: arrangements is typically_positive
              note: Made up for a test.
              confidence: illustrative
""",
}


@pytest.fixture
def drafted(here, tmp_path):
    """Runs a command with these policies and an illustrative draft on one of them."""
    folder = shutil.copytree(POLICIES, tmp_path / "policies")
    for name, text in DRAFT.items():
        file = folder / "send-draft" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    def run(*arguments: str) -> dict:
        ran = here(*arguments, "--policies", folder, "--records", AREAS, "--format", "json")
        assert (ran.code, ran.err) == (0, "")
        return json.loads(ran.out)

    return run


def test_a_draft_moves_the_area_that_it_is_about(drafted):
    told = drafted("diff", "send-2023", "send-draft")
    assert {name: each["changed"] for name, each in told["decisions"].items()} == {
        "monitored": 1, "next_inspection": 0, "plan": 0
    }  # fmt: skip
    current = told["authorities"]["monitored"]["current"]
    assert (current["records"], current["certain"], current["possible"]) == (4, 1, 1)
    moved = {each["authority"]: each["movement"] for each in current["movers"]}
    assert moved == {"Second Area": "moves", "Fourth Area": "may move"}


def test_versions_compared_over_the_areas(drafted):
    told = drafted("compare", "send-2023", "send-draft")
    assert told["versions"][1]["illustrative"] is True


# The engine


def test_the_engine_has_no_word_of_these_policies():
    ran = run_tool(ROOT, "tools/policy_words.py", "tests/foreign/policies")
    assert (ran.returncode, ran.stdout) == (0, "no policy word in the engine\n")


def test_a_word_of_these_policies_in_the_engine_is_found(tmp_path):
    copy = copy_of(tmp_path, "engine", "tools", "tests/foreign/policies")
    words = (
        "arrangements",
        "systemic_failings",
        "quality_statements",
        "safeguarding",
        "rating",
        "band-63",
        "eighteen_months",
    )
    plant(copy / "engine/greenpaper/report/words.py", f"SPECIAL = {words}")
    ran = run_tool(copy, "tools/policy_words.py", "tests/foreign/policies")
    assert ran.returncode == 1
    assert all(f"`{word}` is a word of the policies" in ran.stdout for word in words)
