"""The situations of a decision, or over some facts, one after the other, without diagrams."""

from agreement.brute import Brute, holding
from comparison.completions import facts_read, names_in
from greenpaper.situations.compiled import compiled


class ByHand:
    """The situations of one decision, or over `counted` facts, each tried once, with the values of those facts."""

    def __init__(self, version, framework, name, counted=None):
        self.version, self.name = version, name
        counted = counted or self.counted()
        self.facts = [fact for fact in version.facts if fact in counted]
        self.space = compiled(framework).space
        always = [each for each in version.constraints if each.force == "always"]
        tied = [each for each in always if self.reads(each.require, each.when) <= counted]
        holds = [(holding(version, each.when) if each.when else None, holding(version, each.require)) for each in tied]
        self.situations = {}
        for completion in Brute(version).completions:
            at = tuple(self.cells_of({fact: completion.values[fact] for fact in self.facts}).values())
            record = dict(completion.values)
            if all((when and not when(record)) or require(record) for when, require in holds):
                self.situations.setdefault(at, completion)
        written = version.decisions.get(name)
        self.rules = {each.id: holding(version, each.when) for each in written.rules} if written else {}
        self.left_open = [holding(version, each) for each in written.left_open] if written else []

    def counted(self):
        """The facts that the decision reads, and those that a constraint ties to them, however far."""
        written = self.version.decisions[self.name]
        found = self.reads(*(rule.when for rule in written.rules), *written.left_open)
        ties = [self.reads(each.require, each.when) for each in self.version.constraints if each.force == "always"]
        while wider := [tie for tie in ties if tie & found and not tie <= found]:
            found = found.union(*wider)
        return found

    def cells_of(self, values):
        """Fact → its cell."""
        return {fact: self.space.cells[self.space.level[fact]].cell_of(value) for fact, value in values.items()}

    def reads(self, *conditions):
        found, waiting = set(), [each for each in conditions if each]
        while waiting:
            for name in names_in(self.version, waiting.pop()):
                if name in self.version.definitions:
                    waiting.append(self.version.definitions[name])
                elif name in self.version.decisions:
                    found |= facts_read(self.version, name)
                else:
                    found.add(name)
        return found

    def count(self, *tests):
        return sum(all(test(dict(each.values)) for test in tests) for each in self.situations.values())

    def no_rule(self, record):
        return not any(when(record) for when in self.rules.values())

    def some_rule(self, record):
        return not self.no_rule(record)

    def open(self, record):
        return any(when(record) for when in self.left_open)

    def not_open(self, record):
        return not self.open(record)
