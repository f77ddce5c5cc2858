"""Files nobody would write on purpose, made in the test: what every policy file might contain by accident or malice.

Each is the content of one file. `refused` contents must give at least one problem wherever they stand; `parts` of a
real file may happen to be whole, and must only do no harm.
"""

import random
from collections.abc import Iterator
from itertools import chain

MIB = 1024 * 1024


def refused() -> Iterator[tuple[str, bytes]]:
    """Name → content that is no policy file."""
    for name, text in chain(_nested(), _large(), _not_policy(), _repeated(), _characters()):
        yield name, text.encode("utf-8", "surrogatepass")
    yield from _encodings()
    yield from _noise()


def parts_of(content: bytes, pieces: int) -> Iterator[tuple[str, bytes]]:
    """A real file cut off at `pieces` places, and the same with one byte changed there."""
    for number in range(1, pieces + 1):
        at = len(content) * number // (pieces + 1)
        yield f"cut at {at}", content[:at]
        yield f"changed at {at}", content[:at] + b"\x1b[" + content[at + 2 :]


def _nested() -> Iterator[tuple[str, str]]:
    yield "100,000 opened lists", "[" * 100_000
    yield "100,000 opened mappings", "{" * 100_000
    yield "100,000 opened and closed lists", "[" * 100_000 + "]" * 100_000
    yield "nested keys", "{a: " * 5_000 + "1" + "}" * 5_000
    yield "nested in blocks", "\n".join(" " * depth + "a:" for depth in range(1_500))
    yield "nested lists in blocks", "- " * 100_000 + "a"
    yield "nested keys with a sign", "? " * 50_000
    yield "41 deep", "".join(" " * depth + f"a{depth}:\n" for depth in range(42))


