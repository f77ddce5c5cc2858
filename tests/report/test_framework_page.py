"""A version on one page: nothing of it is left out, and everything says how sure it is."""

import json
import re
from dataclasses import replace
from itertools import pairwise

import pytest

from greenpaper.cli.forms import Chapter
from greenpaper.cli.reading import whole_of
from greenpaper.cli.selecting import catalogue_of, selector_of
from greenpaper.framework.checked import (
    Amount,
    AssumedFor,
    Citation,
    Confidence,
    Deadline,
    Document,
    Event,
    Modality,
    TimeUnit,
    Titled,
)
from greenpaper.report import framework_data, framework_page
from greenpaper.report.framework_contents import deadline_sentence
from greenpaper.report.framework_page import framework_view
from greenpaper.report.framework_words import amount, several, with_confidence
from greenpaper.report.to_html import to_html
from greenpaper.report.to_text import to_text
from greenpaper.report.view import Bullets, Heading, Pairs, Paragraph
from greenpaper.source.partial_dates import some_day
from report.reading import page_of

VERSIONS = (*catalogue_of(None).versions, "2027-draft+threshold=any", "2026+requires_improvement=or_worse")


def whole(version):
    return whole_of(selector_of(version, catalogue_of(None)))


def said(view):
    """Every text of a page, in its order."""
    yield view.title
    for block in view.blocks:
        match block:
            case Heading(text) | Paragraph(text):
                yield text
            case Bullets(items):
                yield from items
            case Pairs(items):
                yield from (text for pair in items for text in pair)
            case _:
                raise AssertionError(block)


def text_of(version, *chapters):
    return "\n".join(said(framework_view(whole(version), chapters)))


def everything(framework):
    """What a page of the version must tell, word for word."""
    yield from (framework.title, framework.status, framework.version)
    yield from (each.because for each in framework.assumed_for)
    for fact in framework.vocabulary.facts.values():
        yield from (fact.title, fact.id, *framework.fact_notes[fact.id].also_titled)
        yield framework.fact_notes[fact.id].note
    for each in framework.constraints:
        yield from (each.id, each.note, each.condition.words, each.citation.note)
    for decision in framework.decisions.values():
        yield decision.question
        yield from (each.title for each in decision.outcomes.values())
        yield decision.precedence.note if decision.precedence else ""
        for rule in decision.rules:
            yield from (rule.id, rule.when.words, rule.note, rule.citation.says, rule.citation.document.title)
        for entry in decision.left_open:
            yield from (entry.note, entry.when.words)
    for criterion in framework.criteria.values():
        yield f"{criterion.id}: {criterion.title} ({criterion.confidence}"
        yield from (criterion.note, *(f"{each.title} ({each.confidence}" for each in criterion.topics))
        yield from (f"{framework.themes[name].title} ({sure})" for name, sure in criterion.themes.items())
        yield from (f"{framework.references[name].title} ({sure})" for name, sure in criterion.refers_to.items())
    for each in (*framework.themes.values(), *framework.references.values()):
        yield from (f"{each.title} ({each.confidence}", each.note)
    for activity in framework.activities.values():
        yield from (activity.title, activity.note, *(each.title for each in (*activity.topics, *activity.products)))
        yield from (each.title for each in (activity.occurs, activity.notice) if each)
    for deadline in framework.deadlines.values():
        yield from (deadline.title, deadline.by, deadline.note)
    yield from (each.title for each in framework.events.values())
    for question in framework.open_questions.values():
        yield from (question.question, question.treated, question.note, *question.about)
    for document in framework.documents.values():
        yield from (document.id, document.title, document.publisher, document.url)


def in_one_line(text):
    return " ".join(text.split())


@pytest.mark.parametrize("version", VERSIONS)
def test_nothing_that_a_version_says_is_left_out(version):
    page = text_of(version)
    framework = whole(version).framework
    wanted = {in_one_line(each) for each in everything(framework)} - {""}
    assert len(wanted) > 60
    assert [each for each in wanted if each.rstrip(".") not in page] == []


@pytest.mark.parametrize("version", VERSIONS)
def test_every_rule_has_a_sentence_a_confidence_and_a_source(version):
    blocks = framework_view(whole(version), ["rules"]).blocks
    for decision in whole(version).framework.decisions.values():
        for rule in decision.rules:
            at = next(n for n, each in enumerate(blocks) if isinstance(each, Heading) and rule.id in each.text.split())
            sentence, pairs = blocks[at + 1], dict(blocks[at + 2].items)
            assert re.fullmatch(r"Where .+, what (usually |may )?follow(s)? is: .+\.", sentence.text)
            assert pairs["Confidence"].lower() == rule.confidence
            assert pairs["How firm"].partition(",")[0] == rule.modality
            assert rule.citation.document.title in pairs["Source"]


