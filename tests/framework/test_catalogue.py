"""The versions in a folder: which there are, which governs a day, and what keeps one from being loaded."""

import os
from datetime import date
from pathlib import Path

import pytest

from framework.small import CASES, DRAFT, FILES, FRAMEWORK, ONE, PATHWAY, VOCABULARY, catalogue, codes, problems_of, put
from greenpaper.framework.catalogue import Catalogue
from greenpaper.framework.selectors import NoSuchVersion
from greenpaper.source.diagnostics import PolicyError
from greenpaper.source.render import all_to_text

SHIPPED = Catalogue(Path(__file__).parents[2] / "policies")


class TestTheShippedCatalogue:
    def test_has_six_versions_and_two_sets_of_proposals_which_come_last(self):
        assert SHIPPED.versions == (
            "2018",
            "2018-09",
            "2022-care-leavers",
            "2023",
            "2024-04",
            "2025",
            "2026",
            "2027-draft",
        )
        assert tuple(SHIPPED.heads) == (
            "2018",
            "2018-09",
            "2023",
            "2024-04",
            "2025",
            "2026",
            "2022-care-leavers",
            "2027-draft",
        )
        assert SHIPPED.current() == ("2026", "2027-draft")

    @pytest.mark.parametrize(
        "starting, version",
        [
            (date(2017, 12, 31), None),
            (date(2018, 1, 31), "2018"),
            (date(2018, 8, 31), "2018"),
            (date(2018, 10, 1), "2018-09"),
            (date(2022, 12, 31), "2018-09"),
            (date(2023, 1, 31), "2023"),
            (date(2024, 3, 31), "2023"),
            (date(2024, 5, 1), "2024-04"),
            (date(2025, 4, 10), "2024-04"),
            (date(2025, 4, 11), "2025"),
            (date(2026, 3, 31), "2025"),
            (date(2026, 4, 1), "2026"),
            (date(2040, 1, 1), "2026"),
        ],
    )
    def test_the_first_day_of_an_inspection_decides_which_version_governs_it(self, starting, version):
        assert SHIPPED.in_force(starting) == version
        assert [each for each in SHIPPED.versions if SHIPPED.load(each).governs(starting)] == [version][: bool(version)]

    @pytest.mark.parametrize(
        "starting, said",
        [
            (date(2018, 9, 1), "`2018-09` came into force on a day in September 2018"),
            (date(2018, 9, 29), "`2018` was in force until a day in September 2018"),
            (date(2023, 1, 1), "`2023` came into force on a day in January 2023"),
            (date(2023, 1, 30), "`2023` came into force on a day in January 2023"),
            (date(2024, 4, 1), "`2024-04` came into force on a day in April 2024"),
            (date(2024, 4, 29), "`2023` was in force until a day in April 2024"),
        ],
    )
    def test_nothing_is_guessed_in_a_month_in_which_the_first_day_is_not_known(self, starting, said):
        with pytest.raises(NoSuchVersion, match=f"^{said} that is not known: name the version$"):
            SHIPPED.in_force(starting)

    @pytest.mark.parametrize("version", SHIPPED.versions)
    @pytest.mark.parametrize("gate", [True, False])
    def test_has_nothing_wrong_with_it(self, version, gate):
        framework, found = SHIPPED.check(version, gate=gate)
        assert all_to_text(found) == ""
        assert len(framework.cases) >= 12

    def test_knows_the_facts_of_every_version(self):
        assert {"overall", "leaders", "care_and_care_leavers"} <= SHIPPED.all_facts


