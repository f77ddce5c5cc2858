"""Days and months as sources give them, and what lies between two of them."""

from datetime import date, timedelta

import pytest

from greenpaper.source.partial_dates import SomeDay, lies_between, some_day


@pytest.mark.parametrize(
    "text, earliest, latest, words",
    [
        ("2023-01-16", date(2023, 1, 16), date(2023, 1, 16), "2023-01-16"),
        ("2023-01", date(2023, 1, 1), date(2023, 1, 31), "January 2023"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "February 2024"),
        ("9999-12", date(9999, 12, 1), date(9999, 12, 31), "December 9999"),
    ],
)
def test_a_month_is_one_of_its_days(text, earliest, latest, words):
    day = some_day(text)
    assert (day.earliest, day.latest, day.words, str(day)) == (earliest, latest, words, text)
    assert day.is_known is (earliest == latest)


def test_no_text_is_no_day():
    assert some_day("") is None


@pytest.mark.parametrize("first", ["", "2023-01", "2023-01-10", "2023-02"])
@pytest.mark.parametrize("last", ["", "2023-01", "2023-01-20", "2023-02"])
def test_a_day_lies_between_two_exactly_when_it_does_so_whatever_the_unknown_days_are(first, last):
    for number in range(-3, 65):
        day = date(2023, 1, 1) + timedelta(number)
        said = {
            bool(first) and begin <= day and (not last or day <= end)
            for begin in days(some_day(first))
            for end in days(some_day(last))
        }
        assert lies_between(day, some_day(first), some_day(last)) is (said.pop() if len(said) == 1 else None)


def days(some: SomeDay | None) -> list[date]:
    """Every day that it can be."""
    if some is None:
        return [date.max]
    return [some.earliest + timedelta(each) for each in range((some.latest - some.earliest).days + 1)]
