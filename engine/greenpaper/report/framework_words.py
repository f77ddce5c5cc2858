"""How the statements of a version are told on its page: how sure they are, where they come from, and amounts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from greenpaper.analysis.coverage import Coverage
from greenpaper.framework.checked import Amount, Citation, Confidence, Framework, Modality, Titled
from greenpaper.framework.proposals import Proposal
from greenpaper.report import words
from greenpaper.report.plain_english import Titles, quoted
from greenpaper.report.view import Block, Bullets, Paragraph

FIRMNESS = {
    Modality.WILL: "will",
    Modality.USUALLY: "usually, so that there can be exceptions",
    Modality.MAY: "may, so that nothing promises it",
}


@dataclass(frozen=True, slots=True)
class Whole:
    """A version with what is known of it as a whole: what can be chosen in it, and what its rules cover.

    `coverage` is None where there are too many situations to count.
    """

    framework: Framework
    titles: Titles
    proposals: tuple[Proposal, ...] = ()
    coverage: Mapping[str, Coverage] | None = None


def in_one_line(text: str) -> str:
    """A text as it stands in a paragraph."""
    return " ".join(text.split())


def sure(confidence: Confidence | str) -> str:
    """How sure a statement is; what is made up stands out."""
    return str(confidence).upper() if confidence == Confidence.ILLUSTRATIVE else str(confidence)


def with_confidence(title: str, confidence: Confidence | str) -> str:
    """A title with how sure it is, said once."""
    return f"{title.removesuffix(f'({confidence})').rstrip()} ({sure(confidence)})"


def marked(title: str, confidence: Confidence | str) -> str:
    """A title that says so where what stands under it is made up."""
    return with_confidence(title, confidence) if confidence == Confidence.ILLUSTRATIVE else title


def statement(
    confidence: Confidence, citation: Citation | None, note: str = "", modality: Modality | None = None
) -> Iterator[tuple[str, str]]:
    """How sure a statement is, how firm what it says, its source in full, and its note."""
    yield "Confidence", sure(confidence)
    if modality:
        yield "How firm", FIRMNESS[modality]
    if citation:
        yield "Source", in_one_line(words.citation(citation))
    if note:
        yield "Note", in_one_line(note)


def in_brackets(confidence: Confidence | str, citation: Citation | None = None) -> str:
    """How sure a statement is, and the label of its source."""
    return f"({sure(confidence)}{f', {citation.document.id}' if citation else ''})"


def several(name: str, given: Sequence[Titled]) -> Iterator[Block]:
    """Things with titles under a name; what is the same of all of them is said once."""
    if not given:
        return
    first, *others = given
    alike = all(replace(each, id=first.id, title=first.title) == first for each in others)
    yield Paragraph(titled(replace(first, title=name)) if alike and others else name)
    yield Bullets(tuple(each.title if alike and others else titled(each) for each in given))


def titled(given: Titled) -> str:
    """A title with how sure it is, its source and its note."""
    quote = f": “{given.citation.says}”" if given.citation and given.citation.says else ""
    notes = [given.citation.note if given.citation else "", given.note]
    more = "".join(f" {ended(in_one_line(each))}" for each in notes if each)
    return f"{given.title} {in_brackets(given.confidence, given.citation)}{quote}{'.' if more else ''}{more}"


def ended(text: str) -> str:
    """The text with a full stop, unless it ends a sentence already."""
    return text if text.endswith((".", "?", "!")) else f"{text}."


def amount(given: Amount | None) -> str:
    """A number, or from which to which, with how sure it is."""
    if given is None:
        return "not known"
    said = in_brackets(given.confidence, given.citation) if given.confidence else ""
    note = f". {ended(in_one_line(given.note))}" if given.note else ""
    return f"{number(given)}{' ' if said else ''}{said}{note}"


def number(given: Amount) -> str:
    """A number, or from which to which."""
    if given.most is None:
        return f"at least {given.least}"
    return f"{given.least}" if given.least == given.most else f"{given.least} to {given.most}"


def cell(value: bool | int | float | str) -> str:
    """What stands in a cell of a table, or is said of an outcome, in words."""
    return str(value).lower() if isinstance(value, bool) else words.fact(str(value))


def titles_listed(names: Sequence[str], titles: Mapping[str, str]) -> str:
    """Several things by their titles, in quotation marks."""
    return words.listed([quoted(titles.get(each) or words.fact(each)) for each in names])
