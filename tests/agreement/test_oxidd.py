"""Whether two versions are the same, and in how many situations they differ: the engine against the library `oxidd`."""

from collections import Counter

import pytest

from agreement.bits import Bits
from agreement.pairs import in_pairs
from agreement.situations import SideBySide
from greenpaper.comparison.compare import Movement
from greenpaper.comparison.difference import difference


@pytest.mark.exhaustive
def test_two_versions_differ_in_as_many_situations_as_another_library_counts():
    seen: Counter[str] = Counter()

    def check(before, after, one, other):
        found = difference(one, other)
        same = True
        for name, side in found.decisions.items():
            bits = Bits(SideBySide(before, after, name))
            counts = side.counts()
            differing = sum(counts[became] for became in counts if became.movement is not Movement.NONE)
            assert differing == bits.count(bits.differs)
            assert sum(counts.values()) == bits.count(bits.manager.true())
            equivalent = not (bits.differs & bits.admissible).satisfiable()
            assert equivalent is (differing == 0)
            same &= equivalent
            seen["equivalent" if equivalent else "different"] += 1
        assert found.changes is not same

    in_pairs(check, range(200))
    assert min(seen.values()) > 100, seen
