"""Where each character of a scalar's value stands in the file.

YAML folds lines and doubles quotes, so a value and its source differ. Walking both at once, skipping white space, is
exact for plain, single-quoted and block scalars. It is not for double quotes (escapes), which is why text whose
places matter is refused in double quotes.
"""

import re

from greenpaper.source.nodes import ScalarNode, Style

LINE_END = re.compile(r"\r\n|\r|\n")


def offsets(scalar: ScalarNode) -> tuple[int, ...]:
    """File offset of every character of `scalar.text`, and of the place after the last.

    Unknown: for a double-quoted scalar every character maps to the start of the scalar.
    """
    text, span = scalar.span.source.text, scalar.span
    if scalar.style is Style.DOUBLE:
        return (span.start,) * (len(scalar.text) + 1)
    at = _start_of_value(scalar)
    found: list[int] = []
    for character in scalar.text:
        if not character.isspace():
            while at < span.end and text[at] != character:
                at += 1
        found.append(min(at, span.end))
        at += 1 + (scalar.style is Style.SINGLE and character == "'")
    return (*found, found[-1] + 1 if found else at)


def _start_of_value(scalar: ScalarNode) -> int:
    start, text = scalar.span.start, scalar.span.source.text
    match scalar.style:
        case Style.BLOCK:
            end_of_header = LINE_END.search(text, start, scalar.span.end)
            return end_of_header.end() if end_of_header else scalar.span.end
        case Style.SINGLE:
            return start + 1
        case _:
            return start
