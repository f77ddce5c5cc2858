"""The forms in which results are printed, and what makes a check fail."""

from enum import StrEnum


class Format(StrEnum):
    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    CSV = "csv"
    HTML = "html"


class Plain(StrEnum):
    TEXT = "text"
    JSON = "json"


class FailOn(StrEnum):
    ERROR = "error"
    WARNING = "warning"


class DiffPart(StrEnum):
    """The three parts of a difference, each of which can be read alone."""

    WORDS = "words"
    BEHAVIOUR = "behaviour"
    AUTHORITIES = "authorities"


class Chapter(StrEnum):
    """The chapters of a version that is read, each of which can be read alone."""

    JUDGEMENTS = "judgements"
    CRITERIA = "criteria"
    CONSTRAINTS = "constraints"
    RULES = "rules"
    CHOICES = "choices"
    ACTIVITIES = "activities"
    DEADLINES = "deadlines"
    THEMES = "themes"
    QUESTIONS = "questions"
    SOURCES = "sources"


class By(StrEnum):
    """What a total can be broken down by."""

    REGION = "region"


class OnBad(StrEnum):
    """What is done with values that cannot be used."""

    RAISE = "raise"
    UNKNOWN = "unknown"


class Told(StrEnum):
    """The forms of what is told and is no table."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


class NewStatus(StrEnum):
    """What a version that is written out can be: nothing is in force because a command says so."""

    DRAFT = "draft"
    CONSULTATION = "consultation"
    CONFIRMED = "confirmed"
