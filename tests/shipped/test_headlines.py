"""What the shipped policies say of the shipped records: the figures that people will quote."""

import csv
import json
import re
from datetime import date
from io import StringIO

import pytest

from cli.running import Here
from greenpaper.cli.selecting import named_apart, selectors_of
from greenpaper.comparison.compare import compare
from greenpaper.evaluation.records import evaluate
from greenpaper.framework.checked import Confidence, Status
from greenpaper.records.tables import load_records
from greenpaper.source.shipped import shipped

OPTIONS = ("2027-draft+gap=monitoring", "2027-draft+threshold=any")
VERSIONS = ("2025", "2026", "2027-draft", *OPTIONS)
ILLUSTRATIVE = VERSIONS[2:]
FORMATS = ("text", "markdown", "html", "csv", "json")


@pytest.fixture
def here(monkeypatch, capsys):
    return Here(monkeypatch, capsys)


@pytest.fixture(scope="module")
def frameworks():
    selectors = selectors_of(VERSIONS, None)
    return dict(zip(named_apart(selectors), (each.load() for each in selectors), strict=True))


@pytest.fixture(scope="module")
def records():
    return load_records(shipped("authorities"))


@pytest.fixture(scope="module")
def comparison(frameworks, records):
    return compare(list(frameworks.values()), records.current, as_of=records.taken)


def test_there_are_153_authorities_and_the_records_are_of_20_august_2026(records):
    assert len(records.current) == len({each.authority.code for each in records.current}) == 153
    assert records.taken == date(2026, 8, 20)


def totals(comparison, version):
    """Outcome or status → authorities."""
    number = [each.version for each in comparison.frameworks].index(version)
    (pathway,) = comparison.decisions
    return {
        str(total.label) if isinstance(total.label, Status) else total.label[0].id: total.counts[number]
        for total in pathway.totals
    }


@pytest.mark.parametrize(
    "version, light, intensive, monitoring",
    [
        ("2025", 114, 26, 12),
        ("2026", 115, 25, 12),
        ("2027-draft", 115, 25, 12),
        (OPTIONS[0], 115, 25, 12),
        (OPTIONS[1], 86, 54, 12),
    ],
)
def test_the_pathways_of_the_authorities(comparison, version, light, intensive, monitoring):
    assert totals(comparison, version) == {
        "light": light, "intensive": intensive, "monitoring": monitoring, "undetermined": 1
    }  # fmt: skip


@pytest.mark.parametrize(
    "version, authority, possible",
    [("2025", "Liverpool", ["light", "intensive"]), ("2026", "Dudley", ["intensive", "monitoring"])],
)
def test_one_authority_is_undetermined_between_two_pathways(comparison, version, authority, possible):
    number = [each.version for each in comparison.frameworks].index(version)
    verdicts = {row.record.authority.name: row.evaluations[number].decisions["pathway"] for row in comparison.rows}
    undetermined = {name: each for name, each in verdicts.items() if each.status is Status.UNDETERMINED}
    assert list(undetermined) == [authority]
    assert [each.outcomes for each in undetermined[authority].possible] == [(each,) for each in possible]


@pytest.mark.parametrize("after", ["2026", "2027-draft"])
def test_nobody_moves_for_certain_from_2025_and_two_may(frameworks, records, after):
    compared = compare([frameworks["2025"], frameworks[after]], records.current, as_of=records.taken)
    (moves,) = compared.decisions[0].moves
    assert moves.certain() == ()
    assert sorted(each.row.record.authority.name for each in moves.possible()) == ["Dudley", "Liverpool"]
    assert not moves.not_comparable


@pytest.mark.parametrize("version", VERSIONS)
def test_no_version_moves_anybody_against_itself(frameworks, records, version):
    again = selectors_of([version], None)[0].load()
    for other in (frameworks[version], again):
        (moves,) = compare([frameworks[version], other], records.inspections, as_of=records.taken).decisions[0].moves
        assert moves.moves == ()
        assert not moves.not_comparable


@pytest.mark.parametrize("version", VERSIONS)
def test_every_version_adds_up_to_all_authorities(comparison, version):
    assert sum(totals(comparison, version).values()) == 153


def test_any_of_the_versions_can_come_first(frameworks, records):
    """A move from one version to another is a move back."""
    found = {}
    for first in frameworks.values():
        (pathway,) = compare([first, *frameworks.values()], records.current, as_of=records.taken).decisions
        for moves in pathway.moves:
            found[moves.before.version, moves.after.version] = (len(moves.certain()), len(moves.possible()))
    assert len(found) == len(VERSIONS) ** 2
    for (before, after), counts in found.items():
        assert found[after, before] == counts
        assert before != after or counts == (0, 0)


def test_where_an_overall_grade_was_given_2025_and_2026_lead_to_the_same_pathway(frameworks, records):
    """Inspections since 2023 in which every grade of both versions is known."""
    facts = {*frameworks["2025"].vocabulary.facts, *frameworks["2026"].vocabulary.facts} - {"care_and_care_leavers"}
    assert "overall" in facts
    pathways = []
    for record in records.inspections:
        known = set(evaluate(frameworks["2025"], record).facts.known)
        if record.inspection.latest_day >= date(2023, 1, 1) and facts <= known:
            pathways.append(
                [
                    evaluate(frameworks[version], record, elsewhere=facts | {"care_and_care_leavers"})
                    .decisions["pathway"]
                    .outcome
                    for version in ("2025", "2026")
                ]
            )
    assert len(pathways) == 145
    assert all(before is not None and after is not None and before.id == after.id for before, after in pathways)