def _large() -> Iterator[tuple[str, str]]:
    yield "a scalar of 2 MiB", "title: " + "x" * (2 * MIB - 8)
    yield "more than 2 MiB", "title: " + "x" * (2 * MIB)
    yield "a quoted scalar of 2 MiB", "title: '" + "x y" * (2 * MIB // 3 - 8) + "'"
    yield "a block of 100,000 lines", "title: |\n" + "  some words\n" * 100_000
    yield "a key of 1 MiB", "k" * MIB + ": 1"
    yield "an asked-for key of 1 MiB", "? " + "k" * MIB + "\n: 1"
    yield "1,000 keys of 1 KiB on one line", "{" + ", ".join("k" * 1000 + f"{n}: 1" for n in range(1000)) + "}"
    yield "500,000 items", "rules: [" + "a," * 500_000 + "]"
    yield "500,000 lines of items", "rules:\n" + "- a\n" * 500_000
    yield "90,000 items", "rules: [" + "a," * 90_000 + "]"
    yield "40,000 keys", "".join(f"key_{n}: {n}\n" for n in range(40_000))
    yield "2 MiB of comments", "# comment\n" * (2 * MIB // 10)
    yield "a line of 2 MiB before a mistake", "{a: " + "x " * (MIB - 20) + ", a: 1, a: 2, a: 3}"
    yield "a number of a million digits", "version: " + "9" * MIB
    yield "a million spaces before a mistake", "a: 1\n" + " " * MIB + "b: ]"
    yield "a million tabs", "a:\n" + "\t" * MIB + "b: 1"
    yield "a million colons", "a" + ": " * (MIB - 10)


def _not_policy() -> Iterator[tuple[str, str]]:
    yield "nothing", ""
    yield "only white space", " \n\t\n  \n"
    yield "only comments", "# one\n# two\n"
    yield "only a document start", "---\n"
    yield "only an end", "...\n"
    yield "null", "null"
    yield "a word", "policy"
    yield "a list", "- a\n- b\n"
    yield "an empty mapping", "{}"
    yield "an empty list", "[]"
    yield "a future version of YAML", "%YAML 3.0\n---\na: 1\n"
    yield "an unknown directive", "%POLICY 1\n---\na: 1\n"
    yield "a tag directive", "%TAG ! tag:example.com,2000:\n---\n!a b: 1\n"
    yield "a Python object", "a: !!python/object/apply:os.system ['true']\n"
    yield "a Python name", "!!python/name:os.system x\n"
    yield "binary", "a: !!binary aGVsbG8=\n"
    yield "a set", "!!set {a, b}\n"
    yield "a merge key", "base: &b {a: 1}\nmore:\n  <<: *b\n"
    yield "a merge key written out", "<<: {framework: ilacs, version: '1'}\n"
    yield "an open quote", "title: 'never closed\nversion: 1\n"
    yield "an open double quote", 'title: "never closed\nversion: 1\n'
    yield "bad escapes", 'title: "\\q \\ud800 \\xZZ"\n'
    yield "escaped control characters", 'title: "\\0\\e[31m\\x07"\nfacts: "\\e[2J"\n'
    yield "escaped control characters as keys", '"\\e[31mred": 1\n"\\u202e": 2\n"a\\nb": 3\n'
    yield "two documents", "a: 1\n---\nb: 2\n"
    yield "1,000 documents", "---\na: 1\n" * 1000
    yield "text after the end", "a: 1\n...\nb: 2\n"
    yield "an at sign", "title: @home\n"
    yield "a back tick", "title: `home`\n"
    yield "a list as a key", "[a, b]: c\n{d: e}: f\n"
    yield "tabs", "\ta: 1\n\t\tb: 2\n"
    yield "JSON", '{"framework": "ilacs", "version": 2026, "facts": [1, 2, null, true]}'
    yield "HTML", "<!doctype html><title>404</title><p>Not found: the page"
    yield "conflict marks", "<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> other\n"
    yield "CSV", "authority,overall\nSomewhere,good\n" * 1000
    yield "an office file", "PK\x03\x04" + "\x00\x01" * 500


def _repeated() -> Iterator[tuple[str, str]]:
    yield "10,000 equal keys", "a: 1\n" * 10_000
    yield "10,000 equal keys on one line", "{" + "a: 1, " * 10_000 + "}"
    yield "equal keys of 100 KiB", ("k" * 100_000 + ": 1\n") * 20
    yield "10,000 anchors", "".join(f"k{n}: &a{n} 1\n" for n in range(10_000))
    yield "an anchor of 500 KiB", "a: &" + "x" * 500_000 + " 1\n"
    yield "an alias of 500 KiB", "a: *" + "x" * 500_000 + "\n"
    yield (
        "an alias bomb",
        "a: &a [x, x, x]\n"
        + "".join(f"{chr(97 + n)}: &{chr(97 + n)} [{', '.join(['*' + chr(96 + n)] * 9)}]\n" for n in range(1, 20)),
    )
    yield "an alias to itself", "a: &a [*a]\n"
    yield "10,000 aliases to nothing", "a: [" + "*x, " * 10_000 + "]\n"
    yield "10,000 tags", "a: [" + "!t x, " * 10_000 + "]\n"
    yield "10,000 unknown keys", "".join(f"fact_{n}s: 1\n" for n in range(10_000))
    yield "1,000 members that no fact has", _vocabulary_with_members(1_000)
    yield (
        "3,000 facts of unknown types",
        "facts:\n" + "".join(f"  f{n}: {{type: grad, titel: x}}\n" for n in range(3_000)),
    )
    yield "1,000 rules that cannot be read", _rules("leader is at lest goood and", 1_000)
    yield "1,000 rules of unknown facts", _rules("leader_of_the_council is at least good", 1_000)
    yield "a condition of a million brackets", _rules("(" * 1_000_000, 1)
    yield "a condition of 2,000 nots", _rules("not " * 999 + "leaders", 1)
    yield "50 rules with conditions of 2,000 letters", _rules("leaders is good or " * 100 + "leaders is", 50)


def _vocabulary_with_members(count: int) -> str:
    facts = "".join(f"  judgement_{n}: {{type: truth, title: x, confidence: stated}}\n" for n in range(count))
    members = ", ".join(f"judgment_{n}" for n in range(count))
    return f"facts:\n{facts}groups:\n  all_of_them: {{title: x, members: [{members}]}}\n"


def _rules(condition: str, count: int) -> str:
    rules = "".join(
        f"  - {{id: r{n}, when: '{condition}', then: light, modality: will, confidence: stated,"
        " source: {document: reports}}\n"
        for n in range(count)
    )
    head = "decision: pathway\nquestion: What?\nresolve: first\noutcomes: {light: {title: x}}\nrules:\n"
    return head + rules


def _characters() -> Iterator[tuple[str, str]]:
    yield "reading direction turned", "title: \u202edesrever\u202c\u2066x\u2069\n"
    yield "100,000 hidden characters", "title: " + "\u200b" * 100_000
    yield "a zero byte", "title: a\x00b\n"
    yield "100,000 control characters", "title: " + "\x1b[31m" * 100_000
    yield "delete and C1", "title: \x7f\x80\x9b31m\n"
    yield "a second byte order mark", "\ufefftitle: \ufeffx\n"
    yield "half a surrogate pair", "title: \ud800\n"
    yield "letters beyond the first plane", "\U0001f4a5: \U0001f4a5\U0001f1ec\U0001f1e7\n" * 2
    yield "wide letters before a mistake", "検査: 全国\n検査: 全国\n"
    yield "100,000 combining marks", "a" + "\u0301" * 100_000 + ": 1"
    yield "white space of all kinds", "a\u00a0b\u3000c\u2003d: 1\n\u2028e: 2\n\x85f: 3\n"
    yield "non-characters", "title: \ufffe\uffff\n"
    yield "line ends of all kinds", "a: 1\rb: 2\r\nc: 3\n\ra: 4\r\n"


def _encodings() -> Iterator[tuple[str, bytes]]:
    text = "framework: ilacs\ntitle: Café\nversion: '1'\n"
    for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be", "latin-1", "cp037"):
        yield encoding, text.encode(encoding)
    yield "utf-8 cut inside a letter", "title: Café".encode()[:-1]
    yield "an overlong letter", b"title: \xc0\xaf\n"
    yield "a letter beyond the last", b"title: \xf7\xbf\xbf\xbf\n"
    yield "2 MiB of bytes that are not text", b"\xff" * (2 * MIB)


def _noise() -> Iterator[tuple[str, bytes]]:
    dice = random.Random(2026)
    signs = "abc:-?[]{},#&*!|>'\"%@` \n\t0.~"
    for number in range(12):
        yield f"random bytes {number}", dice.randbytes(2_000)
        yield f"random letters {number}", ("x: ]" + "".join(dice.choices(signs, k=3_000))).encode()
        lines = ("".join(dice.choices(signs, k=30)) for _ in range(300))
        yield f"random lines {number}", ("x: ]\n" + "\n".join(lines)).encode()
