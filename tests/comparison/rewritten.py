"""Files written anew: what they say stays, and everything else about them is drawn."""

import json
import re
from random import Random

from greenpaper.framework.parts import Part
from greenpaper.source.located import read_located
from greenpaper.source.nodes import MappingNode, Node, ScalarNode, SequenceNode, Style, value_of

PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_]*( [A-Za-z0-9_]+)*")
MAPPINGS_IN_ORDER = ("outcomes",)
LISTS_IN_NO_ORDER = ("constraints", "left_open")


def part_of(text: str, kind: str = "decision", name: str = "") -> Part:
    """The text as one file of a version."""
    node, found = read_located(name or f"{kind}.yaml", text.encode())
    assert node is not None, found
    assert not found, text
    return Part(kind, name or f"{kind}.yaml", node)


def rewritten(part: Part, random: Random) -> Part:
    """The file with keys in another order, other quotation marks, comments, line breaks and blanks."""
    return part_of("# a comment\n" + _block(part.node, random, 0).lstrip("\n") + "\n# the end\n", part.kind, part.name)


def _block(node: Node, random: Random, depth: int, key: str = "") -> str:
    """The node as it follows `key:` or `-`; a larger one begins on a line of its own."""
    indent = "  " * depth
    match node:
        case ScalarNode():
            return " " + _scalar(node, random, key, indent)
        case MappingNode(entries) if entries and random.random() < 0.7:
            entries = entries if key in MAPPINGS_IN_ORDER else random.sample(entries, len(entries))
            lines = (
                f"{_noise(random, indent)}{indent}{_key(each.key, random)}:"
                f"{_block(each.value, random, depth + 1, each.key.text)}"
                for each in entries
            )
            return "\n" + "\n".join(lines)
        case SequenceNode(items) if items and random.random() < 0.7:
            items = random.sample(items, len(items)) if key in LISTS_IN_NO_ORDER else items
            lines = (f"{_noise(random, indent)}{indent}-{_block(each, random, depth + 1)}" for each in items)
            return "\n" + "\n".join(lines)
        case _:
            return " " + _flow(node, random, key)


def _flow(node: Node, random: Random, key: str = "") -> str:
    match node:
        case ScalarNode():
            return _scalar(node, random, key, None)
        case MappingNode(entries):
            entries = entries if key in MAPPINGS_IN_ORDER else random.sample(entries, len(entries))
            inside = (f"{_key(each.key, random)}: {_flow(each.value, random, each.key.text)}" for each in entries)
            return f"{{{', '.join(inside)}}}"
        case SequenceNode(items):
            return f"[{', '.join(_flow(each, random) for each in items)}]"


def _noise(random: Random, indent: str) -> str:
    return random.choice(("", "", "\n", f"{indent}# said in passing\n"))


def _key(key: ScalarNode, random: Random) -> str:
    return random.choice((json.dumps(key.text), f"'{key.text}'"))


def _scalar(node: ScalarNode, random: Random, key: str, indent: str | None) -> str:
    """Numbers and truth values as they are; text in any style, and names, which have no blanks, without more of them."""
    if not isinstance(value_of(node), str):
        return node.text
    text = node.text
    if key in ("when", "where", "require"):
        text = random.choice((text, f"({text})", text.replace(" ", "  "), f" {text} "))
    if " " in text:
        text = random.choice((text, text.replace(" ", "\n", 1), text + "\n"))
    forms = [json.dumps(text, ensure_ascii=False)]
    if "\n" not in text:
        forms.append("'" + text.replace("'", "''") + "'")
    if PLAIN.fullmatch(text) and isinstance(value_of(ScalarNode(text, Style.PLAIN, node.span)), str):
        forms.append(text)
    if indent is not None and " " in node.text and not text.startswith((" ", "\n")):
        body = "".join(f"\n{indent}  {line}" for line in text.rstrip("\n").split("\n"))
        forms += [f"|{body}", f">{body}"]
    return random.choice(forms)
