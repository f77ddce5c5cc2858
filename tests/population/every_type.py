"""A framework with a fact of every type, each of which decides alone when it is low, and one of many facts."""

from functools import cache

from agreement.versions import HEAD, RULE, checked
from greenpaper.framework.checked import Framework

VOCABULARY = """\
scales:
  scale: {worst_to_best: [bad, fair, good, great], confidence: stated,
    maps_from: {other: {low: [bad], middling: [fair, good], any: [bad, fair, good, great]}}}
facts:
  grade: {type: grade, scale: scale, title: t, confidence: stated}
  truth: {type: truth, title: t, confidence: stated}
  word: {type: one of, words: [north, south], title: t, confidence: stated}
  whole: {type: whole number, range: [-3, 300], title: t, confidence: stated}
  free: {type: whole number, title: t, confidence: stated}
  size: {type: decimal, range: [0, 10], title: t, confidence: stated}
  day: {type: date, title: t, confidence: stated}
  months: {type: whole number, unit: months, since: opened, range: [0, 120], title: t, confidence: stated}
  opened: {type: date, title: t, confidence: stated}
  unread: {type: date, title: t, confidence: stated}
"""
LOW = {
    "grade": "grade is worse than good",
    "truth": "not truth",
    "word": "word is north",
    "whole": "whole is less than 3",
    "free": "free is less than 3",
    "size": "size is less than 0.1",
    "day": "day is less than 2024-03-01",
    "months": "months is less than 12 months",
}
FACTS = tuple(LOW)


@cache
def every_type() -> Framework:
    """A decision for each fact that is read, called by the fact, with the outcomes `low` and `high`."""
    files = [("framework", HEAD), ("vocabulary", VOCABULARY)]
    files += [("decision", _decision(fact, when)) for fact, when in LOW.items()]
    return made(files)


def made(files: list[tuple[str, str]]) -> Framework:
    framework, wrong = checked(files)
    assert framework is not None, "\n".join(wrong)
    return framework


def _decision(fact: str, when: str) -> str:
    head = f"decision: of_{fact}\nquestion: q\noutcomes: {{low: {{title: t}}, high: {{title: t}}}}\nresolve: first\nrules:\n"
    return head + rule("is-low", when, "low") + rule("is-high", f"not ({when})", "high")


def rule(name: str, when: str, then: str) -> str:
    return f"  - {{id: {name}, when: '{when}', then: {then}, {RULE}}}\n"


# Many facts


@cache
def many_facts(size: int) -> Framework:
    """One judgement and a group of four-grade facts, with rules that count how many of them are so."""
    names = ["leaders", *(f"fact_{number}" for number in range(1, size))]
    half = (size - 1) // 2
    vocabulary = "scales: {four: {worst_to_best: [inadequate, requires_improvement, good, outstanding], confidence: stated}}\nfacts:\n"
    vocabulary += "".join(f"  {name}: {{type: grade, scale: four, title: t, confidence: stated}}\n" for name in names)
    vocabulary += f"groups: {{practice: {{title: t, members: [{', '.join(names[1:])}]}}}}\n"
    decision = "decision: pathway\nquestion: q\nresolve: first\n"
    decision += "outcomes: {light: {title: t}, intensive: {title: t}, monitoring: {title: t}}\nrules:\n"
    decision += rule("monitoring", "any of practice is inadequate", "monitoring")
    asked = f"leaders is requires_improvement or at least {half} of practice are requires_improvement"
    decision += rule("intensive", asked, "intensive")
    decision += rule("light", f"leaders is at least good and at least {half} of practice are at least good", "light")
    return made([("framework", HEAD), ("vocabulary", vocabulary), ("decision", decision)])
