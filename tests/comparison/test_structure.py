"""Two versions statement by statement: nothing is lost, and what is only layout is no change."""

from collections import Counter
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from random import Random

import pytest

from comparison.rewritten import part_of, rewritten
from framework.small import CONSTRAINTS, DRAFT, FILES, FRAMEWORK, PATHWAY, PROPOSAL, VOCABULARY, catalogue, put
from greenpaper.cli.selecting import catalogue_of, selector_of
from greenpaper.comparison.redline import Mark
from greenpaper.comparison.structure import Kind, compare_structure
from greenpaper.framework.selectors import NoSuchVersion
from greenpaper.report.structure import counts_line, structure_blocks, structure_data
from greenpaper.report.view import Heading, Pairs, Paragraph, Redline
from greenpaper.source.diagnostics import PolicyError
from greenpaper.source.nodes import MappingNode, ScalarNode, SequenceNode, Style

TEXTS = {"framework": FRAMEWORK, "vocabulary": VOCABULARY, "constraints": CONSTRAINTS, "decision": PATHWAY}
SHIPPED = ("2025", "2026", "2027-draft", "2027-draft+gap=monitoring")


def parts(**changed):
    """The small version as parts, some of its files others."""
    return tuple(part_of(text, kind) for kind, text in (TEXTS | changed).items())


def compared(before=None, after=None):
    """The small version, some of its files others, before and after."""
    return compare_structure(parts(**(before or {})), parts(**(after or {})))


def said(structure):
    return [(change.address, str(change.kind)) for change in structure.changes]


def one_change(**after):
    (change,) = compared(after=after).changes
    return change


def shipped_parts(text):
    return selector_of(text, catalogue_of(None)).parts()


# Addresses and kinds


@pytest.mark.parametrize(
    "kind, old, new, address, key",
    [
        ("vocabulary", "title: Leaders", "title: The leaders", "vocabulary/facts/leaders", "title"),
        ("vocabulary", "outstanding], c", "outstanding, best], c", "vocabulary/scales/four", "worst_to_best"),
        ("vocabulary", "members: [help, care]", "members: [help]", "vocabulary/groups/practice", "members"),
        ("vocabulary", "title: All is well", "title: All is fine", "vocabulary/definitions/fine", "title"),
        ("constraints", "force: always", "force: usual", "constraints/C1", "force"),
        ("constraints", "at most good", "at least good", "constraints/C1", "require"),
        ("decision", "question: What follows?", "question: What comes?", "decisions/pathway", "question"),
        ("decision", "resolve: first", "resolve: agree", "decisions/pathway", "resolve"),
        ("decision", "title: Light", "title: Lighter", "decisions/pathway/outcomes/light", "title"),
        ("decision", "leaders is at least good", "leaders is good", "decisions/pathway/rules/light", "when"),
        ("decision", "note: Nothing is said.", "note: Nothing was said.", "decisions/pathway/left_open/1", "note"),
        ("framework", "status: in force", "status: draft", "framework", "status"),
        ("framework", "2026-04-01", "2026-05-01", "framework", "applies_to/inspections_starting/from"),
        ("framework", "title: A paper", "title: The paper", "framework/sources/paper", "title"),
    ],
)  # fmt: skip
def test_a_changed_statement_has_its_address_and_the_keys_that_differ(kind, old, new, address, key):
    change = one_change(**{kind: put(TEXTS[kind], old, new)})
    assert (change.address, change.kind, [each.key for each in change.keys]) == (address, Kind.CHANGED, [key])
    assert change.before.source.text == TEXTS[kind]
    assert change.after.source.text == put(TEXTS[kind], old, new)


def test_added_and_removed_statements_hold_all_their_keys():
    fact = "  more: {type: truth, title: More, confidence: assumed}\n"
    more = put(VOCABULARY, "facts:\n", f"facts:\n{fact}")
    added, removed = compared(after={"vocabulary": more}), compared(before={"vocabulary": more})
    assert said(added) == [("vocabulary/facts/more", "added")]
    assert said(removed) == [("vocabulary/facts/more", "removed")]
    assert [(each.key, each.before, each.after.words) for each in added.changes[0].keys] == [
        ("type", None, "truth"), ("title", None, "More"), ("confidence", None, "assumed"),
    ]  # fmt: skip
    assert [(each.key, each.before.words, each.after) for each in removed.changes[0].keys] == [
        ("type", "truth", None), ("title", "More", None), ("confidence", "assumed", None),
    ]  # fmt: skip
    assert (added.changes[0].before, removed.changes[0].after) == (None, None)
    assert added.changes[0].after.text == removed.changes[0].before.text == "more"
    assert added.changes[0].confidences == ("assumed",)
    assert added.kept == removed.kept == compared().kept


