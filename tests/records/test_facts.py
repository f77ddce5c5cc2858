"""Cells become facts of a vocabulary; what cannot be used is said, and never taken for absent."""

from datetime import date
from decimal import Decimal

import pytest

from greenpaper.language.types import Calendar, Numeric
from greenpaper.language.vocabulary import Fact, MonthsSince, Vocabulary
from greenpaper.records.facts import facts_of
from greenpaper.records.record import Authority, Record, Unknown
from greenpaper.source.text import Source, Span

NOWHERE = Span(Source("vocabulary", ""), 0, 0)
MONTHS = Numeric(whole=True, unit="months", least=Decimal(0), most=Decimal(60))
VOCABULARY = Vocabulary(
    "made up",
    {
        "ended": Fact("ended", "Ended", Calendar(), NOWHERE),
        "months": Fact("months", "Months since", MONTHS, NOWHERE, MonthsSince("ended")),
    },
)


def read(as_of: date | None, **cells):
    return facts_of(Record(Authority("", "Somewhere"), cells), VOCABULARY, as_of=as_of)


def test_months_are_counted_from_the_date_to_the_day_given():
    facts, wrong = read(date(2026, 8, 20), ended="2026-05-01")
    assert facts.known == {"ended": date(2026, 5, 1), "months": Decimal(3)}
    assert wrong == ()


@pytest.mark.parametrize("cells", [{}, {"ended": ""}, {"ended": Unknown.UNREADABLE}])
def test_months_since_an_unknown_date_are_unknown(cells):
    facts, _ = read(date(2026, 8, 20), **cells)
    assert facts.known == {}


def test_without_a_day_to_count_to_nothing_is_derived():
    facts, _ = read(None, ended="2026-05-01")
    assert facts.unknown == {"months": Unknown.NOT_KNOWN}


def test_what_the_record_says_itself_is_kept():
    facts, _ = read(date(2026, 8, 20), ended="2026-05-01", months="7")
    assert facts.known["months"] == 7


def test_months_outside_the_declared_range_are_said_and_count_as_unreadable():
    facts, (wrong,) = read(date(2026, 8, 20), ended="2010-08-01")
    assert facts.unknown == {"months": Unknown.UNREADABLE}
    assert (wrong.fact, wrong.given, wrong.message) == ("months", "192", "outside the declared range")


def test_a_fact_that_no_version_knows_is_said_and_one_of_another_version_is_not():
    record = Record(Authority("", "Somewhere"), {"grade": "good", "month": 3})
    _, wrong = facts_of(record, VOCABULARY, elsewhere={"grade"})
    assert [(each.fact, each.help) for each in wrong] == [("month", "did you mean `months`?")]
