"""Every problem of a consultation and the responses to it. The docstring of each is its manual page."""

from collections.abc import Iterable
from decimal import Decimal

from greenpaper.source.diagnostics import Diagnostic, Label, error
from greenpaper.source.nearest import did_you_mean
from greenpaper.source.text import Span


def unknown_in_consultation(name: str, what: str, span: Span, known: Iterable[str]) -> Diagnostic:
    """A consultation or a response names a proposal, option, question or channel that does not exist.

    Why it matters
        What was asked, answered or decided would belong to nothing.
    """
    article = "an" if what[0] in "aeiou" else "a"
    known = tuple(known)
    listed = f"name {article} {what} that is there: {', '.join(known)}" if known else f"there is no {what} to name"
    return error("unknown-in-consultation", f"no {what} is named `{name}`", Label(span),
                 help=did_you_mean(name, known) or listed)  # fmt: skip


def decided_twice(proposal: str, span: Span, first: Span) -> Diagnostic:
    """Two decisions are about the same proposal.

    Why it matters
        It would not be clear which of them was made.
    """
    return error("decided-twice", f"two decisions are about `{proposal}`", Label(span, "again here"),
                 Label(first, "first here"), help="keep the one that the outcome states")  # fmt: skip


def not_decided(proposal: str, span: Span) -> Diagnostic:
    """A consultation has an outcome, and nothing is said of one of the proposals.

    Why it matters
        A proposal left out in silence would look as if it had never been made.
    """
    return error("not-decided", f"there is an outcome, and no decision on `{proposal}`", Label(span),
                 help=f"add a decision on `{proposal}`: adopted, adopted with changes, dropped or deferred")  # fmt: skip


def decided_too_early(stage: str, span: Span, declared: Span) -> Diagnostic:
    """A decision is recorded while the consultation is only announced, or still open.

    Why it matters
        What has not been decided would look decided.
    """
    return error("decided-too-early", f"a decision, and the consultation is `{stage}`", Label(span),
                 Label(declared, "the status"), help="write the status it has come to, or delete the decision")  # fmt: skip


def adopted_without_option(proposal: str, span: Span) -> Diagnostic:
    """A proposal was adopted, and which of its options is not said.

    Why it matters
        What was adopted could not be compared with the version that came of it.
    """
    return error("adopted-without-option", f"`{proposal}` was adopted, and no option is named", Label(span),
                 help="name it under `option`")  # fmt: skip


def out_of_order(later: str, earlier: str, span: Span, first: Span) -> Diagnostic:
    """A date of a consultation lies before one that must come first, whichever of the sources that disagree is right.

    Why it matters
        One of them is wrong, and every number of weeks counted from it.
    """
    return error("out-of-order", f"`{later}` lies before `{earlier}`, whichever source is right",
                 Label(span), Label(first, f"`{earlier}`"), help="correct one of the dates")  # fmt: skip


def open_since_when(span: Span) -> Diagnostic:
    """A consultation is open, and no source says since when.

    Why it matters
        That it has opened is known from somewhere, and that source has a date.
    """
    return error("open-since-when", "the consultation is open, and `opens` has no date", Label(span),
                 help="write the date with its source under `dates`, or `status: announced`")  # fmt: skip


def responses_too_early(span: Span, declared: Span) -> Diagnostic:
    """There are responses to a consultation that is only announced.

    Why it matters
        Nobody can have answered what has not been asked.
    """
    return error("responses-too-early", "a response, and the consultation is only announced", Label(span),
                 Label(declared, "the status"), help="write the status it has come to, or delete the response")  # fmt: skip


def responses_without_consultation(span: Span) -> Diagnostic:
    """A version has `responses.yaml` and no `consultation.yaml`.

    Why it matters
        Nobody could tell what was answered.
    """
    return error("responses-without-consultation", "there are responses, and no `consultation.yaml`", Label(span),
                 help="write `consultation.yaml` beside it, with the channels and the questions")  # fmt: skip


def answer_without_question(span: Span) -> Diagnostic:
    """A response gives an answer, and does not say to which question.

    Why it matters
        It would be counted as the number of all responses.
    """
    return error("answer-without-question", "an answer without a question", Label(span),
                 help="name the question, or delete the answer to give the number of all responses")  # fmt: skip


def neither_count_nor_share(span: Span) -> Diagnostic:
    """A response has no number.

    Why it matters
        It says that somebody answered, and not how many.
    """
    return error("neither-count-nor-share", "a response has neither a count nor a share", Label(span),
                 help="write `count`, or `share` in per cent, or delete the response")  # fmt: skip


def negative_count(count: int, span: Span) -> Diagnostic:
    """A number of responses is below nought.

    Why it matters
        Sums with it would be too low.
    """
    return error("negative-count", f"{count} responses cannot be", Label(span), help="write how many there were")


def not_a_share(share: Decimal, span: Span) -> Diagnostic:
    """A share is below 0 or above 100 per cent.

    Why it matters
        It is no part of those who answered.
    """
    return error("not-a-share", f"{share:f} per cent of those who answered cannot be", Label(span),
                 help="write a share from 0 to 100")  # fmt: skip


def same_response_twice(span: Span, first: Span) -> Diagnostic:
    """One source is said to give two numbers for the same answer to the same question through the same channel.

    Why it matters
        Counted twice it would weigh double, and of two different numbers one is wrong.
    """
    return error("same-response-twice", "this answer stands twice", Label(span, "again here"),
                 Label(first, "first here"), help="keep one of the two")  # fmt: skip


def shares_above_all(question: str, total: Decimal, span: Span) -> Diagnostic:
    """The shares of the answers to one question, through one channel, add up to more than 100 per cent.

    Why it matters
        Everybody gives one answer, so at least one of the shares is wrong. Half a per cent more is allowed, and half a
        per cent for each answer, since shares are rounded.
    """
    return error("shares-above-all", f"the shares of the answers to `{question}` add up to {total:f} per cent",
                 Label(span, "the last of them"), help="correct them; for answers in their own words, write `asks: text`")  # fmt: skip


def more_answers_than_responses(question: str, counted: int, responses: int, span: Span, total: Span) -> Diagnostic:
    """More answers to one question are counted through a channel than there were responses through it.

    Why it matters
        One of the two numbers is wrong.
    """
    return error("more-answers-than-responses", f"{counted} answers to `{question}`, and {responses} responses",
                 Label(span), Label(total, "the responses"), help="correct one of the two numbers")  # fmt: skip


PROBLEMS = (
    unknown_in_consultation, decided_twice, not_decided, decided_too_early, adopted_without_option, out_of_order,
    open_since_when, responses_too_early, responses_without_consultation, answer_without_question,
    neither_count_nor_share, negative_count, not_a_share, same_response_twice, shares_above_all,
    more_answers_than_responses,
)  # fmt: skip