def test_every_statement_counts_once():
    same = compared()
    assert same.is_same
    assert same.counts == {kind: 19 if kind is Kind.KEPT else 0 for kind in Kind}
    assert counts_line(same) == "Statements: no statement differs; 19 kept."
    other = compared(after={"constraints": "constraints: []\n"})
    assert other.counts[Kind.REMOVED] == 1
    assert sum(other.counts.values()) == 19


def test_a_redline_holds_the_condition_in_its_canonical_spelling():
    change = one_change(
        decision=put(PATHWAY, "leaders is at least good and fine", "(leaders   is at least weak) and fine")
    )
    (key,) = change.keys
    assert [(run.mark, run.text) for run in key.runs] == [
        (Mark.SAME, "leaders is at least"), (Mark.DELETED, "good"), (Mark.INSERTED, "weak"), (Mark.SAME, "and fine"),
    ]  # fmt: skip


def test_values_that_look_the_same_are_told_apart():
    (key,) = one_change(framework=put(FRAMEWORK, "version: one", "version: 'true'")).keys
    assert [run.text for run in key.runs] == ["one", "true"]
    change = compare_structure(
        parts(framework=put(FRAMEWORK, "version: one", "version: 'true'")),
        parts(framework=put(FRAMEWORK, "version: one", "version: true")),
    ).changes[0]
    assert [run.text for run in change.keys[0].runs] == ['"true"', "true"]
    assert (change.keys[0].before.plain, change.keys[0].after.plain) == ("true", True)


@pytest.mark.parametrize(
    "before, after, same",
    [
        ("1", "1.0", False), ("1.0", "1.00", True), ("1", "true", False), ("'1'", "1", False), ("a", "'a'", True),
        ("a  b", "a b", True), ("a\u00a0b", "a b", False), ("[a, b]", "[b, a]", False), ("[a b]", "[a, b]", False),
        ("['a · b']", "[a, b]", False), ("{a: 1, b: 2}", "{b: 2, a: 1}", True), ("[{a: 1, b: 2}]", "[{b: 2, a: 1}]", True),
        ("[{a: 1}, {b: 2}]", "[{b: 2}, {a: 1}]", False), ("{}", "[]", False), ("{}", "''", False), ("null", "''", False),
        ("0.10000000000000000000001", "0.1", False), ("[{id: a, x: 1}, {id: b}]", "[{id: b}, {id: a, x: 1}]", True),
    ],
)  # fmt: skip
def test_what_is_the_same(before, after, same):
    head = "decision: d\nthing: "
    found = compare_structure((part_of(f"{head}{before}\n"),), (part_of(f"{head}{after}\n"),))
    assert found.is_same is same
    if not same:
        assert any(run.mark is not Mark.SAME for key in found.changes[0].keys for run in key.runs)


# Order

RULE = "  - {{id: {0}, when: flag, then: heavy, modality: will, confidence: stated, source: {{document: paper}}}}\n"


def with_rules(names):
    return PATHWAY[: PATHWAY.index("rules:")] + "rules:\n" + "".join(RULE.format(each) for each in names)


def moved(before, after):
    found = compared({"decision": with_rules(before)}, {"decision": with_rules(after)})
    return [change.address[-1] for change in found.changes if change.kind is Kind.MOVED], found


@pytest.mark.parametrize(
    "before, after, expected",
    [
        ("abc", "abc", ""), ("abcd", "dabc", "d"), ("abcd", "bcda", "a"), ("abcd", "axbcd", ""), ("abcd", "acd", ""),
        ("abcd", "cxabd", "c"), ("abcde", "edcba", "edcb"), ("abcdef", "bacdfe", "af"),
    ],
)  # fmt: skip
def test_the_fewest_rules_are_said_to_have_moved(before, after, expected):
    names, found = moved(before, after)
    assert len(names) == len(expected)
    assert {change.address[-1] for change in found.changes if change.kind is Kind.ADDED} == set(after) - set(before)
    assert {change.address[-1] for change in found.changes if change.kind is Kind.REMOVED} == set(before) - set(after)


