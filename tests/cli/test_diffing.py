"""`greenpaper diff`: every option, every form, and versions that do not fit together."""

import json
import re

import pytest

from cli.running import run
from comparison.small import FACTS, OUTCOMES, SCALE, constraint, decision, rule, write_version

FORMS = ("text", "markdown", "html", "json")
GOOD, BAD = rule("good", "heads is fine", "letter"), rule("bad", "heads is at most fair", "visit")
MILD = rule("bad", "heads is poor", "visit")
MAPS = "maps_from: {quality: {poor: [bad], fair: [ok, nice], fine: [great]}}, "
FOUR = FACTS.replace(
    "quality: {worst_to_best: [poor, fair, fine]", f"four: {{{MAPS}worst_to_best: [bad, ok, nice, great]"
)
FOUR = FOUR.replace("scale: quality", "scale: four")
OF_FOUR = decision(rule("good", "heads is at least nice", "letter"), rule("bad", "heads is at most ok", "visit"))


@pytest.fixture
def policies(tmp_path):
    """A version, and one in which fair heads have no rule."""
    folder = tmp_path / "policies"
    write_version(folder, "one", decision(GOOD, BAD))
    write_version(folder, "two", decision(GOOD, MILD))
    return folder


@pytest.fixture
def records(tmp_path):
    file = tmp_path / "records.csv"
    file.write_text(
        "authority,published,heads\nDudley,2026-05-01,fine\nLeeds,2026-06-01,fair\nYork,2026-05-30,\n", "utf-8"
    )
    return file


@pytest.fixture
def diff(here, policies, records):
    """Runs `diff` with these policies and records."""
    return lambda *arguments: here("diff", *arguments, "--policies", policies, "--records", records)


def told(ran):
    assert ran.err == ""
    return json.loads(ran.out)


def behaviour(diff, *arguments):
    return told(diff("one", "two", "--only", "behaviour", "--format", "json", *arguments))


# Forms and parts


def test_the_shipped_versions():
    ran = run("diff", "2025", "2026")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("From 2025 to 2026\n\nWhat the versions say\n")
    assert "\nWhat the versions do\n" in ran.out
    assert (
        "85 of 328 situations over overall, leaders, help and protection, in care and care leavers change." in ran.out
    )
    assert "\nWhom it concerns\n" in ran.out


@pytest.mark.parametrize("form", FORMS)
def test_every_form_has_every_part(diff, form):
    ran = diff("one", "two", "--format", form)
    assert (ran.code, ran.err) == (0, "")
    words = {
        "json": ("words", "decisions", "authorities"),
        "text": ("What the versions say", "What the versions do", "Leeds"),
    }
    assert all(each in ran.out for each in words.get(form, words["text"]))


@pytest.mark.parametrize(("part", "keys"), [("words", {"words"}), ("behaviour", {"no_behavioural_change", "decisions"}), ("authorities", {"authorities"})])  # fmt: skip
def test_only_one_part(diff, part, keys):
    found = told(diff("one", "two", "--only", part, "--format", "json"))
    assert found.keys() == {"from", "to"} | keys
    shown = diff("one", "two", "--only", part).out
    headings = {
        "words": "What the versions say",
        "behaviour": "What the versions do",
        "authorities": "Whom it concerns",
    }
    assert [name for name, heading in headings.items() if heading in shown] == [part]


def test_two_parts(diff):
    found = told(diff("one", "two", "--only", "words", "--only", "authorities", "--format", "json"))
    assert found.keys() == {"from", "to", "words", "authorities"}


@pytest.mark.parametrize(("suffix", "start"), [("html", "<!doctype html>"), ("md", "# From one to two"), ("json", "{"), ("txt", "From one to two")])  # fmt: skip
def test_the_report_is_what_its_name_asks_for(diff, tmp_path, suffix, start):
    file = tmp_path / f"difference.{suffix}"
    ran = diff("one", "two", "--report", file)
    assert (ran.code, ran.err) == (0, f"Written to {file}.\n")
    assert ran.out.startswith("From one to two")
    assert file.read_text("utf-8").startswith(start)


