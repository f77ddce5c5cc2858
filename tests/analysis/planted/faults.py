"""Faults to plant in copies of the shipped versions, one at a time, and what must be said of each.

Long, because it is a table.
"""

from dataclasses import dataclass, field

PATHWAY, VOCABULARY, CONSTRAINTS = "decisions/pathway.yaml", "vocabulary.yaml", "constraints.yaml"
FRAMEWORK, EXPLAINED, PROPOSAL = "framework.yaml", "explained.yaml", "proposals/gap.yaml"
RULES, OUTCOMES, DECISION = "decisions/pathway/rules/", "decisions/pathway/outcomes/", "decisions/pathway"


@dataclass(frozen=True)
class Fault:
    """`old` in `file` of `version` becomes `new`; an empty `old` adds at the end. `finds` are (code, about, text there).

    `also` are notes that must be there; errors and warnings must be those in `finds` and no others.
    """

    name: str
    version: str
    file: str
    old: str
    new: str
    finds: tuple[tuple[str, str, str], ...] = ()
    also: tuple[tuple[str, str, str], ...] = ()
    options: dict[str, str] = field(default_factory=dict)


def rule(name: str, when: str, then: str, source: str) -> str:
    return (
        f"  - id: {name}\n    when: {when}\n    then: {then}\n    modality: will\n    confidence: assumed\n"
        f"    source: {{document: {source}}}\n"
    )


def constraint(name: str, require: str, when: str = "", force: str = "always") -> str:
    where = f"    when: {when}\n" if when else ""
    return (
        f"  - id: {name}\n{where}    require: {require}\n    force: {force}\n    confidence: assumed\n"
        "    source: {document: reports}\n"
    )


def explained(name: str, finding: str, about: str) -> str:
    return f"  - {{id: {name}, finding: {finding}, about: {about}, because: So it is., confidence: assumed}}\n"


MONITORING = "any of practice is inadequate"
INTENSIVE = "leaders is requires_improvement or at least 2 of practice are requires_improvement"
LIGHT = "leaders is at least good and at least 2 of practice are at least good"
OPEN = "leaders is inadequate and none of practice are inadequate and at most 1 of practice is requires_improvement"
GAP = ("nothing-applies", DECISION, "rules")
RELEASE = "release-2026-03-20"
GUIDE = "guide-nottinghamshire"


def in_2026(name: str, old: str, new: str, *finds: tuple[str, str, str], also=()) -> Fault:
    return Fault(name, "2026", PATHWAY, old, new, finds, tuple(also))


def of_names(name: str, old: str, new: str, *finds: tuple[str, str, str], also=()) -> Fault:
    return Fault(name, "2026", VOCABULARY, old, new, finds, tuple(also))


def of_limits(name: str, new: str, *finds: tuple[str, str, str], also=()) -> Fault:
    return Fault(name, "2025", CONSTRAINTS, "", new, finds, tuple(also))


def before(rule_id: str, added: str) -> tuple[str, str]:
    """A rule put in front of another."""
    return f"  - id: {rule_id}\n", f"{added}  - id: {rule_id}\n"


CONFLICTS = (
    ("rules-conflict", f"{RULES}monitoring+intensive", INTENSIVE),
    ("rules-conflict", f"{RULES}monitoring+light", LIGHT),
)

GAPS = (
    in_2026("a rule loses its second half", INTENSIVE, "leaders is requires_improvement", GAP),
    in_2026("a rule asks for outstanding", LIGHT, LIGHT.replace("at least good", "outstanding", 1), GAP),
    in_2026("a rule asks for all instead of two", LIGHT, LIGHT.replace("at least 2 of", "all of"), GAP),
    in_2026("a rule asks for all instead of any", MONITORING, "all of practice are inadequate", GAP),
    in_2026("a rule asks for three instead of two", INTENSIVE, INTENSIVE.replace("at least 2", "at least 3"), GAP),
    in_2026(
        "what is left open is narrower than the gap",
        OPEN,
        OPEN.replace("at most 1 of practice is", "none of practice are"),
        GAP,
    ),
    in_2026(
        "what is left open is wider than the gap",
        OPEN,
        "leaders is inadequate and none of practice are inadequate",
        ("left-open-covered", f"{DECISION}/left_open/1", "leaders is inadequate and none of practice are inadequate"),
    ),
    in_2026(
        "what is left open is not the gap",
        OPEN,
        OPEN.replace("leaders is inadequate", "leaders is requires_improvement"),
        GAP,
        (
            "left-open-covered",
            f"{DECISION}/left_open/1",
            OPEN.replace("leaders is inadequate", "leaders is requires_improvement"),
        ),
    ),
    Fault(
        "a rule of the version before no longer speaks of good",
        "2025",
        PATHWAY,
        "overall is at least good",
        "overall is outstanding",
        (GAP,),
    ),
    Fault(
        "an option no longer closes the gap",
        "2027-draft",
        PROPOSAL,
        "any of practice is better than leaders",
        "in_care is better than help_and_protection",
        (GAP,),
        options={"gap": "monitoring"},
    ),
)

