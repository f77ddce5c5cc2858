"""What `check` prints of invariants: of a version, and between versions."""

import json

import pytest

from comparison.small import decision, rule, write_version

RULES = decision(rule("calls", "heads is fine", "call"), more="outcomes_ordered: best to worst\n")
ANSWERED = (
    "invariants:\n  - id: answered\n    title: There is an answer\n    decision: follow_up\n    always_answered: true\n"
    "    confidence: assumed\n"
)
SAME = (
    "invariants:\n  - id: same\n    title: Nothing changes\n    versions: {first: one, second: two}\n"
    "    decision: follow_up\n    second_is: same\n    confidence: assumed\n"
)


@pytest.fixture
def policies(tmp_path):
    folder = tmp_path / "policies"
    write_version(folder, "one", RULES)
    write_version(folder, "two", RULES.replace("is fine", "is at least fair"))
    return folder


def test_the_shipped_versions_say_how_many_are_proved(here):
    ran = here("check", "2025", "2026")
    assert ran.code == 0
    assert ran.out.count("\ninvariants: ") == 3
    assert "invariants: 4 of 5 proved, 1 refuted as expected\n\n2025: " in ran.out
    assert "invariants: 6 of 9 proved, 3 refuted as expected\n\n2026: " in ran.out
    assert "\n\ninvariants: 2 of 4 proved, 2 refuted as expected\n\nbetween versions: 0 errors" in ran.out


def test_without_versions_everything_between_versions_is_checked(here):
    assert "\ninvariants: 5 of 7 proved, 2 refuted as expected\n\nbetween versions: " in here("check").out
    assert "between versions" not in here("check", "2026").out


def test_a_refuted_invariant_is_an_error(here, policies):
    (policies / "one/invariants.yaml").write_text(ANSWERED, "utf-8")
    ran = here("check", "one", "--policies", policies, "--fail-on", "error")
    assert ran.code == 1
    assert "error[invariant-refuted]: this fails in 2 of 3 sets of grades\n" in ran.out
    assert "\n\ninvariants: 0 of 1 proved\n\none: 1 error, " in ran.out


def test_versions_without_invariants_say_nothing_of_them(here, policies):
    assert "invariants" not in here("check", "one", "two", "--policies", policies).out


def test_a_difference_between_versions_that_is_not_expected_is_an_error(here, policies):
    (policies / "invariants.yaml").write_text(SAME, "utf-8")
    assert "between versions:" not in here("check", "one", "--policies", policies).out
    for named in (("one", "two"), ()):
        ran = here("check", *named, "--policies", policies, "--fail-on", "error")
        assert ran.code == 1
        assert "note: for example: heads fair: no rule in one, `call` in two\n" in ran.out
        assert ran.out.endswith("invariants: 0 of 1 proved\n\nbetween versions: 1 error, 0 warnings, 0 notes\n")


def test_the_path_of_a_version_finds_the_file_beside_it(here, policies):
    (policies / "invariants.yaml").write_text(SAME, "utf-8")
    assert "between versions: 1 error" in here("check", policies / "one", policies / "two").out


def test_a_mistake_in_the_file_between_versions_is_shown(here, policies):
    (policies / "invariants.yaml").write_text(SAME.replace("second_is", "second_was"), "utf-8")
    ran = here("check", "one", "--policies", policies)
    assert ran.code == 1
    assert "error[unknown-key]: " in ran.out


def test_json_has_every_invariant(here, policies):
    (policies / "one/invariants.yaml").write_text(ANSWERED, "utf-8")
    (policies / "invariants.yaml").write_text(SAME, "utf-8")
    one, two, between = json.loads(here("check", "--policies", policies, "--format", "json").out)
    assert one["invariants"] == [{"id": "answered", "proved": False, "expected": True, "situations": 3, "against": 2}]
    assert two["invariants"] == []
    assert (between["version"], between["decisions"]) == (None, None)
    assert between["invariants"] == [{"id": "same", "proved": False, "expected": True, "situations": 3, "against": 1}]
    assert [each["code"] for each in between["findings"]] == ["invariant-refuted"]