def test_a_difference_is_no_table(here, policies, tmp_path):
    for arguments in (("--format", "csv"), ("--report", tmp_path / "difference.csv")):
        said = here.refused("diff", "one", "two", "--policies", policies, *arguments)
        assert "a difference is no table: ask for text, markdown, html or json" in said
    assert not (tmp_path / "difference.csv").exists()


def test_a_report_of_a_name_that_says_no_form_is_refused_before_anything_is_printed(here, policies, tmp_path):
    said = here.refused("diff", "one", "two", "--policies", policies, "--report", tmp_path / "difference.pdf")
    assert "the name must end in" in said


# As data


def test_transitions_have_their_counts_regions_and_witnesses(diff):
    found = behaviour(diff)["decisions"]["follow_up"]
    assert (found["facts"], found["situations"], found["changed"], found["possibly_changed"]) == (["heads"], 3, 1, 0)
    (gone,) = (each for each in found["transitions"] if each["movement"] == "moves")
    assert (gone["from"], gone["to"]) == ("visit", None)
    assert (gone["situations"], gone["witness"], gone["beyond_regions"]) == (1, {"heads": "fair"}, 0)
    assert [each["where"] for each in gone["regions"]] == ["heads is fair"]
    assert gone["because"]["parts"] == [{"situations": 1, "smallest_sets": [["rule bad, changed"]]}]


@pytest.mark.parametrize("pair", [("2025", "2026"), ("2026", "2027-draft"), ("2025", "2027-draft+threshold=any")])
def test_the_counts_add_up(here, pair):
    found = told(here("diff", *pair, "--only", "behaviour", "--format", "json"))
    for each in found["decisions"].values():
        assert sum(transition["situations"] for transition in each["transitions"]) == each["situations"]
        moving = [every for every in each["transitions"] if every["movement"] == "moves"]
        assert sum(transition["situations"] for transition in moving) == each["changed"]
        for transition in moving:
            further = sum(region["further"] for region in transition["regions"])
            assert further + transition["beyond_regions"] == transition["situations"]
            assert sum(part["situations"] for part in transition["because"]["parts"]) == transition["situations"]
    assert found["no_behavioural_change"] is not any(each["changed"] for each in found["decisions"].values())


# Nothing changes


def test_a_version_and_itself(diff):
    ran = diff("one", "one", "--exit-code")
    assert ran.code == 0
    assert "No behavioural change. Proved for every situation of every decision." in ran.out


def test_a_version_written_anew_says_the_same(here, policies, records):
    other = (
        "# the same\nquestion: 'What follows?'\nresolve: \"first\"\ndecision: follow_up\n"
        "outcomes: {visit: {title: 'A visit'}, call: {title: A call}, letter: {title: A letter}}\nrules:\n"
        "  - {then: letter, id: good, modality: usually, confidence: stated, when: 'not heads is not  fine',\n"
        "     source: {says: as it was said, document: paper}}\n"
        "  - {then: visit, id: bad, modality: usually, confidence: stated, when: 'heads is one of fair, poor',\n"
        "     source: {says: as it was said, document: paper}}\n"
    )
    write_version(policies, "again", other)
    ran = here("diff", "one", "again", "--policies", policies, "--records", records, "--exit-code")
    assert ran.code == 0
    assert "No behavioural change. Proved for every situation of every decision." in ran.out


def test_the_exit_code_says_whether_behaviour_changes_when_that_is_asked(diff):
    assert diff("one", "two").code == 0
    assert diff("one", "two", "--exit-code").code == 1
    assert diff("one", "one", "--exit-code").code == 0
    assert diff("one", "two", "--only", "words", "--exit-code").code == 1


# Intent


def test_all_change_inside_the_intent(diff):
    ran = diff("one", "two", "--intent", "heads is fair")
    assert ran.code == 0
    assert "All change of answers lies inside the intent “heads is fair”: proved." in ran.out
    assert behaviour(diff, "--intent", "heads is fair")["decisions"]["follow_up"]["outside_intent"] == []
    assert behaviour(diff)["decisions"]["follow_up"]["outside_intent"] is None


def test_change_outside_the_intent_is_shown_and_ends_with_1(diff):
    ran = diff("one", "two", "--intent", "heads is poor")
    assert ran.code == 1
    assert "Outside the intent “heads is poor” 1 situation changes:" in ran.out
    assert "heads is fair. For example: heads fair." in ran.out


