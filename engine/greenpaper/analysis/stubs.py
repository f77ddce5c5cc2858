"""What an author could paste: entries of `left_open` for exactly the situations that nothing is said of."""

from greenpaper.analysis.coverage import Coverage
from greenpaper.analysis.literals import OF_A_RULE, atoms, literals_of
from greenpaper.analysis.regions import Describer

MOST_ENTRIES = 8
TO_FILL_IN = "Say here what the source does not say."


def left_open_stub(coverage: Coverage) -> str:
    """The entries as YAML, with their key where the file has none yet; empty where they would be too many to read."""
    conditions = _conditions(coverage)
    head = [] if coverage.decision.left_open else ["left_open:"]
    lines = [
        line
        for condition in conditions
        for line in (f"  - when: {condition}", f"    note: {TO_FILL_IN}", "    confidence: assumed")
    ]
    return "\n".join([*head, *lines]) if conditions else ""


def _conditions(coverage: Coverage) -> tuple[str, ...]:
    """Conditions that hold, within the constraints, in the undeclared situations and in no others.

    None where they are too many, or where no rule applies anywhere.
    """
    counter, whole = coverage.counter, coverage.counter.whole
    vocabulary = whole.framework.vocabulary
    kinds = {fact: vocabulary.facts[fact].type for fact in counter.facts}
    terms = (rule.when.term for rule in coverage.decision.rules)
    used = [literal for term in terms for literal in atoms(term, OF_A_RULE)]
    groups = {name: group.members for name, group in vocabulary.groups.items()}
    cells = [whole.space.cells[level] for level in counter.levels]
    describer = Describer(whole.compiler, counter.levels, counter.inside, literals_of(cells, kinds, groups, used))
    found = describer.describe(coverage.missing, most=MOST_ENTRIES)
    conditions = tuple(region.words for region in found.regions)
    return () if found.beyond or not all(conditions) else conditions