def test_what_is_made_up_stands_out_and_nothing_else_does():
    page = text_of("2027-draft+threshold=any", "rules")
    assert "2. intensive (ILLUSTRATIVE)\n" in page
    assert "\n1. monitoring\n" in page
    assert "\n3. light\n" in page
    assert page.splitlines()[1].startswith("Part of this version is ILLUSTRATIVE")
    rest = text_of("2026").replace(framework_page.HOW_SURE, "")
    assert "ILLUSTRATIVE" not in rest


def test_a_title_that_says_that_it_is_made_up_says_so_once():
    assert with_confidence("Some option (illustrative)", Confidence.ILLUSTRATIVE) == "Some option (ILLUSTRATIVE)"
    assert with_confidence("A title", "stated") == "A title (stated)"


def test_months_stay_months_and_days_stay_days():
    assert "inspections that start from some day in September 2018 to 31 December 2022" in text_of("2018-09")
    assert "inspections that start from 1 April 2026 on" in text_of("2026")
    assert "no inspections: no day is given from which it would apply" in text_of("2027-draft")


def test_days_on_which_a_version_is_assumed_to_hold_are_told_with_the_reason():
    given = whole("2025")
    assumed = AssumedFor(some_day("2025-06"), some_day("2025-07-03"), "Another text stood then.")
    page = "\n".join(said(framework_view(replace(given, framework=replace(given.framework, assumed_for=(assumed,))))))
    assert "those that start from some day in June 2025 to 3 July 2025. Another text stood then." in page


def test_what_is_left_open_is_counted_and_where_rules_meet():
    page = text_of("2026", "rules")
    assert "In 20 of 256 sets of grades no rule applies." in page
    assert "monitoring and intensive both apply in 46 sets of grades: monitoring decides." in page
    assert "monitoring and light both apply in 24 sets of grades: monitoring decides." in page
    assert "Nothing: in each of 256 sets of grades a rule applies." in text_of(
        "2026+requires_improvement=or_worse", "rules"
    )


def test_what_has_not_been_counted_is_said_not_to_have_been():
    page = "\n".join(said(framework_view(replace(whole("2026"), coverage=None), ["rules"])))
    assert "In how many situations no rule applies has not been counted" in page
    assert "both apply" not in page
    assert framework_data.framework_data(replace(whole("2026"), coverage=None))["rules"][0]["without_rule"] is None


def test_a_judgement_says_what_it_was_split_from():
    given = whole("2023")
    notes = given.framework.fact_notes
    (combined, *_), other = (each for each in notes if notes[each].note), list(notes)[2]
    split = replace(given.framework, fact_notes=notes | {other: replace(notes[other], split_from=combined)})
    blocks = framework_view(replace(given, framework=split), ["judgements"]).blocks
    told = [
        value for block in blocks if isinstance(block, Pairs) for name, value in block.items if name == "Split from"
    ]
    assert f"“{given.framework.vocabulary.facts[combined].title}”" in told


def test_readings_and_proposals_are_told_with_the_option_taken():
    page = text_of("2026+requires_improvement=or_worse", "choices")
    assert "Exactly that grade (assumed): requires_improvement=exactly; preferred" in page
    assert "That grade or a worse one (assumed): requires_improvement=or_worse; taken on this page" in page
    assert "What is proposed" in text_of("2027-draft", "choices")


# Chapters


def is_note(block, given):
    """Whether this is the note on the whole version, which only the whole page has."""
    return block == Paragraph(in_one_line(given.framework.note))


def test_the_chapters_of_the_command_the_page_and_the_data_are_the_same():
    assert [str(each) for each in Chapter] == list(framework_page.CHAPTERS) == list(framework_data.CHAPTERS)


@pytest.mark.parametrize("chapter", framework_page.CHAPTERS)
def test_each_chapter_can_be_read_alone_and_together_they_are_the_page(chapter):
    given = whole("2026")
    head = len(framework_view(given, ["none"]).blocks)
    alone = framework_view(given, [chapter]).blocks[head:]
    every = tuple(each for each in framework_view(given).blocks if not is_note(each, given))
    assert any(every[at : at + len(alone)] == alone for at in range(head, len(every)))
    assert (
        sum(len(framework_view(given, [each]).blocks) - head for each in framework_page.CHAPTERS) == len(every) - head
    )
    assert set(framework_data.framework_data(given, [chapter])) & set(framework_page.CHAPTERS) == {chapter}


