"""A consultation in its files: dates that conflict, what is asked, answered and decided, and what cannot be."""

from datetime import date
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework.small import FILES, catalogue, codes, problems_of, put
from greenpaper.comparison.outcome import option_of, outcome_against
from greenpaper.framework.catalogue import Catalogue
from greenpaper.framework.checked import Citation, Confidence, Document
from greenpaper.framework.consultation import (
    ALLOWED_STEPS,
    DateSaid,
    Milestone,
    Response,
    Stage,
    days_between,
    first_out_of_order,
    may_follow,
)
from greenpaper.framework.reading import Reading
from greenpaper.framework.responses import PARTS, read_responses
from greenpaper.framework.written_consultation import ResponsesFile
from greenpaper.framework.written_out import responses_text
from greenpaper.source.located import read_located
from greenpaper.source.shapes import read_shape

SHIPPED = Catalogue(Path(__file__).parents[2] / "policies")
ASKED = """\
title: What should weigh more?
publisher: Somebody
status: outcome
confidence: stated
dates:
  opens:
    - {on: 2026-06-20, source: {document: paper}, confidence: stated}
    - {on: 2026-06-22, source: {document: idea}, confidence: stated}
  closes:
    - {on: 2026-07-29, source: {document: paper}, confidence: stated}
channels:
  survey: {title: A survey}
questions:
  - {id: stricter, title: Should it be stricter?, asks: agreement, proposals: [weight], confidence: stated}
  - {id: thoughts, title: What else?, asks: text, confidence: stated}
decisions:
  - {proposal: weight, decision: dropped, resulting_version: one, confidence: stated, source: {document: idea}}
"""
ANSWERED = """\
responses:
  - {channel: survey, count: 100, confidence: stated, source: {document: paper}}
  - {channel: survey, question: stricter, answer: agree, share: 60, confidence: stated, source: {document: paper}}
  - {channel: survey, question: stricter, answer: disagree, share: 40.5, confidence: stated, source: {document: paper}}
  - {channel: survey, question: thoughts, answer: too long, count: 90, confidence: derived, source: {document: paper}}
  - {channel: survey, question: thoughts, answer: too short, count: 80, confidence: derived, source: {document: paper}}
"""
BOTH = {"two/consultation.yaml": ASKED, "two/responses.yaml": ANSWERED}


def consulted(folder, **changes):
    files = FILES | BOTH | {f"two/{name}.yaml": text for name, text in changes.items()}
    return catalogue(folder, files).consultation("two")


def found_codes(folder, **changes):
    consultation, found = consulted(folder, **changes)
    assert (consultation is None) is bool(found)
    return codes(found)


class TestWhatIsRead:
    def test_all_of_it_and_every_conflicting_date(self, tmp_path):
        consultation, found = consulted(tmp_path)
        assert found == ()
        assert consultation.stage is Stage.OUTCOME
        opens = consultation.dates[Milestone.OPENS]
        assert [(each.on, each.citation.document.id) for each in opens] == [
            ("2026-06-20", "paper"),
            ("2026-06-22", "idea"),
        ]
        assert consultation.dates[Milestone.OUTCOME] == ()
        assert [each.count for each in consultation.responses] == [100, None, None, 90, 80]
        assert str(consultation.responses[2].share) == "40.5"
        assert consultation.proposals["weight"].unchanging == ("unchanged",)

    def test_a_version_without_one_has_none_and_no_problem(self, tmp_path):
        assert catalogue(tmp_path).consultation("two") == (None, ())

    def test_a_version_that_is_no_draft_may_have_one(self, tmp_path):
        asked = "title: T\npublisher: P\nstatus: announced\nconfidence: assumed\n"
        consultation, found = catalogue(tmp_path, FILES | {"one/consultation.yaml": asked}).consultation("one")
        assert found == ()
        assert consultation.proposals == {}

    def test_one_only_announced_needs_no_date_question_or_response(self, tmp_path):
        asked = "title: T\npublisher: P\nstatus: announced\nconfidence: stated\ndates: {opens: [], closes: []}\n"
        consultation, found = catalogue(tmp_path, FILES | {"two/consultation.yaml": asked}).consultation("two")
        assert found == ()
        assert not any(consultation.dates.values())

    def test_it_changes_nothing_of_what_the_version_says(self, tmp_path):
        without = catalogue(tmp_path / "without", FILES).composed("two")
        withal = catalogue(tmp_path / "with", FILES | BOTH).composed("two")
        assert [part.kind for part in without] == [part.kind for part in withal]

    def test_the_documents_it_cites_are_used(self, tmp_path):
        framework, found = catalogue(tmp_path, FILES | BOTH).check("two")
        assert found == ()
        assert {"paper", "idea"} <= framework.cited