def test_change_outside_an_intent_of_another_fact(diff):
    ran = diff("one", "two", "--intent", "hands is fine", "--only", "behaviour")
    assert ran.code == 1
    assert "Outside the intent “hands is fine” 2 situations change:" in ran.out


def test_an_intent_that_cannot_be_read_is_shown_with_its_mistake(here, policies):
    said = here.refused("diff", "one", "two", "--policies", policies, "--intent", "heads is at leest fair")
    assert "^" in said
    assert "heads is at leest fair" in said


def test_an_intent_with_an_unknown_name(here, policies):
    said = here.refused("diff", "one", "two", "--policies", policies, "--intent", "haeds is fair")
    assert "no fact is named `haeds`" in said
    assert "did you mean `heads`?" in said


def test_an_intent_on_a_fact_that_the_versions_judge_differently(here, tmp_path):
    write_version(tmp_path, "one", decision(GOOD))
    write_version(
        tmp_path,
        "two",
        decision(rule("h", "hands is poor", "call")),
        vocabulary=FACTS.replace(", fine]", ", fine, superb]"),
    )
    said = here.refused("diff", "one", "two", "--policies", tmp_path, "--intent", "hands is poor")
    assert "`--intent` cannot speak of hands: the two versions judge it differently" in said


def test_where_not_everything_can_be_compared_the_intent_is_not_proved(here, tmp_path):
    write_version(tmp_path, "one", decision(GOOD))
    write_version(tmp_path, "two", decision(GOOD), decision(GOOD, name="another"))
    ran = here("diff", "one", "two", "--policies", tmp_path, "--only", "behaviour", "--intent", "heads is fine")
    assert ran.code == 1
    assert "another: not comparable" in ran.out


# Versions


@pytest.mark.parametrize("named", [("one",), ("one", "two", "one")])
def test_a_difference_is_between_two_versions(here, policies, named):
    said = here.refused("diff", *named, "--policies", policies)
    assert "a difference is between two versions: name the earlier and the later one" in said


def test_without_versions_it_is_said_what_is_missing(here):
    assert "Missing argument 'versions'" in here("diff").err


def test_an_unknown_version(here, policies):
    assert "two" in here.refused("diff", "one", "tow", "--policies", policies)


def test_a_version_with_a_mistake_is_never_without_differences(here, policies):
    write_version(policies, "wrong", decision(rule("good", "head is fine", "letter")))
    for pair in (("one", "wrong"), ("wrong", "one"), ("wrong", "wrong")):
        for form in FORMS:
            ran = here("diff", *pair, "--policies", policies, "--format", form)
            assert (ran.code, ran.out) == (2, "")
            assert "error[unknown-fact]" in ran.err


# Decisions and scales that do not fit


def test_decisions_of_one_version_alone(here, tmp_path):
    write_version(tmp_path, "one", decision(GOOD), decision(GOOD, name="gone"))
    write_version(tmp_path, "two", decision(GOOD), decision(GOOD, name="come"))
    ran = here("diff", "one", "two", "--policies", tmp_path, "--only", "behaviour", "--exit-code")
    assert ran.code == 1
    assert "No behavioural change. Proved" not in ran.out
    assert (
        "gone: not comparable, because two has no decision `gone`; one with the same id would be compared." in ran.out
    )
    assert (
        "come: not comparable, because one has no decision `come`; one with the same id would be compared." in ran.out
    )


def test_unlike_scales_without_a_mapping_are_not_comparable_and_it_is_said_what_would_help(here, tmp_path, records):
    write_version(tmp_path, "one", decision(GOOD))
    write_version(tmp_path, "two", decision(GOOD), vocabulary=FACTS.replace(", fine]", ", fine, superb]"))
    ran = here("diff", "one", "two", "--policies", tmp_path, "--records", records, "--exit-code")
    assert ran.code == 1
    assert "No behavioural change" not in ran.out
    assert "not comparable, because the two versions judge heads differently, and no mapping is given" in ran.out
    assert "`maps_from` on the scale of either version would make them comparable" in " ".join(ran.out.split())
    found = told(here("diff", "one", "two", "--policies", tmp_path, "--records", records, "--format", "json"))
    assert found["decisions"]["follow_up"].keys() == {"not_comparable"}
    assert found["no_behavioural_change"] is False


