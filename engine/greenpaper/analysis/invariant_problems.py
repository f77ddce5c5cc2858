"""What proving invariants finds, as problems with a place. The docstring of each is its manual page."""

from greenpaper.source.diagnostics import Diagnostic, Label, error, note, warning
from greenpaper.source.text import Span


def invariant_refuted(against: int, about: int, of: str, span: Span, example: str) -> Diagnostic:
    """An invariant fails in some situation that can occur.

    Why it matters
        The rules do not do what the policy says they always do.
    """
    return error("invariant-refuted", f"this fails in {against:,} of {about:,} {of}", Label(span), notes=(example,),
                 help="correct the rules, or the statement; where it should fail, write `expected: refuted` and `because`")  # fmt: skip


def refuted_as_expected(against: int, about: int, of: str, span: Span, example: str, because: str) -> Diagnostic:
    """An invariant fails, and the file says that it does and why.

    Why it matters
        A weakness that is known and recorded, with an example, can be weighed; and it is noticed when it goes away.
    """
    return note("refuted-as-expected", f"this fails in {against:,} of {about:,} {of}, as expected", Label(span),
                notes=(example, f"because: {because}"))  # fmt: skip


def proved_though_expected_refuted(about: int, of: str, span: Span, because: str) -> Diagnostic:
    """An invariant is expected to fail, and holds in every situation.

    Why it matters
        What the file says of the policy is no longer so.
    """
    return warning("proved-though-expected-refuted", f"this is expected to fail, but holds in all {about:,} {of}",
                   Label(span), notes=(f"because: {because}",), help="delete `expected` and `because`")  # fmt: skip


def invariant_about_nothing(span: Span) -> Diagnostic:
    """An invariant speaks of no situation that can occur.

    Why it matters
        Anything is true of nothing; it reads like a proof and proves nothing.
    """
    return warning("invariant-about-nothing", "no situation that can occur is one that this speaks of", Label(span),
                   help="widen `where`, or delete the invariant")  # fmt: skip


def invariant_unsettled(why: str, span: Span, help: str) -> Diagnostic:
    """An invariant can be neither proved nor refuted: its versions cannot be compared, or it is too much to work out.

    Why it matters
        It must not look as if it were proved.
    """
    return error("invariant-unsettled", f"this is neither proved nor refuted: {why}", Label(span), help=help)


PROBLEMS = (
    invariant_refuted, refuted_as_expected, proved_though_expected_refuted, invariant_about_nothing,
    invariant_unsettled,
)  # fmt: skip
