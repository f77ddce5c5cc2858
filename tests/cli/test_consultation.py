"""What is printed of a consultation, and what a table of responses becomes."""

import json

import pytest

from framework.small import FILES, catalogue, put
from framework.test_consultation import ANSWERED, ASKED, BOTH

TABLE = "channel,question,answer,count,share,document,confidence\n"
ROWS = "survey,,,100,,paper,stated\nsurvey,stricter,agree,,60%,paper,stated\n,stricter,disagree,7,12.5,idea,assumed\n"


@pytest.fixture
def policies(tmp_path):
    catalogue(tmp_path / "policies", FILES | {"two/consultation.yaml": ASKED})
    return tmp_path / "policies"


def table_in(folder, text):
    (folder / "responses.csv").write_text(text, "utf-8")
    return folder / "responses.csv"


class TestConsultation:
    def test_says_every_date_that_is_said_and_what_came_of_it(self, here):
        ran = here("consultation", "2022-care-leavers")
        assert ran.code == 0
        said = " ".join(ran.out.split())
        assert "20 June 2022 (press release of the opening; stated) or 22 June 2022 (report on the" in said
        assert "Open for 5 weeks and 2 days to 5 weeks and 4 days" in said
        assert "From close to outcome 18 weeks" in said
        assert "2018-09 with the proposals adopted gives the answers of 2023: no situation differs." in said
        assert "<U+" not in ran.out

    def test_what_is_not_known_is_said_to_be_not_known(self, here):
        said = here("consultation", "2027-draft").out
        assert "announced, and not known to have opened" in " ".join(said.split())
        assert said.count("not known\n") == 6
        assert "None is known." in said

    def test_what_is_illustrative_says_so_beside_every_title(self, here):
        data = json.loads(here("consultation", "2027-draft", "--format", "json").out)
        said = " ".join(here("consultation", "2027-draft").out.split())
        titles = [title for each in data["proposals"] for title in (each["title"], *each["options"].values())]
        assert len(titles) >= 4
        for title in titles:
            told = " ".join(title.split())
            assert f"{told} (illustrative)" in said or (told.endswith("(illustrative)") and told in said)

    def test_tells_how_the_resulting_version_differs(self, here, policies):
        (policies / "two/consultation.yaml").write_text(
            put(ASKED, "decision: dropped", "decision: adopted, option: stricter")
        )
        said = " ".join(here("consultation", "two", "--policies", policies).out.split())
        assert "one with the proposals adopted does not give the answers of one: pathway differs in " in said
        assert "Not kept: decisions/pathway/rules/heavy (when)." in said

    def test_changes_that_are_no_option_are_said_not_to_be_comparable(self, here, policies):
        (policies / "two/consultation.yaml").write_text(
            put(ASKED, "decision: dropped", "decision: adopted with changes")
        )
        said = " ".join(here("consultation", "two", "--policies", policies).out.split())
        assert "What was decided cannot be composed: of weight no one option was taken" in said

    def test_as_data(self, here, policies):
        (policies / "two/responses.yaml").write_text(ANSWERED)
        data = json.loads(here("consultation", "two", "--policies", policies, "--format", "json").out)
        assert [each["on"] for each in data["dates"]["opens"]] == ["2026-06-20", "2026-06-22"]
        assert data["days_open"] == {"least": 37, "most": 39}
        assert data["days_to_outcome"] is None
        assert data["responses"][2]["share"] == 40.5
        assert data["outcome"]["versions"][0]["no_behavioural_change"] is True

    @pytest.mark.parametrize("form", ["markdown", "html"])
    def test_in_other_forms(self, here, form):
        assert "22 June 2022" in here("consultation", "2022-care-leavers", "--format", form).out

    @pytest.mark.parametrize(
        "arguments, said",
        [
            (["2026"], "`2026` has no consultation"),
            (["2022-care-leavers", "--format", "csv"], "a consultation is no table"),
            (["2022-care-leavers+timing=not_yet"], "a consultation is about all options"),
            (["2019"], "no version is named `2019`"),
        ],
    )
    def test_what_cannot_be_shown_is_said_in_words(self, here, arguments, said):
        assert said in here.refused("consultation", *arguments)

    def test_problems_in_it_are_shown_with_their_places(self, here, policies):
        (policies / "two/consultation.yaml").write_text(put(ASKED, "proposals: [weight]", "proposals: [wait]"))
        assert "two/consultation.yaml:14:" in here.refused("consultation", "two", "--policies", policies)


