"""Every problem that reading a file can have. The docstring of each is its manual page."""

from greenpaper.source.diagnostics import Diagnostic, Label, error
from greenpaper.source.text import Span

YAML_SAYS = (
    ("mapping values are not allowed", "a `:` stands where no value can begin",
     "put text that contains `: ` in single quotes"),
    ("could not find expected ':'", "a key is not followed by `:`", "write `key: value`"),
    ("cannot start any token", "a character stands here that no YAML value can begin with",
     "indent with spaces, and put text that begins with a sign in single quotes"),
    ("unexpected end of stream", "a quote is opened and never closed", "close the quote"),
    ("did not find expected key", "this line is not indented like its neighbours",
     "begin it in the same column as the lines around it"),
    ("did not find expected ',' or", "a bracket is opened and never closed, or a comma is missing",
     "close it with `]` or `}`, with `,` between entries"),
    ("did not find expected '-'", "this line does not go on with the list above it",
     "begin it with `- ` in the column of the list"),
    ("did not find expected node content", "a value is missing here", "write a value"),
    ("did not find expected <document start>", "text follows after the end of the document",
     "indent it below the key it belongs to"),
    ("found unknown escape character", "a backslash in double quotes has no meaning here", "use single quotes"),
    ("invalid leading UTF-8", "a character is not UTF-8", "save the file as UTF-8"),
)  # fmt: skip


def file_too_large(span: Span, size: int, limit: int) -> Diagnostic:
    """A file has more bytes than a policy file may have.

    Why it matters
        A policy is read by people; a file of this size is data or an accident, and would make every command wait.
    """
    return error("file-too-large", f"the file has {size:,} bytes, more than {limit:,}", Label(span),
                 help="split it into several files")  # fmt: skip


def not_utf_8(span: Span) -> Diagnostic:
    """A file is not encoded as UTF-8.

    Why it matters
        Read in the wrong encoding, letters in titles and quotations become other letters.
    """
    return error("not-utf-8", "the file is not UTF-8 text", Label(span, "first byte that does not fit"),
                 help="save it again with the encoding UTF-8")  # fmt: skip


def unreadable_file(span: Span, why: str) -> Diagnostic:
    """A file or folder cannot be opened.

    Why it matters
        What cannot be read cannot be compared, and must never look like `no differences`.
    """
    return error("unreadable-file", f"cannot be read: {why}", Label(span), help="check the path and its permissions")


def hidden_character(span: Span) -> Diagnostic:
    """A character that shows nothing, or turns the reading direction, stands in a policy.

    Why it matters
        A reviewer would approve a text that reads differently from what the program sees.
    """
    name = f"U+{ord(span.text):04X}"
    return error("hidden-character", f"a hidden character ({name}) stands in the text", Label(span),
                 help="delete it")  # fmt: skip


def control_character(span: Span) -> Diagnostic:
    """A control character stands in a policy.

    Why it matters
        It comes from a broken copy, cannot be seen, and can change what a terminal shows.
    """
    name = f"U+{ord(span.text):04X}"
    return error("control-character", f"a control character ({name}) stands in the text", Label(span),
                 help="delete it")  # fmt: skip


def not_yaml(span: Span, said: str) -> Diagnostic:
    """The text cannot be read as YAML.

    Why it matters
        Nothing after this place can be understood, so nothing after it is used.

    Avoid
        title: Ofsted: inspecting local authorities

    Prefer
        title: 'Ofsted: inspecting local authorities'
    """
    for sign, message, advice in YAML_SAYS:
        if sign in said:
            return error("not-yaml", message, Label(span, "YAML stops here"), help=advice)
    return error("not-yaml", "the text is not YAML from here on", Label(span, "YAML stops here"),
                 help="compare the indentation and the signs with the lines around it")  # fmt: skip


def empty_file(span: Span) -> Diagnostic:
    """A policy file holds nothing.

    Why it matters
        An empty file is usually one that was never saved.
    """
    return error("empty-file", "the file is empty", Label(span), help="write its content, or delete it")


def several_documents(span: Span) -> Diagnostic:
    """A second YAML document begins in one file.

    Why it matters
        Only one could be used, and it would not be clear which.

    Avoid
        title: one
        ---
        title: two

    Prefer
        title: one
    """
    return error("several-documents", "a second document begins here", Label(span),
                 help="keep one document in a file")  # fmt: skip


def nested_too_deep(span: Span, limit: int) -> Diagnostic:
    """Values are nested deeper than any policy needs.

    Why it matters
        Very deep nesting is an accident or an attack; it can stop a program that reads it.
    """
    return error("nested-too-deep", f"values are nested more than {limit} deep", Label(span),
                 help="use fewer levels")  # fmt: skip


def too_many_entries(span: Span, limit: int) -> Diagnostic:
    """A file has more entries than a policy file may have.

    Why it matters
        A policy is read by people; this many entries are data or an accident.
    """
    return error("too-many-entries", f"the file has more than {limit:,} entries", Label(span),
                 help="split it into several files")  # fmt: skip


def anchor(span: Span, name: str) -> Diagnostic:
    """A YAML anchor (`&name`) is used.

    Why it matters
        A policy must be readable where it stands, without looking up what another place said.

    Avoid
        title: &t Somewhere

    Prefer
        title: Somewhere
    """
    return error("anchor", f"the anchor `&{name}` is not allowed in a policy", Label(span),
                 help=f"write the text without `&{name}`, and again wherever it is meant")  # fmt: skip


def alias(span: Span) -> Diagnostic:
    """A YAML alias (`*name`) is used.

    Why it matters
        A policy must be readable where it stands, and a few aliases can unfold into gigabytes.

    Avoid
        title: &t Somewhere
        other: *t

    Prefer
        title: Somewhere
        other: Somewhere
    """
    return error("alias", f"the alias `{span.text}` is not allowed in a policy", Label(span),
                 help="write out what it stands for")  # fmt: skip


def tag(span: Span) -> Diagnostic:
    """A YAML tag (`!name`) is used.

    Why it matters
        Tags make a reader guess types; here the kind of a value follows from where it stands.

    Avoid
        version: !!str 2026

    Prefer
        version: "2026"
    """
    return error("tag", "a tag is not allowed in a policy", Label(span),
                 help="delete the word that begins with `!`; quotes make a value text")  # fmt: skip


def key_not_text(span: Span) -> Diagnostic:
    """A key is a list or a mapping.

    Why it matters
        Every key of a policy is a word.

    Avoid
        [one, two]: three

    Prefer
        one: three
    """
    return error("key-not-text", "a key must be a word", Label(span), help="write one word before the `:`")


def duplicate_key(key: str, span: Span, first: Span) -> Diagnostic:
    """The same key stands twice in one mapping.

    Why it matters
        YAML readers keep one of the two in silence, so a rule could be lost without a sign.

    Avoid
        title: one
        title: two

    Prefer
        title: one
    """
    return error("duplicate-key", f"`{key}` is written twice", Label(span, "again here"),
                 Label(first, "first here"), help="delete one of the two")  # fmt: skip


PROBLEMS = (
    file_too_large, not_utf_8, unreadable_file, hidden_character, control_character, not_yaml, empty_file,
    several_documents, nested_too_deep, too_many_entries, anchor, alias, tag, key_not_text, duplicate_key,
)  # fmt: skip