class TestWhatCheckSays:
    def test_the_problems_of_a_consultation_are_those_of_its_version(self, tmp_path):
        wrong = put(ASKED, "proposals: [weight]", "proposals: [wait]")
        assert codes(problems_of(tmp_path, {"two/consultation.yaml": wrong}, "two")) == ["unknown-in-consultation"]

    def test_without_the_gate_the_consultation_is_not_looked_at(self, tmp_path):
        wrong = put(ASKED, "status: outcome", "status: perhaps")
        assert catalogue(tmp_path, FILES | {"two/consultation.yaml": wrong}).load("two").version == "two"

    def test_a_mistake_of_shape_is_said_once(self, tmp_path):
        wrong = put(ASKED, "status: outcome", "status: perhaps")
        assert codes(problems_of(tmp_path, {"two/consultation.yaml": wrong}, "two")) == ["not-a-choice"]

    @pytest.mark.parametrize(
        "old, new, code",
        [
            ("{document: idea}, confidence", "{document: lost}, confidence", "unknown-source"),
            ("resulting_version: one", "resulting_version: seven", "unknown-version"),
            ("decision: dropped", "decision: adopted", "adopted-without-option"),
            ("decision: dropped", "decision: dropped, option: heavy", "unknown-in-consultation"),
            ("on: 2026-07-29", "on: 2026-06-19", "out-of-order"),
            ("on: 2026-07-29", "on: 2026-02-30", "no-such-day"),
            ("status: outcome", "status: open", "decided-too-early"),
            ("id: thoughts", "id: stricter", "duplicate-id"),
        ],
    )
    def test_what_cannot_be_in_the_consultation(self, old, new, code, tmp_path):
        assert code in found_codes(tmp_path, consultation=put(ASKED, old, new))

    def test_a_date_may_suit_only_one_of_the_sources(self, tmp_path):
        assert found_codes(tmp_path, consultation=put(ASKED, "on: 2026-07-29", "on: 2026-06-21")) == []

    @pytest.mark.parametrize(
        "old, new, code",
        [
            ("share: 40.5", "share: 41.5", None),
            ("share: 40.5", "share: 41.6", "shares-above-all"),
            ("share: 60", "share: 101", "not-a-share"),
            ("share: 60", "share: -1", "not-a-share"),
            ("answer: agree, share: 60", "answer: agree, count: 101", "more-answers-than-responses"),
            ("count: 90", "count: 101", "more-answers-than-responses"),
            ("count: 100", "count: -1", "negative-count"),
            ("share: 60, ", "", "neither-count-nor-share"),
            ("answer: disagree", "answer: agree", "same-response-twice"),
            ("question: stricter, answer: agree", "answer: agree", "answer-without-question"),
            ("channel: survey, count", "channel: post, count", "unknown-in-consultation"),
        ],
    )
    def test_what_cannot_be_in_the_responses(self, old, new, code, tmp_path):
        assert found_codes(tmp_path, responses=put(ANSWERED, old, new)) == ([code] if code else [])

    def test_answers_in_own_words_may_add_up_to_more_than_there_were_responses(self, tmp_path):
        assert found_codes(tmp_path) == []

    def test_two_sources_may_give_two_numbers(self, tmp_path):
        more = "  - {channel: survey, question: stricter, answer: agree, share: 61, confidence: stated, source: {document: idea}}\n"
        assert found_codes(tmp_path, responses=ANSWERED + more) == []


class TestStatus:
    def test_only_onwards_and_withdrawn_from_any_but_an_outcome(self):
        onwards = [Stage.ANNOUNCED, Stage.OPEN, Stage.ANALYSING, Stage.OUTCOME]
        for old, new in product(Stage, Stage):
            ahead = old in onwards and new in onwards and onwards.index(old) <= onwards.index(new)
            gone = new is Stage.WITHDRAWN and old is not Stage.OUTCOME
            assert may_follow(old, new) is (ahead or gone), (old, new)

    def test_every_stage_has_its_steps(self):
        assert set(ALLOWED_STEPS) == set(Stage)


def said(on: str) -> DateSaid:
    return DateSaid(on, Citation(Document("paper", "", "")), Confidence.STATED)