class TestAsking:
    @pytest.mark.parametrize(
        "name, said",
        [("2O26", "did you mean `2026`?"), ("2027-daft", "did you mean `2027-draft`?"), ("x", "2025, 2026")],
    )
    def test_for_a_version_that_is_not_there_suggests_one(self, name, said):
        with pytest.raises(NoSuchVersion, match=f"no version is named `{name}`") as raised:
            SHIPPED.load(name)
        assert said in str(raised.value)

    @pytest.mark.parametrize("name", ["..", ".", "", "../policies/2026", "/etc"])
    def test_for_a_path_instead_of_a_version_finds_nothing(self, name):
        with pytest.raises(NoSuchVersion):
            SHIPPED.load(name)

    def test_an_empty_folder_says_that_there_are_no_versions(self, tmp_path):
        empty = Catalogue(tmp_path)
        assert empty.versions == ()
        assert empty.current() == ()
        assert empty.in_force(date(2026, 4, 1)) is None
        with pytest.raises(NoSuchVersion, match="there are none"):
            empty.load("2026")

    def test_a_folder_that_does_not_exist_is_as_empty(self, tmp_path):
        assert Catalogue(tmp_path / "nowhere").versions == ()

    def test_for_options_of_a_version_without_proposals_is_refused(self):
        with pytest.raises(NoSuchVersion, match="nothing to choose for `gap`: no proposals and no readings"):
            SHIPPED.load("2025", {"gap": "open"})

    @pytest.mark.parametrize(
        "options, said",
        [({"treshold": "two"}, "nothing that can be chosen is named `treshold`: did you mean `threshold`"),
         ({"gap": "monitorng"}, "`gap` has no option `monitorng`: did you mean `monitoring`")],
    )  # fmt: skip
    def test_for_an_option_that_is_not_there_suggests_one(self, options, said):
        with pytest.raises(NoSuchVersion, match=said):
            SHIPPED.load("2027-draft", options)

    def test_loading_raises_everything_that_is_wrong_at_once(self, tmp_path):
        files = FILES | {
            "one/decisions/pathway.yaml": put(PATHWAY, "then: light", "then: lihgt"),
            "one/constraints.yaml": "constraints: []\n",
            "one/vocabulary.yaml": put(VOCABULARY, "[help, care]", "[help, caer]"),
        }
        with pytest.raises(PolicyError) as raised:
            catalogue(tmp_path, files).load("one")
        assert {"unknown-outcome", "unknown-member"} <= {each.code for each in raised.value.diagnostics}


THREE = {
    "a/framework.yaml": put(FRAMEWORK, "from: 2026-04-01", "from: 2025-01-01"),
    "b/framework.yaml": put(FRAMEWORK, "from: 2026-04-01", "from: 2026-01-01, until: 2026-06-30"),
    "c/framework.yaml": put(FRAMEWORK, "applies_to: {inspections_starting: {from: 2026-04-01}}\n", ""),
}


class TestInForce:
    """Of several versions that say they govern a day, the one that began last does."""

    @pytest.mark.parametrize(
        "starting, version",
        [
            (date(2024, 12, 31), None),
            (date(2025, 12, 31), "a"),
            (date(2026, 1, 1), "b"),
            (date(2026, 6, 30), "b"),
            (date(2026, 7, 1), "a"),
        ],
    )
    def test_on_a_day(self, tmp_path, starting, version):
        assert catalogue(tmp_path, THREE).in_force(starting) == version

    @pytest.mark.parametrize(
        "days, starting, version",
        [
            ("from: 2026-01", date(2025, 12, 31), "a"),
            ("from: 2026-01", date(2026, 1, 1), "`b` came into force on a day in January 2026 that is not known"),
            ("from: 2026-01", date(2026, 1, 30), "`b` came into force on a day in January 2026 that is not known"),
            ("from: 2026-01", date(2026, 1, 31), "b"),
            ("from: 2026-01-01, until: 2026-06", date(2026, 5, 31), "b"),
            ("from: 2026-01-01, until: 2026-06", date(2026, 6, 1), "b"),
            ("from: 2026-01-01, until: 2026-06", date(2026, 6, 2), "`b` was in force until a day in June 2026"),
            ("from: 2026-01-01, until: 2026-06", date(2026, 7, 1), "a"),
            ("from: 2025-01", date(2025, 1, 2), "`b` came into force on a day in January 2025 that is not known"),
            ("from: 2025-01", date(2025, 6, 1), "`b` came into force on a day in January 2025 that is not known"),
            ("from: 2024-12", date(2025, 1, 1), "a"),
            ("from: 2024-12, until: 2025-03", date(2025, 3, 15), "a"),
        ],
    )
    def test_of_which_only_the_month_is_known(self, tmp_path, days, starting, version):
        files = THREE | {"b/framework.yaml": put(FRAMEWORK, "from: 2026-04-01", days)}
        small = catalogue(tmp_path, files)
        if len(version) == 1:
            assert small.in_force(starting) == version
        else:
            with pytest.raises(NoSuchVersion, match=version):
                small.in_force(starting)

    def test_a_version_without_a_first_day_governs_nothing_and_comes_last(self, tmp_path):
        assert catalogue(tmp_path, THREE).current() == ("a", "b", "c")

    def test_is_not_answered_while_a_version_cannot_be_read(self, tmp_path):
        files = THREE | {"d/framework.yaml": "framework: [\n"}
        with pytest.raises(PolicyError):
            catalogue(tmp_path, files).in_force(date(2026, 1, 1))