class TestResponses:
    def test_are_written_and_checked_and_shown(self, here, policies, tmp_path):
        ran = here("responses", "two", table_in(tmp_path, TABLE + ROWS), "--policies", policies)
        assert ran.code == 0
        assert ran.out.startswith(
            "3 rows read\n  no channel named: 1\n  channel survey: 2\n  no question named: 1\n  question stricter: 2\n"
        )
        assert "Written to " in ran.out
        text = (policies / "two/responses.yaml").read_text()
        assert "    share: 12.5\n" in text
        assert here("check", "two", "--policies", policies, "--fail-on", "error").code == 0
        assert "60 %" in here("consultation", "two", "--policies", policies).out

    def test_twice_is_as_once(self, here, policies, tmp_path):
        table = table_in(tmp_path, TABLE + ROWS)
        here("responses", "two", table, "--policies", policies)
        text = (policies / "two/responses.yaml").read_bytes()
        ran = here("responses", "two", table, "--policies", policies)
        assert ran.code == 0
        assert "says so already; nothing was written" in ran.out
        assert (policies / "two/responses.yaml").read_bytes() == text

    def test_others_are_only_replaced_when_asked_to(self, here, policies, tmp_path):
        here("responses", "two", table_in(tmp_path, TABLE + ROWS), "--policies", policies)
        before = (policies / "two/responses.yaml").read_bytes()
        table = table_in(tmp_path, TABLE + "survey,,,99,,paper,stated\n")
        assert "add `--replace`" in here.refused("responses", "two", table, "--policies", policies)
        assert (policies / "two/responses.yaml").read_bytes() == before
        assert here("responses", "two", table, "--policies", policies, "--replace").code == 0
        assert "count: 99" in (policies / "two/responses.yaml").read_text()

    def test_what_is_there_need_not_be_right_to_be_replaced(self, here, policies, tmp_path):
        (policies / "two/responses.yaml").write_text("responses: [{channel: post}]\n")
        ran = here("responses", "two", table_in(tmp_path, TABLE + ROWS), "--policies", policies, "--replace")
        assert ran.code == 0

    def test_to_another_file(self, here, policies, tmp_path):
        table = table_in(tmp_path, TABLE + ROWS)
        ran = here("responses", "two", table, "--policies", policies, "--output", tmp_path / "other.yaml")
        assert ran.code == 0
        assert (tmp_path / "other.yaml").is_file()
        assert not (policies / "two/responses.yaml").exists()

    def test_every_problem_is_said_at_once_with_row_and_column_and_nothing_is_written(self, here, policies, tmp_path):
        rows = (
            "post,,,100,,paper,stated\nsurvey,stickter,agree,many,,paper,stated\nsurvey,stricter,agree,,most,,sure\n"
            "survey,,,-3,,lost,stated\nsurvey,,,4,,paper,stated\nsurvey,,,5,,paper,stated\n,,,,,paper,stated\n"
        )
        table = table_in(tmp_path, TABLE + rows)
        ran = here("responses", "two", table, "--policies", policies)
        assert (ran.code, ran.out) == (2, "")
        for code, place in (
            ("unknown-in-consultation", "2:1"),
            ("unknown-in-consultation", "3:8"),
            ("count-not-whole", "3:23"),
            ("not-per-cent", "4:24"),
            ("no-document", "4:29"),
            ("no-confidence", "4:30"),
            ("negative-count", "5:10"),
            ("unknown-source", "5:14"),
            ("same-response-twice", "7:1"),
            ("neither-count-nor-share", "8:1"),
        ):
            assert f"error[{code}]" in ran.err
            assert f"responses.csv:{place}\n" in ran.err, (code, place)
        assert not (policies / "two/responses.yaml").exists()

    @pytest.mark.parametrize(
        "text, code",
        [
            ("", "empty-file"),
            (TABLE, "no-rows"),
            (TABLE.replace("channel", "chanel"), "missing-column"),
            (TABLE.replace("confidence", "confidence,colour"), "column-of-no-use"),
            ("channel;question\n", "not-commas"),
        ],
    )
    def test_a_table_of_another_shape_is_refused(self, here, policies, tmp_path, text, code):
        assert f"error[{code}]" in here.refused("responses", "two", table_in(tmp_path, text), "--policies", policies)
        assert not (policies / "two/responses.yaml").exists()

    def test_a_file_that_is_not_there(self, here, policies, tmp_path):
        assert "unreadable-file" in here.refused("responses", "two", tmp_path / "no.csv", "--policies", policies)

    def test_to_what_is_only_announced_there_are_none(self, here, tmp_path):
        files = FILES | {"two/consultation.yaml": "title: T\npublisher: P\nstatus: announced\nconfidence: stated\n"}
        catalogue(tmp_path / "policies", files)
        table = table_in(tmp_path, TABLE + ",,,100,,paper,stated\n")
        assert "responses-too-early" in here.refused("responses", "two", table, "--policies", tmp_path / "policies")

    def test_a_version_without_a_consultation_takes_none(self, here, tmp_path):
        assert "`2026` has no consultation" in here.refused("responses", "2026", table_in(tmp_path, TABLE))


def test_responses_without_their_consultation_are_a_problem(here, tmp_path):
    catalogue(tmp_path, FILES | {"two/responses.yaml": BOTH["two/responses.yaml"]})
    assert "responses-without-consultation" in here("check", "two", "--policies", tmp_path).out