class TestDates:
    def test_a_month_is_any_of_its_days(self):
        assert (said("2024-02").first, said("2024-02").last) == (date(2024, 2, 1), date(2024, 2, 29))

    @pytest.mark.parametrize(
        "earlier, later, days",
        [
            (["2022-06-20", "2022-06-22"], ["2022-07-29"], (37, 39)),
            (["2022-07-29"], ["2022-12-02"], (126, 126)),
            (["2022-12-02"], ["2023-01"], (30, 60)),
            (["2023-01-10"], ["2023-01"], (0, 21)),
            (["2022-06-20"], [], None),
            (["2022-06-20", "2022-08-01"], ["2022-07-29"], (39, 39)),
        ],
    )
    def test_days_between_keep_every_source(self, earlier, later, days):
        assert days_between([*map(said, earlier)], [*map(said, later)]) == days

    def test_an_order_that_no_choice_of_sources_gives_is_found(self):
        """Every two of these can be in order, and not all three."""
        dates = {
            Milestone.ANNOUNCED: (said("2022-01-03"),),
            Milestone.OPENS: (said("2022-01-01"), said("2022-01-10")),
            Milestone.CLOSES: (said("2022-01-05"),),
        }
        assert first_out_of_order(dates) == (Milestone.CLOSES, Milestone.OPENS)

    @given(st.lists(st.lists(st.integers(1, 6), max_size=3), min_size=5, max_size=5))
    def test_dates_are_in_order_exactly_when_some_choice_of_sources_is(self, days):
        dates = {each: tuple(said(f"2022-01-0{day}") for day in one) for each, one in zip(Milestone, days, strict=True)}
        some = any(list(one) == sorted(one) for one in product(*(one for one in days if one)))
        assert (first_out_of_order(dates) is None) is some


TEXTS = st.text(st.characters(codec="utf-8"), max_size=12).map(str.strip)


@given(
    st.lists(
        st.builds(
            Response,
            confidence=st.sampled_from(Confidence),
            citation=st.just(Citation(Document("paper", "", ""))),
            channel=st.sampled_from(["", "survey", "true", "Post-1"]),
            answer=TEXTS,
            count=st.none() | st.integers(0, 10**9),
            share=st.none() | st.decimals(0, 100, places=2),
            note=TEXTS,
        ),
        max_size=3,
    )
)
def test_what_is_written_is_read_again(responses):
    node, found = read_located("responses.yaml", responses_text(responses).encode("utf-8", "replace"))
    assert found == ()
    written, wrong = read_shape(ResponsesFile, node, gate=True)
    assert wrong == ()
    again = read_responses(Reading(written, node), {"paper": Document("paper", "", "")})
    assert [vars_of(each) for each in again] == [vars_of(each) for each in responses]


def vars_of(response: Response):
    share = None if response.share is None else float(response.share)
    return (*(getattr(response, part) for part in PARTS if part != "share"), share, response.note, response.confidence)


class TestWhatCameOfIt:
    def test_the_shipped_outcome_is_the_change_that_was_made(self):
        consultation, found = SHIPPED.consultation("2022-care-leavers", gate=True)
        assert found == ()
        outcome = outcome_against(SHIPPED, "2022-care-leavers", consultation)
        assert dict(outcome.chosen) == {"separate_judgement": "separate", "criteria": "revised", "timing": "from_2023"}
        (fulfilled,) = outcome.fulfilled
        assert (fulfilled.base, fulfilled.result) == ("2018-09", "2023")
        assert fulfilled.behaviours.is_same
        days = days_between(consultation.dates[Milestone.CLOSES], consultation.dates[Milestone.OUTCOME])
        assert days == (18 * 7, 18 * 7)

    def test_what_is_only_announced_is_known_to_be_no_more(self):
        consultation, found = SHIPPED.consultation("2027-draft", gate=True)
        assert found == ()
        assert consultation.stage is Stage.ANNOUNCED
        assert consultation.dates[Milestone.OPENS] == consultation.dates[Milestone.CLOSES] == ()
        assert (consultation.questions, consultation.responses, consultation.decisions) == ({}, (), {})
        assert outcome_against(SHIPPED, "2027-draft", consultation) is None

    def test_a_proposal_that_was_dropped_leaves_the_base_as_it_is(self, tmp_path):
        consultation, _ = consulted(tmp_path)
        assert option_of(consultation, "weight") == "unchanged"
        (fulfilled,) = outcome_against(Catalogue(tmp_path), "two", consultation).fulfilled
        assert fulfilled.is_same

    def test_another_option_than_the_one_that_became_law_differs(self, tmp_path):
        adopted = put(ASKED, "decision: dropped", "decision: adopted, option: stricter")
        consultation, _ = consulted(tmp_path, consultation=adopted)
        (fulfilled,) = outcome_against(Catalogue(tmp_path), "two", consultation).fulfilled
        (decision,) = fulfilled.behaviours.decisions
        assert 0 < decision.changed < decision.situations
        assert [each.address for each in fulfilled.structure.changes] == ["decisions/pathway/rules/heavy"]

    def test_changes_that_are_no_option_cannot_be_composed(self, tmp_path):
        changed = put(ASKED, "decision: dropped", "decision: adopted with changes")
        consultation, _ = consulted(tmp_path, consultation=changed)
        outcome = outcome_against(Catalogue(tmp_path), "two", consultation)
        assert (outcome.undetermined, outcome.fulfilled) == (("weight",), ())