def test_the_moved_ones_are_the_fewest_in_every_order_and_the_others_keep_theirs():
    for seed in range(60):
        random = Random(seed)
        before = random.sample("abcdefg", 6)
        after = random.sample("abcdefg", 6)
        names, _ = moved(before, after)
        common = [each for each in before if each in after]
        stay = [each for each in common if each not in names]
        assert stay == [each for each in after if each in stay]
        longer = combinations(common, len(stay) + 1)
        assert not any([each for each in after if each in some] == list(some) for some in longer)


def test_a_moved_statement_says_where_it_stood_and_stands():
    _, found = moved("abcd", "dabc")
    (change,) = found.changes
    stood, stands = change.moved
    assert ((stood.number, stood.previous), (stands.number, stands.previous)) == ((4, "c"), (1, ""))
    (_, _, heading, where, _) = structure_blocks(found)
    assert heading == Heading("decisions/pathway/rules/d: moved", 3)
    assert where == Paragraph("Stood in place 4, after c, stands first.")
    assert structure_data(found)["changes"][0]["moved"] == [{"number": 4, "after": "c"}, {"number": 1, "after": None}]


def test_a_statement_can_be_changed_and_moved():
    after = with_rules("cab").replace("id: c, when: flag", "id: c, when: not flag")
    (change,) = compared({"decision": with_rules("abc")}, {"decision": after}).changes
    assert (change.kind, change.moved is not None, [each.key for each in change.keys]) == (Kind.CHANGED, True, ["when"])
    titles = [each.text for each in structure_blocks(compared({"decision": with_rules("abc")}, {"decision": after}))
              if isinstance(each, Heading)]  # fmt: skip
    assert titles[1] == "decisions/pathway/rules/c: changed and moved"


def test_words_of_a_scale_that_stand_elsewhere_are_named():
    other = put(VOCABULARY, "[inadequate, weak, good, outstanding]", "[inadequate, good, weak, outstanding]")
    (key,) = one_change(vocabulary=other).keys
    assert len(key.moved) == 1
    assert set(key.moved) <= {"weak", "good"}


def test_the_order_of_outcomes_counts_only_where_they_are_ordered():
    swapped = put(
        put(PATHWAY, "  light: {title: Light}\n", ""), "{title: Heavy}\n", "{title: Heavy}\n  light: {title: Light}\n"
    )
    assert [change.kind for change in compared(after={"decision": swapped}).changes] == [Kind.MOVED]
    free = {"decision": put(PATHWAY, "outcomes_ordered: best to worst\n", "")}
    assert compared(free, {"decision": put(swapped, "outcomes_ordered: best to worst\n", "")}).is_same


# Lists without ids

OPEN = PATHWAY[: PATHWAY.index("left_open:")] + "left_open:\n"


def left_open(*entries):
    return OPEN + "".join(f"  - {{when: {when}, note: {note}, confidence: derived}}\n" for when, note in entries)


@pytest.mark.parametrize(
    "before, after, expected",
    [
        ([("flag", "One"), ("fine", "Two")], [("fine", "Two"), ("flag", "One")], []),
        ([("flag", "One"), ("fine", "Two")], [("fine", "Two")], [("1", "removed", "")]),
        ([("fine", "Two")], [("flag", "One"), ("fine", "Two")], [("1", "added", "")]),
        ([("flag", "One")], [("( flag )", "Another thing altogether")], [("1", "changed", "note")]),
        ([("flag and fine", "Some words")], [("fine", "x"), ("flag", "Some words")],
         [("1", "added", ""), ("2", "changed", "when")]),
        ([("flag", "One")], [("leaders is weak", "Nothing like it was said")], [("1", "removed", ""), ("1", "added", "")]),
        ([("flag", "One"), ("flag", "One")], [("flag", "One")], [("2", "removed", "")]),
    ],
)  # fmt: skip
def test_entries_without_ids_are_aligned_by_what_they_say(before, after, expected):
    found = compared({"decision": left_open(*before)}, {"decision": left_open(*after)})
    shown = [
        (each.address.removeprefix("decisions/pathway/left_open/"), str(each.kind),
         "".join(key.key for key in each.keys) if each.kind is Kind.CHANGED else "")
        for each in found.changes
    ]  # fmt: skip
    assert shown == expected