TOGETHER = (
    in_2026("rules that overlap must agree", "resolve: first", "resolve: agree", *CONFLICTS),
    in_2026("only one rule may apply", "resolve: first", "resolve: only one", *CONFLICTS),
    Fault(
        "a rule reaches into another, and no order is explained",
        "2025",
        PATHWAY,
        "overall is requires_improvement",
        "overall is between requires_improvement and good",
        (
            (
                "settled-by-order",
                f"{RULES}good-or-outstanding+requires-improvement",
                "overall is between requires_improvement and good",
            ),
        ),
    ),
    in_2026(
        "two rules lead to one outcome, and another outcome to none",
        "    then: intensive",
        "    then: monitoring",
        ("never-used", f"{OUTCOMES}intensive", "intensive"),
        also=[("rules-agree", f"{RULES}monitoring+intensive", INTENSIVE)],
    ),
)

IDLE = (
    in_2026(
        "a rule comes after one that covers it",
        *before("light", rule("weak", "all of practice are inadequate", "intensive", RELEASE)),
        ("never-decides", f"{RULES}weak", "all of practice are inadequate"),
    ),
    in_2026(
        "a rule is there twice",
        *before("light", rule("again", INTENSIVE, "light", RELEASE)),
        ("never-decides", f"{RULES}again", INTENSIVE),
    ),
    in_2026(
        "a rule comes after two that cover it together",
        *before("light", rule("either", "any of practice is inadequate and leaders is good", "light", RELEASE)),
        ("never-decides", f"{RULES}either", "any of practice is inadequate and leaders is good"),
    ),
    Fault(
        "a rule that the constraints exclude",
        "2025",
        PATHWAY,
        *before("inadequate", rule("never", "overall is outstanding and leaders is good", "light", GUIDE)),
        (("never-applies", f"{RULES}never", "overall is outstanding and leaders is good"),),
    ),
    in_2026(
        "a rule that contradicts itself",
        *before("light", rule("never", "leaders is good and leaders is outstanding", "light", RELEASE)),
        ("never-applies", f"{RULES}never", "leaders is good and leaders is outstanding"),
    ),
    in_2026(
        "a rule that another would stand in for",
        *before("light", rule("top", "leaders is outstanding and all of practice are outstanding", "light", RELEASE)),
        ("needless-rule", f"{RULES}top", "leaders is outstanding and all of practice are outstanding"),
    ),
    Fault(
        "a rule that a later one would stand in for",
        "2025",
        PATHWAY,
        *before("good-or-outstanding", rule("good", "overall is good", "light", GUIDE)),
        (("needless-rule", f"{RULES}good", "overall is good"),),
    ),
    Fault(
        "a rule beside another that says more, where all of them must agree",
        "2025",
        PATHWAY,
        "resolve: first\nrules:\n",
        "resolve: agree\nrules:\n" + rule("good", "overall is good", "light", GUIDE),
        (("needless-rule", f"{RULES}good", "overall is good"),),
        (("rules-agree", f"{RULES}good+good-or-outstanding", "overall is at least good"),),
    ),
)