def test_a_grade_that_maps_to_several_may_change(here, tmp_path, records):
    write_version(tmp_path, "one", decision(GOOD, BAD))
    write_version(tmp_path, "two", OF_FOUR, vocabulary=FOUR)
    ran = here("diff", "one", "two", "--policies", tmp_path, "--records", records)
    assert ran.code == 0
    assert "0 of 3 situations over heads change for certain, 1 may change" in ran.out
    assert "From “A visit” to “A visit; or a letter”: 1 situation (may change)" in ran.out
    found = told(here("diff", "one", "two", "--policies", tmp_path, "--records", records, "--format", "json"))
    (perhaps,) = (each for each in found["decisions"]["follow_up"]["transitions"] if each["movement"] == "may move")
    assert (perhaps["to"], len(perhaps["possible"]), perhaps["situations"]) == (None, 2, 1)


@pytest.mark.parametrize("form", FORMS)
def test_versions_without_a_situation_in_common(here, tmp_path, form):
    write_version(tmp_path, "one", decision(GOOD), constraints=constraint("K", "heads is fine"))
    write_version(tmp_path, "two", decision(GOOD), constraints=constraint("K", "heads is poor"))
    ran = here("diff", "one", "two", "--policies", tmp_path, "--only", "behaviour", "--exit-code", "--format", form)
    assert ran.code == 1
    assert "No behavioural change" not in ran.out
    if form == "json":
        found = json.loads(ran.out)
        assert (found["no_behavioural_change"], found["decisions"]["follow_up"]["situations"]) == (False, 0)
    else:
        assert "Nothing can be compared: no situation suits the constraints of both." in ran.out


def test_versions_without_decisions(here, tmp_path, records):
    write_version(tmp_path, "one")
    write_version(tmp_path, "two")
    ran = here("diff", "one", "two", "--policies", tmp_path, "--records", records, "--only", "behaviour")
    assert ran.code == 0
    assert "Neither version decides anything." in ran.out
    assert "No behavioural change" not in ran.out


def test_cells_that_cannot_be_read_may_change(here, policies, tmp_path):
    file = tmp_path / "others.csv"
    file.write_text("authority,published,heads\nDudley,2026-05-01,FINE!\nLeeds,2026-06-01,fair\n", "utf-8")
    ran = here("diff", "one", "two", "--policies", policies, "--records", file, "--only", "authorities")
    assert ran.code == 0
    assert "Not known: heads (unreadable in the source)" in ran.out
    assert "1 has one answer under both versions. 1 changes for certain:" in " ".join(ran.out.split())


# Hostile and large


HOSTILE = "<script>alert(1)</script> & \\u2014 |*_`</td>"


def test_texts_are_shown_and_never_obeyed(here, tmp_path, records):
    question = f'"{HOSTILE}?"'
    hostile = OUTCOMES.replace("A call", f'"{HOSTILE}"')
    for version, outcome in (("one", "visit"), ("two", "call")):
        text = decision(rule("good", "heads is fine", outcome), question=question).replace(OUTCOMES, hostile)
        write_version(tmp_path, version, text, title=f'"{HOSTILE}"')
    for form in FORMS:
        ran = here("diff", "one", "two", "--policies", tmp_path, "--records", records, "--format", form)
        assert ran.code == 0
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", ran.out)
        assert form != "html" or "<script>alert" not in ran.out


def many(size):
    facts = "".join(
        f"  f{number}: {{type: grade, scale: quality, title: F, confidence: stated}}\n" for number in range(size)
    )
    members = ", ".join(f"f{number}" for number in range(size))
    return f"{SCALE}facts:\n{facts}groups:\n  everyone: {{title: everyone, members: [{members}]}}\n"