class TestFiles:
    @pytest.mark.parametrize(
        "name",
        ["vocabulry.yaml", "rules.yml", "decisions/pathway.yml", "decision/pathway.yaml", "decisions/old/pathway.yaml",
         "Framework.YAML", "cases.yaml"],
    )  # fmt: skip
    def test_one_that_no_kind_claims_is_a_problem(self, tmp_path, name):
        assert codes(problems_of(tmp_path, {f"one/{name}": "a: 1\n"})) == ["unknown-file"]

    @pytest.mark.parametrize("name", ["README.md", "notes.txt", "decisions/why.md"])
    def test_one_that_is_not_yaml_is_left_alone(self, tmp_path, name):
        assert problems_of(tmp_path, {f"one/{name}": "anything"}) == ()

    @pytest.mark.parametrize("name", ["vocabulary.yaml", "decisions/pathway.yaml", "cases/rules.yaml"])
    def test_one_that_links_to_outside_its_folder_is_refused(self, tmp_path, name):
        small = catalogue(tmp_path / "policies")
        path = tmp_path / "policies" / "one" / name
        elsewhere = tmp_path / "elsewhere.yaml"
        path.rename(elsewhere)
        path.symlink_to(elsewhere)
        assert codes(small.check("one")[1]) == ["outside-its-folder"]

    def test_a_folder_that_links_to_outside_is_refused_too(self, tmp_path):
        small = catalogue(tmp_path / "policies")
        decisions = tmp_path / "policies" / "one" / "decisions"
        decisions.rename(tmp_path / "elsewhere")
        decisions.symlink_to(tmp_path / "elsewhere")
        assert "outside-its-folder" in codes(small.check("one")[1])

    def test_a_link_inside_the_folder_may_stay(self, tmp_path):
        small = catalogue(tmp_path)
        path = tmp_path / "one" / "cases" / "rules.yaml"
        path.rename(tmp_path / "one" / "kept")
        path.symlink_to("../kept")
        assert small.check("one")[1] == ()

    def test_links_in_a_circle_are_a_problem(self, tmp_path):
        small = catalogue(tmp_path)
        (tmp_path / "one" / "decisions" / "loop.yaml").symlink_to("loop.yaml")
        assert codes(small.check("one")[1]) == ["unreadable-file"]

    def test_a_link_to_nowhere_is_a_problem(self, tmp_path):
        small = catalogue(tmp_path)
        (tmp_path / "one" / "decisions" / "gone.yaml").symlink_to("nowhere.yaml")
        assert codes(small.check("one")[1]) == ["unreadable-file"]

    def test_a_folder_with_the_name_of_a_file_is_a_problem(self, tmp_path):
        small = catalogue(tmp_path)
        (tmp_path / "one" / "decisions" / "folder.yaml").mkdir()
        assert codes(small.check("one")[1]) == ["unreadable-file"]

    def test_what_is_no_file_is_not_waited_for(self, tmp_path):
        small = catalogue(tmp_path)
        os.mkfifo(tmp_path / "one" / "decisions" / "pipe.yaml")
        assert codes(small.check("one")[1]) == ["unreadable-file"]

    def test_a_version_without_its_framework_file_is_no_version(self, tmp_path):
        files = {name: text for name, text in ONE.items() if not name.endswith("framework.yaml")}
        assert catalogue(tmp_path, files).versions == ()

    def test_each_is_read_once(self, tmp_path):
        small = catalogue(tmp_path)
        assert small.check("one")[1] == ()
        (tmp_path / "one" / "vocabulary.yaml").write_text("nonsense")
        assert small.check("one")[1] == ()

    def test_worked_cases_are_read_only_when_asked_for(self, tmp_path):
        small = catalogue(tmp_path, FILES | {"one/cases/rules.yaml": "cases: []\n"})
        assert small.load("one").cases == ()
        with pytest.raises(PolicyError):
            small.load("one", whole=True)


