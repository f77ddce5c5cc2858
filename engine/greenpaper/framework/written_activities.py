"""Activities as written: what an inspection or a visit takes, and how many of them follow from an outcome."""

from typing import ClassVar

from greenpaper.framework.written_statements import Citation, Confidence, Titled
from greenpaper.source.written import Id, Text, Written


class Amount(Written):
    """How many, or how much: either `number`, or one or both of `at_least` and `at_most`."""

    number: int | float | None = None
    at_least: int | float | None = None
    at_most: int | float | None = None
    confidence: Confidence
    source: Citation | None = None
    note: Text = ""


class Activity(Written):
    """Something that inspectors come for, or an authority prepares. What is left out is not known.

    `occurs` says when it takes place where no outcome leads to it.
    """

    title: Text
    occurs: Titled | None = None
    inspectors: Amount | None = None
    days_on_site: Amount | None = None
    notice: Titled | None = None
    products: dict[Id, Titled] = {}
    topics: dict[Id, Titled] = {}
    note: Text = ""


class ActivitiesFile(Written):
    """`activities.yaml`: what inspectors come for, and what each time takes."""

    kind: ClassVar[str] = "activities"
    activities: dict[Id, Activity]