CONDITIONS = (
    Fault(
        "a rule that always applies",
        "2025",
        PATHWAY,
        "    when: overall is inadequate\n",
        "    when: overall is inadequate or overall is at least requires_improvement\n",
        tuple(
            (code, f"{RULES}{about}", "overall is inadequate or overall is at least requires_improvement")
            for code, about in (
                ("always-holds", "inadequate"),
                ("settled-by-order", "good-or-outstanding+inadequate"),
                ("settled-by-order", "requires-improvement+inadequate"),
            )
        ),
    ),
    in_2026(
        "an open point that can never be",
        "left_open:\n",
        "left_open:\n  - {when: leaders is good and leaders is inadequate, note: n, confidence: assumed}\n",
        ("never-holds", f"{DECISION}/left_open/1", "leaders is good and leaders is inadequate"),
    ),
    in_2026(
        "a part of a rule that another part implies",
        LIGHT,
        f"leaders is not inadequate and {LIGHT}",
        ("needless-part", f"{RULES}light", "leaders is not inadequate"),
    ),
    in_2026(
        "an alternative that another includes",
        MONITORING,
        f"{MONITORING} or all of practice are inadequate",
        ("needless-part", f"{RULES}monitoring", "all of practice are inadequate"),
    ),
    in_2026(
        "a part deep inside",
        INTENSIVE,
        "leaders is requires_improvement or "
        "(at least 2 of practice are requires_improvement and any of practice is requires_improvement)",
        ("needless-part", f"{RULES}intensive", "any of practice is requires_improvement"),
    ),
    in_2026(
        "a part of an open point that another implies",
        OPEN,
        f"{OPEN} and leaders is not good",
        ("needless-part", f"{DECISION}/left_open/1", "leaders is not good"),
    ),
    Fault(
        "a part that the constraints imply",
        "2025",
        PATHWAY,
        "overall is at least good",
        "overall is at least good and leaders is at least good",
        (("needless-part", f"{RULES}good-or-outstanding", "leaders is at least good"),),
    ),
)

NAMES = (
    of_names("a fact nobody asks for", "groups:\n", "  extra: {type: truth, title: t, confidence: assumed}\ngroups:\n",
             ("never-used", "facts/extra", "extra")),
    of_names("a date since which nothing is counted that anybody asks for", "groups:\n",
             "  ended: {type: date, title: t, confidence: assumed}\n"
             "  months: {type: whole number, unit: months, since: ended, title: t, confidence: assumed}\ngroups:\n",
             ("never-used", "facts/ended", "ended"), ("never-used", "facts/months", "months")),
    of_names("a group nobody counts", "", "  pair: {title: two, members: [in_care, care_leavers]}\n",
             ("never-used", "groups/pair", "pair")),
    of_names("a definition nobody uses", "", "definitions: {fine: {title: t, when: leaders is good}}\n",
             ("never-used", "definitions/fine", "fine")),
    of_names("a definition that only such a one uses", "",
             "definitions:\n  fine: {title: t, when: leaders is good}\n  finer: {title: t, when: fine}\n",
             ("never-used", "definitions/fine", "fine"), ("never-used", "definitions/finer", "finer")),
    of_names("a scale no fact is on", "facts:\n",
             "  two_point: {worst_to_best: [no_way, yes_way], confidence: assumed}\nfacts:\n",
             ("never-used", "scales/two_point", "two_point")),
    in_2026("an outcome no rule leads to", "outcomes:\n", "outcomes:\n  nothing: {title: Nothing}\n",
            ("never-used", f"{OUTCOMES}nothing", "nothing")),
    Fault("a source nothing rests on", "2026", FRAMEWORK, "sources:\n", "sources:\n  rumour: {title: t, publisher: p}\n",
          (("never-used", "sources/rumour", "rumour"),)),
    Fault("a source that no option of a draft rests on", "2027-draft", FRAMEWORK, "sources:\n",
          "sources:\n  rumour: {title: t, publisher: p}\n", (("never-used", "sources/rumour", "rumour"),)),
)  # fmt: skip

LIMITS = (
    of_limits("two constraints that contradict each other",
              constraint("A", "leaders is good") + constraint("B", "leaders is outstanding"),
              ("nothing-admissible", "constraints/A+B", "leaders is good")),
    of_limits("a constraint that contradicts itself", constraint("A", "leaders is good and overall is outstanding"),
              ("nothing-admissible", "constraints/OE-3+A", "leaders is outstanding and all of practice are at least good")),
    of_limits("a constraint that is always true", constraint("A", "leaders is good or leaders is not good"),
              ("excludes-nothing", "constraints/A", "leaders is good or leaders is not good")),
    of_limits("a constraint about what cannot be",
              constraint("A", "overall is good", "leaders is good and leaders is outstanding"),
              ("never-holds", "constraints/A", "leaders is good and leaders is outstanding")),
    of_limits("a constraint said to be about some, and about all",
              constraint("A", "in_care is good", "overall is good or overall is not good"),
              ("always-holds", "constraints/A", "overall is good or overall is not good")),
    of_limits("a constraint said twice", constraint("A", "overall is inadequate", "any of practice is inadequate"),
              also=[("follows-from-others", "constraints/A", "overall is inadequate")]),
    of_limits("an unusual constraint that nothing breaks",
              constraint("A", "leaders is at least good", "overall is good", "usual"),
              ("excludes-nothing", "constraints/A", "leaders is at least good")),
    of_limits("an unusual constraint that everything breaks",
              constraint("A", "overall is outstanding and leaders is good", force="usual"),
              ("flags-everything", "constraints/A", "overall is outstanding and leaders is good")),
)  # fmt: skip