def test_entries_of_several_files_at_one_address_are_all_compared():
    one, other = (part_of(f"constraints:\n  - {{id: C, note: {note}}}\n", "constraints") for note in ("a", "b"))
    third = part_of("constraints:\n  - {id: C, note: c}\n", "constraints")
    assert compare_structure((one, other), (one, other)).kept == 2
    assert said(compare_structure((one, other), (third, other))) == [("constraints/C", "changed")]
    assert said(compare_structure((one, other), (one,))) == [("constraints/C", "removed")]


# Nothing is lost, and layout is nothing


def nodes_with_one_scalar_changed(node):
    """The tree once for each scalar, keys included, in which that scalar says something else."""
    match node:
        case ScalarNode(text=text):
            yield replace(node, text=f"{text} more", style=Style.SINGLE)
        case MappingNode(entries=entries):
            for number, entry in enumerate(entries):
                keys = replace(entry, key=replace(entry.key, text=f"{entry.key.text}_more"))
                inner = (replace(entry, value=each) for each in nodes_with_one_scalar_changed(entry.value))
                for other in (keys, *inner):
                    yield replace(node, entries=(*entries[:number], other, *entries[number + 1 :]))
        case SequenceNode(items=items):
            for number, item in enumerate(items):
                for other in nodes_with_one_scalar_changed(item):
                    yield replace(node, items=(*items[:number], other, *items[number + 1 :]))


@pytest.mark.exhaustive
@pytest.mark.parametrize("version", SHIPPED)
def test_no_changed_scalar_of_a_shipped_version_is_lost(version):
    before, changed = shipped_parts(version), 0
    for number, part in enumerate(before):
        for node in nodes_with_one_scalar_changed(part.node):
            changed += 1
            after = (*before[:number], replace(part, node=node), *before[number + 1 :])
            assert not compare_structure((part,), (replace(part, node=node),)).is_same
            if changed % 20 == 0:
                assert not compare_structure(before, after).is_same
    assert changed > 150


@pytest.mark.exhaustive
@pytest.mark.parametrize("version", SHIPPED)
def test_no_scalar_that_is_left_out_is_lost(version):
    for part in shipped_parts(version):
        for node in _without_one_entry(part.node):
            found = compare_structure((part,), (replace(part, node=node),))
            assert not found.is_same
            assert not compare_structure((replace(part, node=node),), (part,)).is_same


def _without_one_entry(node):
    match node:
        case MappingNode(entries=entries):
            for number, entry in enumerate(entries):
                yield replace(node, entries=entries[:number] + entries[number + 1 :])
                for value in _without_one_entry(entry.value):
                    yield replace(
                        node, entries=(*entries[:number], replace(entry, value=value), *entries[number + 1 :])
                    )
        case SequenceNode(items=items):
            for number, item in enumerate(items):
                yield replace(node, items=items[:number] + items[number + 1 :])
                for value in _without_one_entry(item):
                    yield replace(node, items=(*items[:number], value, *items[number + 1 :]))


def scalars(node):
    """Every scalar of a tree as it counts, with the keys that lead to it."""
    match node:
        case ScalarNode(text=text):
            return Counter([text])
        case MappingNode(entries=entries):
            return sum((Counter({(e.key.text, s): n for s, n in scalars(e.value).items()}) for e in entries), Counter())
        case SequenceNode(items=items):
            return sum(map(scalars, items), Counter())