class TestVersions:
    def test_what_is_replaced_must_exist(self, tmp_path):
        (problem,) = problems_of(tmp_path, {"one/framework.yaml": FRAMEWORK + "replaces: twoo\n"})
        assert (problem.code, problem.help) == ("unknown-version", "did you mean `two`?")

    @pytest.mark.parametrize(
        "days, share",
        [
            ("from: 2026-03-01, until: 2026-04-01", True),
            ("from: 2026-03, until: 2026-04-01", True),
            ("from: 2026-03-01, until: 2026-04", True),
            ("from: 2026-03", True),
            ("from: 2026-03-01, until: 2026-03", False),
            ("from: 2026-03, until: 2026-03-31", False),
        ],
    )
    def test_two_may_not_surely_govern_the_same_days(self, tmp_path, days, share):
        files = {f"three/{name[4:]}": text for name, text in ONE.items()}
        head = put(put(FRAMEWORK, "version: one", "version: three"), "from: 2026-04-01", days)
        found = problems_of(tmp_path, files | {"three/framework.yaml": head})
        assert codes(found) == ["governs-the-same-days"] * share

    def test_the_base_of_a_draft_must_exist(self, tmp_path):
        (problem,) = problems_of(tmp_path, {"two/framework.yaml": put(DRAFT, "base: one", "base: onee")}, "two")
        assert (problem.code, problem.help) == ("unknown-version", "did you mean `one`?")

    def test_the_base_of_a_draft_must_be_whole(self, tmp_path):
        draft = put(put(DRAFT, "version: two", "version: three"), "base: one", "base: two")
        assert codes(problems_of(tmp_path, {"three/framework.yaml": draft}, "three")) == ["base-is-a-draft"]

    def test_proposals_need_a_base(self, tmp_path):
        assert codes(problems_of(tmp_path, {"two/framework.yaml": put(DRAFT, "base: one\n", "")}, "two")) == [
            "needs-a-base"
        ]

    def test_a_misspelt_key_in_a_draft_is_named_and_nothing_else(self, tmp_path):
        found = problems_of(tmp_path, {"two/framework.yaml": DRAFT + "titel: x\n"}, "two")
        assert codes(found) == ["unknown-key"]

    def test_what_is_wrong_in_the_base_is_wrong_in_the_draft(self, tmp_path):
        found = problems_of(tmp_path, {"one/vocabulary.yaml": "facts: {\n"}, "two")
        assert codes(found) == ["not-yaml"]
        assert found[0].span.source.name.endswith("one/vocabulary.yaml")

    def test_the_cases_of_the_base_are_not_those_of_the_draft(self, tmp_path):
        small = catalogue(tmp_path, FILES | {"two/cases/own.yaml": CASES.replace("light\n", "light again\n", 1)})
        assert [case.name for case in small.load("two", whole=True).cases] == ["all good leads to light again"]
