"""Plain values in, verdicts out: the calls that `import greenpaper as gp` offers."""

from collections.abc import Collection, Mapping
from datetime import date

from greenpaper.evaluation.evaluate import Evaluation, evaluate_facts
from greenpaper.framework.checked import Framework
from greenpaper.records.columns import value_of
from greenpaper.records.facts import WrongCell, facts_of
from greenpaper.records.record import Authority, Cell, Record


class UnusableRecord(ValueError):
    """A record gives values that its facts cannot take, or facts that no version knows."""

    def __init__(self, name: str, wrong: tuple[WrongCell, ...]) -> None:
        self.wrong = wrong
        said = "\n".join(map(_said, wrong))
        super().__init__(f"{name}: {said}" if name else said)


def _said(wrong: WrongCell) -> str:
    given = f" `{wrong.given}`" if wrong.given else ""
    return f"`{wrong.fact}`{given}: {wrong.message}" + (f" ({wrong.help})" if wrong.help else "")


def evaluate(
    framework: Framework,
    record: Record | Mapping[str, Cell],
    *,
    as_of: date | None = None,
    elsewhere: Collection[str] = (),
) -> Evaluation:
    """What every decision of the framework says of one record.

    Unknown: a fact that is absent, None or a word for a kind of unknown is not known; the verdict then holds every
    outcome still possible. Errors: UnusableRecord lists every value that cannot be used. `elsewhere` names facts of
    other versions, which are not applicable here.
    """
    given = record if isinstance(record, Record) else Record(Authority("", ""), _worded(record))
    facts, wrong = facts_of(given, framework.vocabulary, as_of=as_of, elsewhere=elsewhere)
    if wrong:
        raise UnusableRecord(given.authority.name, wrong)
    return evaluate_facts(framework, facts)


def _worded(record: Mapping[str, Cell]) -> dict[str, Cell]:
    """The cells as a table would have them: without spaces around, a word for a kind of unknown as that kind."""
    return {name: value_of(cell.strip()) if isinstance(cell, str) else cell for name, cell in record.items()}