def drawn_part(random, kind):
    """A file of that kind with keys and values of any shape, whether or not they make sense."""

    def value(depth):
        shape = random.choice(("scalar", "scalar", "mapping", "list", "entries")) if depth < 4 else "scalar"
        match shape:
            case "scalar":
                return random.choice(("a", "b", "'1'", "1", "true", "flag and x", "a b", "''"))
            case "mapping":
                return "{" + ", ".join(f"{key}: {value(depth + 1)}" for key in drawn_keys()) + "}"
            case "list":
                return "[" + ", ".join(value(depth + 1) for _ in range(random.randint(1, 3))) + "]"
            case _:
                return "[" + ", ".join(f"{{id: {random.choice('abc')}, x: {value(depth + 1)}}}" for _ in range(2)) + "]"

    def drawn_keys():
        return random.sample(
            ("id", "when", "rules", "left_open", "outcomes", "facts", "note", "invariants"), random.randint(1, 4)
        )

    return part_of("\n".join(f"{key}: {value(0)}" for key in drawn_keys()) + "\n", kind, f"{kind}s/x.yaml")


@pytest.mark.exhaustive
@pytest.mark.parametrize("kind", ["framework", "vocabulary", "constraints", "decision", "invariants", "unheard_of"])
def test_drawn_files_that_differ_in_any_scalar_differ(kind):
    random, differing = Random(1), 0
    for _ in range(400):
        before, after = drawn_part(random, kind), drawn_part(random, kind)
        assert compare_structure((before,), (before,)).is_same
        if scalars(before.node) != scalars(after.node):
            differing += 1
            assert not compare_structure((before,), (after,)).is_same
    assert differing > 300


@pytest.mark.parametrize("version", SHIPPED)
def test_a_version_that_is_only_written_anew_is_the_same(version):
    before = shipped_parts(version)
    for seed in range(12):
        random = Random(seed)
        after = tuple(rewritten(part, random) for part in random.sample(before, len(before)))
        found = compare_structure(before, after)
        assert found.is_same, [(each.address, each.kind, each.keys) for each in found.changes]


def test_the_files_are_written_anew_in_many_ways():
    texts = {rewritten(part_of(PATHWAY), Random(seed)).node.span.source.text for seed in range(30)}
    assert len(texts) == 30
    assert any("|" in text for text in texts)
    assert any("#" in text for text in texts)


@pytest.mark.exhaustive
@pytest.mark.parametrize("before", SHIPPED)
@pytest.mark.parametrize("after", SHIPPED)
def test_what_is_added_one_way_is_removed_the_other_way(before, after):
    there, back = (
        compare_structure(shipped_parts(one), shipped_parts(other)) for one, other in ((before, after), (after, before))
    )
    assert there.is_same is (before == after)
    mirror = {Kind.ADDED: Kind.REMOVED, Kind.REMOVED: Kind.ADDED}
    assert {(each.address, each.kind) for each in there.changes} == {
        (each.address, mirror.get(each.kind, each.kind)) for each in back.changes
    }
    assert there.kept == back.kept


# Reading order, composed versions, reports


def test_changes_follow_the_later_version_and_removed_ones_stand_where_they_stood():
    before = {"vocabulary": put(VOCABULARY, "  flag:", "  old: {type: truth, title: Old, confidence: stated}\n  flag:")}
    after = {
        "vocabulary": put(put(VOCABULARY, "title: Leaders", "title: L"), "title: A flag", "title: F"),
        "decision": put(PATHWAY, "title: Light", "title: L"),
        "framework": put(FRAMEWORK, "title: A small", "title: The small"),
    }
    assert [address for address, _ in said(compared(before, after))] == [
        "framework", "vocabulary/facts/leaders", "vocabulary/facts/old", "vocabulary/facts/flag",
        "decisions/pathway/outcomes/light",
    ]  # fmt: skip
    assert [address for address, _ in said(compare_structure(parts(**before)[::-1], parts(**after)[::-1]))] == [
        address for address, _ in said(compared(before, after))
    ]


def test_a_draft_is_composed_before_it_is_compared(tmp_path):
    made = catalogue(tmp_path)
    one, two = made.composed("one"), made.composed("two", {"weight": "stricter"})
    assert {part.kind for part in one} == {"framework", "vocabulary", "constraints", "decision"}
    found = compare_structure(one, two)
    assert said(found) == [
        ("framework", "changed"), ("framework/sources/idea", "added"), ("decisions/pathway/rules/heavy", "changed"),
    ]  # fmt: skip
    rule = found.changes[-1]
    assert [key.key for key in rule.keys] == ["when", "confidence", "source/document"]
    assert Path(rule.before.source.name).name == "pathway.yaml"
    assert Path(rule.after.source.name).name == "weight.yaml"
    assert said(compare_structure(one, made.composed("two"))) == said(found)[:2]