FIVE = "  five_point:\n    worst_to_best: [worst, bad, middling, nice, nicest]\n    confidence: assumed\n    maps_from: MAP\nfacts:\n"
UNUSED_FIVE = ("never-used", "scales/five_point", "five_point")
MAPPED = "scales/five_point/maps_from/four_point"

SCALES = (
    of_names("a scale written from best to worst", "facts:\n",
             "  reversed: {worst_to_best: [outstanding, good, requires_improvement], confidence: assumed}\nfacts:\n",
             ("scales-disagree", "scales/four_point+reversed", "reversed"), ("never-used", "scales/reversed", "reversed")),
    of_names("a mapping that crosses", "facts:\n",
             FIVE.replace("MAP", "{four_point: {inadequate: [worst], good: [nice, nicest], outstanding: [bad, middling]}}"),
             ("maps-out-of-order", MAPPED, "four_point"), UNUSED_FIVE),
    of_names("a mapping whose best end falls", "facts:\n",
             FIVE.replace("MAP", "{four_point: {inadequate: [worst, nicest], good: [bad, middling, nice]}}"),
             ("maps-out-of-order", MAPPED, "four_point"), UNUSED_FIVE),
    of_names("a mapping that leaves out a grade", "facts:\n",
             FIVE.replace("MAP", "{four_point: {inadequate: [worst], good: [bad, middling], outstanding: [nicest]}}"),
             UNUSED_FIVE, also=[("never-mapped-to", MAPPED, "four_point")]),
    of_names("a mapping to a grade of no scale", "facts:\n", FIVE.replace("MAP", "{four_point: {inadequate: [wurst]}}"),
             ("maps-off-the-scale", "", "wurst")),
    of_names("a fact on another scale", "facts:\n  leaders:\n    type: grade\n    scale: four_point\n",
             "  two_point: {worst_to_best: [no_way, yes_way], confidence: assumed}\n"
             "facts:\n  leaders:\n    type: grade\n    scale: two_point\n",
             ("off-the-scale", "", "requires_improvement"), ("off-the-scale", "", "good"),
             ("off-the-scale", "", "inadequate")),
    in_2026("a grade of no scale", MONITORING, "any of practice is inadequat", ("off-the-scale", "", "inadequat")),
)  # fmt: skip

EXPLAINED_FAULTS = (
    Fault("a reason for a warning there is not", "2025", EXPLAINED, "",
          explained("x", "never-used", "facts/overall"), (("explains-nothing", "explained/x", "never-used"),)),
    Fault("a reason for the wrong source", "2025", EXPLAINED, "about: sources/launch-2017-11-29\n",
          "about: sources/launch-2017-11\n",
          (("explains-nothing", "explained/launch-says-less", "never-used"),
           ("never-used", "sources/launch-2017-11-29", "launch-2017-11-29"))),
    Fault("a reason for a misspelt finding", "2025", EXPLAINED, "",
          explained("x", "never-usd", "facts/overall"), (("unknown-finding", "explained/x", "never-usd"),)),
    Fault("a reason for what a note already says", "2025", EXPLAINED, "",
          explained("x", "follows-from-others", "constraints/OE-2"),
          (("explains-nothing", "explained/x", "follows-from-others"),)),
    Fault("a reason for one id twice", "2025", EXPLAINED, "",
          explained("launch-says-less", "never-used", "facts/overall"),
          (("duplicate-id", "", "launch-says-less"),)),
    Fault("no reason any more", "2023", EXPLAINED, "about: sources/launch-2017-11-29",
          "about: sources/reports",
          (("explains-nothing", "explained/launch-says-less", "never-used"),
           ("never-used", "sources/launch-2017-11-29", "launch-2017-11-29"))),
)  # fmt: skip

FAULTS = (*GAPS, *TOGETHER, *IDLE, *CONDITIONS, *NAMES, *LIMITS, *SCALES, *EXPLAINED_FAULTS)