# check and test


@pytest.mark.parametrize("version", VERSIONS)
def test_check_of_every_version_finds_no_error_and_no_warning(here, version):
    ran = here("check", version)
    assert (ran.code, ran.err) == (0, "")
    assert re.search(rf"^{re.escape(version)}: 0 errors, 0 warnings, \d notes?$", ran.out, re.MULTILINE)


@pytest.mark.parametrize("version", ["2025", "2026", "2027-draft"])
def test_every_case_of_a_version_holds_and_there_are_many(here, version):
    ran = here("test", version, "--format", "json")
    (found,) = json.loads(ran.out).values()
    cases = found["cases"]
    assert ran.code == 0
    assert len(cases) >= 25
    assert all(each["passed"] for each in cases)


def test_check_of_2026_counts_the_gap_and_the_overlaps(here):
    shown = here("check", "2026").out
    for said in (
        "46 of 256 sets of grades meet both `monitoring` and `intensive`",
        "24 of 256 sets of grades meet both `monitoring` and `light`",
        "20 of 256 sets of grades have no rule, exactly those under `left_open`",
        "pathway: 256 sets of grades over leaders, help_and_protection, in_care, care_leavers",
        "  without a rule 20, declared left open 20\n  both monitoring and intensive 46\n  both monitoring and light 24\n",
    ):
        assert said in shown
    (found,) = json.loads(here("check", "2026", "--format", "json").out)
    assert found["decisions"]["pathway"] == {
        "facts": ["leaders", "help_and_protection", "in_care", "care_leavers"],
        "situations": 256,
        "without_rule": 20,
        "left_open": 20,
        "overlaps": [
            {"rules": ["monitoring", "intensive"], "situations": 46, "agree": False},
            {"rules": ["monitoring", "light"], "situations": 24, "agree": False},
        ],
    }


@pytest.mark.parametrize("option", OPTIONS)
def test_the_illustrative_options_leave_nothing_open(here, option):
    (found,) = json.loads(here("check", option, "--format", "json").out)
    assert found["version"] == option
    pathway = found["decisions"]["pathway"]
    assert (pathway["situations"], pathway["without_rule"], pathway["left_open"]) == (256, 0, 0)


# What is shown


def squeezed(text):
    """Text without markup of its format and without the places where lines are broken."""
    plain = re.sub(r"<[^>]*>", " ", text).replace("&#39;", "'").replace("\\", "")
    return re.sub(r"\s+", " ", plain)


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
@pytest.mark.parametrize("version", VERSIONS)
def test_every_rule_is_shown_with_its_words_and_its_source(here, frameworks, form, version):
    shown = squeezed(here("explain", "Leeds", "--version", version, "--format", form).out)
    rules = frameworks[version].decisions["pathway"].rules
    assert len(rules) == 3 + (version == OPTIONS[0])
    for rule in rules:
        assert rule.id in shown
        assert str(rule.confidence) in shown
        source = rule.citation.document
        if form == "json":
            assert rule.when.words in shown
            assert source.id in shown
        else:
            assert rule.when.words.replace("_", " ") in shown
            assert source.title in shown
            assert source.publisher in shown
        assert rule.citation.says in shown


def test_csv_names_the_rules_that_decided(here):
    rows = list(csv.DictReader(StringIO(here("explain", "Leeds", "--format", "csv").out)))
    assert [each["rules"] for each in rows] == ["light"]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("version", ILLUSTRATIVE)
@pytest.mark.parametrize(
    "command",
    [["explain", "Slough", "--version"], ["evaluate", "--region", "South East", "--version"], ["compare", "2026"]],
    ids=lambda command: command[0],
)
def test_nothing_illustrative_is_shown_without_the_word(here, form, version, command):
    """Every line of a table, every column head and every page that shows the draft says that it is illustrative."""
    shown = here(*command, version, "--format", form).out
    assert "illustrative" in shown
    if form == "csv":
        rows = [each for each in csv.DictReader(StringIO(shown)) if each["version"] != "2026"]
        assert rows
        assert {each["version"] for each in rows} == {f"{version} (illustrative)"}
    elif form == "json":
        found = json.loads(shown)
        versions = [found["version"]] if command[0] == "explain" else (
            [each["version"] for each in found] if command[0] == "evaluate" else found["versions"]
        )  # fmt: skip
        assert {each["version"]: each["illustrative"] for each in versions if each["version"] != "2026"} == {
            version: True
        }
    else:
        plain = squeezed(shown)
        named = [plain[found.end() : found.end() + 90] for found in re.finditer(re.escape(version), plain)]
        assert named
        # A cell that is broken in two has words of other columns in between.
        assert [after for after in named if "(illustrative)" not in after] == []


def test_nothing_of_2025_and_2026_is_called_illustrative(here):
    for form in FORMATS:
        shown = here("compare", "2025", "2026", "--format", form).out
        assert "(illustrative)" not in shown
        assert '"illustrative": true' not in shown


def test_no_rule_of_2025_and_2026_is_illustrative_and_every_option_names_its_own(frameworks):
    to_choose = {"2025": 0, "2026": 2} | dict.fromkeys(ILLUSTRATIVE, 4)
    for version, framework in frameworks.items():
        confidences = [rule.confidence for rule in framework.decisions["pathway"].rules]
        assert (Confidence.ILLUSTRATIVE in confidences) is (version in OPTIONS)
        assert len(framework.choices) == to_choose[version]
        for choice in framework.choices:
            assert (choice.confidence is Confidence.ILLUSTRATIVE) is (version in ILLUSTRATIVE)