def test_a_version_that_does_not_load_is_never_compared(tmp_path):
    made = catalogue(tmp_path, FILES | {"one/constraints.yaml": put(CONSTRAINTS, "force: always", "force: never")})
    for version in ("one", "two"):
        with pytest.raises(PolicyError):
            made.composed(version)
    with pytest.raises(NoSuchVersion):
        made.composed("three")
    with pytest.raises(NoSuchVersion):
        made.composed("one", {"weight": "stricter"})
    broken = catalogue(
        tmp_path / "other", FILES | {"two/proposals/weight.yaml": put(PROPOSAL, "rules/heavy", "rules/no")}
    )
    with pytest.raises(PolicyError):
        broken.composed("two", {"weight": "stricter"})
    assert "base: one" in DRAFT


def shown_in(blocks):
    """What is shown of each change, in one text."""
    found = []
    for block in blocks:
        match block:
            case Heading(level=3):
                found.append("")
            case Pairs(items):
                found[-1] += " ".join(f"{name} {value}\n" for name, value in items)
            case Redline(items):
                found[-1] += " ".join(f"{name} {'|'.join(run.text for run in runs)}\n" for name, runs in items)
    return found


def test_illustrative_statements_say_so():
    found = compare_structure(shipped_parts("2026"), shipped_parts("2027-draft+gap=monitoring"))
    titles = [each.text for each in structure_blocks(found) if isinstance(each, Heading)]
    assert "decisions/pathway/rules/leaders_alone: added (illustrative)" in titles
    assert [each["address"] for each in structure_data(found)["changes"] if each["illustrative"]] == [
        title.partition(":")[0] for title in titles if title.endswith("(illustrative)")
    ]


def test_the_blocks_show_every_change_with_its_words_and_places():
    found = compare_structure(shipped_parts("2025"), shipped_parts("2026"))
    blocks = list(structure_blocks(found))
    assert blocks[1].text == counts_line(found)
    heads = [each.text.partition(":")[0].partition(" “")[0] for each in blocks if isinstance(each, Heading)]
    assert heads[1:] == [change.address for change in found.changes]
    for change, shown in zip(found.changes, shown_in(blocks), strict=True):
        for key in change.keys:
            words = {run.text for run in key.runs} if key.key != "id" else set()
            assert [each for each in words if each not in shown] == []
        for span in filter(None, (change.before, change.after)):
            assert any(span.place in each.text for each in blocks if isinstance(each, Paragraph))
    data = structure_data(found)
    assert [each["address"] for each in data["changes"]] == [change.address for change in found.changes]
    assert sum(data["counts"].values()) == len(found.changes) + found.kept


# What is called otherwise, was split, or has entries of its own


def headings(structure):
    return [each.text for each in structure_blocks(structure) if isinstance(each, Heading) and each.level == 3]


def rows(structure):
    """Every row that is shown, with its marks."""
    signs = {Mark.SAME: "", Mark.INSERTED: "+", Mark.DELETED: "-"}
    for block in structure_blocks(structure):
        match block:
            case Redline(items):
                yield from ((name, " ".join(f"{signs[run.mark]}{run.text}" for run in runs)) for name, runs in items)
            case Pairs(items):
                yield from items


def test_a_statement_of_which_only_the_title_differs_is_renamed():
    found = compared(after={"vocabulary": put(VOCABULARY, "title: Leaders", "title: The leaders")})
    (change,) = found.changes
    assert (change.kind, change.is_renamed, change.only_renamed) == (Kind.CHANGED, True, True)
    assert headings(found) == ["vocabulary/facts/leaders: renamed"]
    assert counts_line(found).startswith("Statements: 1 changed (1 of them renamed); ")
    assert structure_data(found)["changes"][0]["renamed"] is True


def test_a_statement_of_which_more_differs_is_renamed_and_changed():
    other = put(put(VOCABULARY, "title: Leaders", "title: The leaders"), "outstanding], c", "outstanding, best], c")
    text = put(other, "title: The leaders", "title: The leaders, note: A note")
    found = compared(after={"vocabulary": text})
    assert "vocabulary/facts/leaders: renamed and changed" in headings(found)