def test_counts_of_thirty_digits_are_exact(here, tmp_path):
    """All of 63 facts are fine in one of 3**63 situations, and not all of them in the others."""
    for version, outcome in (("one", "letter"), ("two", "call")):
        rules = rule("a", "all of everyone are fine", outcome)
        write_version(tmp_path, version, decision(rules), vocabulary=many(63))
    ran = here("diff", "one", "two", "--policies", tmp_path, "--only", "behaviour")
    assert f"1 of {3**63:,} situations over 63 facts changes." in " ".join(ran.out.split())
    assert f"{3**63 - 1:,}" in ran.out
    assert "> 99.9 %" in ran.out
    assert "< 0.1 %" in ran.out
    found = told(here("diff", "one", "two", "--policies", tmp_path, "--only", "behaviour", "--format", "json"))
    assert found["decisions"]["follow_up"]["situations"] == 3**63


def test_a_number_with_many_constants_is_told_in_reasonable_time(here, tmp_path):
    facts = "facts:\n  count: {type: whole number, range: [0, 900], title: Count, confidence: stated}\n"
    for version, step in (("one", 0), ("two", 1)):
        rules = (rule(f"r{number}", f"count is {4 * number + step}", "letter") for number in range(60))
        write_version(tmp_path, version, decision(*rules), vocabulary=facts)
    ran = here("diff", "one", "two", "--policies", tmp_path, "--only", "behaviour")
    assert "120 of 180 situations over count change." in ran.out


# explain


def test_explain_refuses_to_fix_what_is_no_fact(here, policies, records):
    said = here.refused(
        "explain", "Leeds", "--version", "one", "--fix", "haeds", "--policies", policies, "--records", records
    )
    assert "`--fix haeds`: one has no such fact: did you mean `heads`?" in said


def test_explain_with_a_fact_fixed_says_that_nothing_else_changes_the_answer(here, policies, records):
    asked = ("explain", "Leeds", "--version", "one", "--policies", policies, "--records", records)
    assert "The nearest changes:" in here(*asked).out
    assert "Nothing changes it with heads as it is." in here(*asked, "--fix", "heads").out


@pytest.mark.parametrize("form", FORMS)
def test_explain_against_another_version_says_whether_it_moves_and_why(here, policies, records, form):
    ran = here(
        "explain",
        "Leeds",
        "--version",
        "two",
        "--against",
        "one",
        "--policies",
        policies,
        "--records",
        records,
        "--format",
        form,
    )
    assert (ran.code, ran.err) == (0, "")
    if form == "json":
        assert json.loads(ran.out)["against"]["follow_up"] == {
            "from": "one",
            "to": "two",
            "movement": "moves",
            "not_comparable": None,
        }
    else:
        assert "From one to two it moves. Because of rule bad, changed." in ran.out


def test_explain_against_a_version_that_is_not_there_or_has_a_mistake(here, policies, records):
    write_version(policies, "wrong", decision(rule("good", "head is fine", "letter")))
    for other, said in (("three", "three"), ("wrong", "error[unknown-fact]")):
        asked = (
            "explain",
            "Leeds",
            "--version",
            "one",
            "--against",
            other,
            "--policies",
            policies,
            "--records",
            records,
        )
        assert said in here.refused(*asked)


def test_the_version_that_begins_first_stands_first_in_a_contrast(here):
    """Whichever of the two is explained."""
    for own, other in (("2025", "2026"), ("2026", "2025")):
        ran = here("explain", "Somerset", "--version", own, "--against", other)
        assert "From 2025 to 2026 it does not move." in ran.out


def test_a_contrast_with_grades_that_cannot_occur_names_the_constraints(here):
    ran = here("explain", "Leeds", "--version", "2026", "--set", "leaders=inadequate", "--against", "2025")
    assert "These constraints of the version do not hold of the record:" in ran.out
    assert "OE-2" in ran.out


def test_a_value_of_a_fact_that_no_version_asked_has_is_refused(here):
    assert "2026 has no such fact" in here.refused("explain", "Leeds", "--version", "2026", "--set", "overall=good")
    ran = here("explain", "Leeds", "--version", "2026", "--set", "overall=good", "--against", "2025")
    assert ran.code == 0
    said = here.refused("explain", "Leeds", "--version", "2026", "--set", "overall=splendid", "--against", "2025")
    assert "`overall` `splendid`" in said


@pytest.mark.parametrize("option", ["--intent", "--where"])
def test_an_option_that_says_nothing_is_not_taken_for_none(here, option):
    command = ("diff", "2025", "2026") if option == "--intent" else ("compare", "2025", "2026")
    assert "it is empty" in here.refused(*command, option, " ")