@pytest.mark.parametrize("version", VERSIONS)
def test_the_page_is_well_formed_and_its_headings_skip_no_level(version):
    page = page_of(to_html(framework_view(whole(version))))
    levels = [int(each.tag[1]) for each in page.all("h1", "h2", "h3", "h4", "h5")]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert {each.attributes["href"] for each in page.all("a")} >= {
        each.url for each in whole(version).framework.documents.values() if each.url
    }


def test_the_page_has_a_list_of_its_chapters_that_leads_to_them():
    page = page_of(to_html(framework_view(whole("2026"))))
    names = {each.attributes["id"]: each.text for each in page.all("h2")}
    (contents,) = page.all("nav")
    assert [(each.attributes["href"], each.text) for each in contents.all("a")] == [
        (f"#{name}", text) for name, text in names.items()
    ]
    assert len(names) == len(page.all("h2")) == 11
    assert not page_of(to_html(framework_view(whole("2026"), ["rules"]))).all("nav")


@pytest.mark.parametrize("version", VERSIONS)
def test_the_data_has_every_statement_with_its_confidence(version):
    framework = whole(version).framework
    data = json.loads(json.dumps(framework_data.framework_data(whole(version))))
    (rules,) = (each["rules"] for each in data["rules"])
    assert [(each["id"], each["confidence"]) for each in rules] == [
        (each.id, each.confidence) for decision in framework.decisions.values() for each in decision.rules
    ]
    assert [each["id"] for each in data["criteria"]] == list(framework.criteria)
    assert all(one["confidence"] for each in data["criteria"] for one in (each, *each["topics"]))
    assert [each["id"] for each in data["constraints"]] == [each.id for each in framework.constraints]
    assert [each["id"] for each in data["deadlines"]["deadlines"]] == list(framework.deadlines)
    assert [each["id"] for each in data["questions"]] == list(framework.open_questions)
    assert [each["id"] for each in data["sources"]] == list(framework.documents)


# Deadlines and amounts


def deadline(least=None, most=None, **written):
    given = {"unit": TimeUnit.WORKING_DAYS} | written
    return Deadline(
        "plan", "The plan", "the authority", "arrives", least, most,
        modality=Modality.WILL, confidence=Confidence.STATED, **given,
    )  # fmt: skip


@pytest.mark.parametrize(
    "given, words",
    [
        (deadline(most=70), "By the authority: within 70 working days after “The letter arrives”."),
        (deadline(most=1, unit=TimeUnit.MONTHS), "By the authority: within 1 month after “The letter arrives”."),
        (deadline(30, 42, unit=TimeUnit.MONTHS), "By the authority: 30 to 42 months after “The letter arrives”."),
        (deadline(5, 5, unit=TimeUnit.WEEKS), "By the authority: 5 weeks after “The letter arrives”."),
        (deadline(5, unit=TimeUnit.DAYS), "By the authority: not before 5 days after “The letter arrives”."),
        (
            deadline(most=2, only_where={"urgent_matter": True}, calendar="north_and_south", met_by="gone"),
            "By the authority: within 2 working days after “The letter arrives”, only where “urgent matter” is true in "
            "the records. It is met by: “gone”. Working days are those of the calendar “north and south”.",
        ),
        (
            deadline(most=2, only_where={"pathway": "light"}),
            "By the authority: within 2 working days after “The letter arrives”, only where the answer to “What "
            "inspection activity follows these grades?” is “One focused visit, then short inspection”.",
        ),
    ],
)
def test_a_deadline_in_words(given, words):
    framework = replace(whole("2026").framework, events={"arrives": Event("arrives", "The letter arrives", "letters")})
    assert deadline_sentence(given, framework) == words


PAPER = Citation(Document("paper", "The paper", "The office"))


@pytest.mark.parametrize(
    "given, words",
    [
        (None, "not known"),
        (Amount(2, 2), "2"),
        (Amount(1, 6, Confidence.ASSUMED, note="Nobody says"), "1 to 6 (assumed). Nobody says."),
        (Amount(1, None, Confidence.ILLUSTRATIVE, PAPER), "at least 1 (ILLUSTRATIVE, paper)"),
    ],
)
def test_an_amount_in_words(given, words):
    assert amount(given) == words


def test_what_is_the_same_of_several_things_is_said_once():
    one, other = (Titled(each, each.upper(), Confidence.ASSUMED, None, "As before.") for each in "ab")
    assert [*several("Topics", (one, other))] == [Paragraph("Topics (assumed). As before."), Bullets(("A", "B"))]
    apart = replace(other, note="")
    assert [*several("Topics", (one, apart))] == [
        Paragraph("Topics"),
        Bullets(("A (assumed). As before.", "B (assumed)")),
    ]
    assert [*several("Topics", ())] == []


def test_the_text_is_no_wider_than_a_terminal():
    assert max(map(len, to_text(framework_view(whole("2025"))).splitlines())) <= 240