def test_that_two_versions_have_two_titles_renames_nothing():
    found = compared(after={"framework": put(FRAMEWORK, "title: A small", "title: Another")})
    assert headings(found) == ["framework: changed"]
    assert (counts_line(found).partition(";")[0], structure_data(found)["changes"][0]["renamed"]) == (
        "Statements: 1 changed",
        False,
    )


def test_a_statement_that_keeps_its_title_is_told_with_it():
    found = compared(after={"vocabulary": put(VOCABULARY, "title: Leaders", "title: Leaders, note: A note")})
    assert headings(found) == ["vocabulary/facts/leaders “Leaders”: changed"]
    assert counts_line(found).startswith("Statements: 1 changed; ")
    assert (found.changes[0].is_renamed, structure_data(found)["changes"][0]["split_from"]) == (False, None)


def test_what_was_split_says_from_what():
    fact = "  part: {type: truth, title: A part, split_from: flag, confidence: assumed}\n"
    found = compared(after={"vocabulary": put(VOCABULARY, "facts:\n", f"facts:\n{fact}")})
    assert headings(found) == ["vocabulary/facts/part: added, split from flag"]
    assert structure_data(found)["changes"][0]["split_from"] == "flag"
    gone = compared(before={"vocabulary": put(VOCABULARY, "facts:\n", f"facts:\n{fact}")})
    assert headings(gone) == ["vocabulary/facts/part: removed"]


CRITERIA = """\
criteria:
  L-1:
    judgement: leaders
    title: Direction
    topics:
      plan: {title: The plan, confidence: stated, source: {document: paper, note: In two places}}
      staff: {title: The staff, confidence: assumed}
    confidence: stated
"""


def criteria_compared(before, after):
    return compare_structure(*((*parts(), part_of(text, "criteria")) for text in (before, after)))


def test_topics_are_told_one_by_one():
    with_money = put(CRITERIA, "staff: {title: The staff,", "money: {title: The money,")
    found = criteria_compared(CRITERIA, put(with_money, "title: The plan", "title: A plan"))
    assert list(rows(found)) == [
        ("topics / plan / title", "-The +A plan"),
        ("topics / staff", "-The staff (assumed)"),
        ("topics / money", "+The money (assumed)"),
    ]
    assert headings(found) == ["criteria/L-1 “Direction”: changed"]


def test_a_topic_that_only_gets_a_note_is_not_told_as_added():
    found = criteria_compared(CRITERIA, put(CRITERIA, "title: The staff,", "title: The staff, note: All of them,"))
    assert list(rows(found)) == [("topics / staff / note", "+All of them")]


def test_the_topics_of_a_criterion_that_is_added_are_a_line_each():
    more = CRITERIA + CRITERIA.replace("criteria:\n", "").replace("L-1", "L-2")
    assert ("topics / plan", "The plan (stated, paper); source / note: In two places") in list(
        rows(criteria_compared(CRITERIA, more))
    )


def test_a_list_of_mappings_is_read_without_signs():
    before = put(
        FRAMEWORK, "from: 2026-04-01", "from: 2026-04-01}, assumed_for: [{starting: {from: 2026-05}, because: So"
    )
    found = compared(after={"framework": put(before, "because: So}", "because: So}]")})
    assert "because: So, starting: from: 2026-05" in dict(rows(found))["applies_to / assumed_for"]


@pytest.mark.parametrize(
    "before, after, headings_told",
    [
        ("2018-09", "2023", ("in_care: added, split from", "care_leavers: added, split from")),
        ("2023", "2024-04", ("criteria/HP-4: renamed and changed",)),
    ],
)
def test_what_became_of_the_shipped_versions_is_told(before, after, headings_told):
    told = "\n".join(headings(compare_structure(shipped_parts(before), shipped_parts(after))))
    assert [each for each in headings_told if each not in told] == []


def test_the_topics_that_came_and_went_in_the_shipped_versions_are_told():
    told = dict(rows(compare_structure(shipped_parts("2023"), shipped_parts("2024-04"))))
    assert told["topics / corporate_parenting"].startswith("+Corporate parenting (stated, ")
    assert told["topics / accreditation"].startswith("-The national assessment")
