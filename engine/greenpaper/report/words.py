"""Values in the words people read: facts, grades, dates, answers, reasons. Computes nothing."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from greenpaper.evaluation.evaluate import RuleStep, Settling, Verdict
from greenpaper.evaluation.truth import Step, deciding_facts, reasons
from greenpaper.framework.checked import Citation, Confidence, Decision, Framework, Modality, Rule, Status
from greenpaper.language.types import Known
from greenpaper.records.facts import Facts
from greenpaper.records.record import Inspection, Period, Record
from greenpaper.situations.compiled import Answer

MODALITIES = {Modality.WILL: "", Modality.USUALLY: "Usually: ", Modality.MAY: "Possibly: "}
STATUSES = {
    Status.DECIDED: "Decided",
    Status.UNDETERMINED: "Undetermined",
    Status.NO_RULE: "No rule applies",
    Status.CONFLICT: "Rules conflict",
    Status.INADMISSIBLE: "Inadmissible grades",
}


def fact(name: str) -> str:
    """A fact's id as words."""
    return name.replace("_", " ")


def value(known: Known) -> str:
    """A value as words: grades without underscores, dates written out."""
    match known:
        case bool():
            return "true" if known else "false"
        case str():
            return known.replace("_", " ")
        case int() | Decimal():
            return str(known)
        case date():
            return day(known)


def day(when: date) -> str:
    return f"{when.day} {when:%B %Y}"


def records_to(taken: date | None, as_of: date | None) -> str:
    """The day of the records, and the day to which months are counted where that is another one."""
    said = f", records to {day(taken)}" if taken else ""
    return said + (f", months counted to {day(as_of)}" if as_of and as_of != taken else "")


def authorities(count: int) -> str:
    return f"{count} {'authority' if count == 1 else 'authorities'}"


def published(text: str) -> str:
    """A date of a source, known to the day or only to the month."""
    if len(text) == len("2018-01"):
        return f"{date.fromisoformat(f'{text}-01'):%B %Y}"
    return day(date.fromisoformat(text)) if text else ""


def listed(names: Sequence[str], last: str = "and") -> str:
    """a, b and c."""
    return f"{', '.join(names[:-1])} {last} {names[-1]}" if len(names) > 1 else "".join(names)


def inspected(inspection: Inspection) -> str:
    """When the inspection was, in every period on site, or when its report came out."""
    periods = [_period(each) for each in inspection.periods]
    if periods:
        return f"inspected {listed(periods)}"
    return f"report published {day(inspection.published)}, days on site not known" if inspection.published else ""


def _period(period: Period) -> str:
    """Both days, the year once where it is the same."""
    first = f"{period.first.day} {period.first:%B}" if period.first.year == period.last.year else day(period.first)
    return day(period.first) if period.first == period.last else f"{first} to {day(period.last)}"


def label(framework: Framework) -> str:
    """The version as it heads a column: illustrative ones always say so."""
    return f"{framework.version} (illustrative)" if is_illustrative(framework) else framework.version


def is_illustrative(framework: Framework) -> bool:
    """Whether anything that a verdict can rest on was made up to illustrate."""
    said = {choice.confidence for choice in framework.choices} | {each.confidence for each in framework.constraints}
    said |= {rule.confidence for decision in framework.decisions.values() for rule in decision.rules}
    return Confidence.ILLUSTRATIVE in said | {framework.confidence}


def answer(decision: Decision, given: Answer) -> str:
    """What the decision says, by the titles of its outcomes."""
    titles = [decision.outcomes[name].title for name in given.outcomes]
    match given.status:
        case Status.DECIDED:
            return together(titles) or "nothing"
        case Status.CONFLICT:
            return f"rules conflict: {listed([going_on(title) for title in titles], 'or')}"
        case _:
            return "no rule applies"


def together(titles: Sequence[str]) -> str:
    """Outcomes that follow together, as one sentence begins."""
    return listed([*titles[:1], *map(going_on, titles[1:])])


def verdict(given: Verdict) -> str:
    """The answer, or all that are possible."""
    said = answers(given.decision, given.possible)
    return f"{STATUSES[given.status]}: {said}" if given.status is Status.INADMISSIBLE else said


def answers(decision: Decision, given: Sequence[Answer]) -> str:
    """Several answers of which one is right."""
    first, *others = [answer(decision, each) for each in given]
    return "; or ".join([first, *map(going_on, others)])


def missing(given: Verdict, facts: Facts) -> str:
    """The unknown facts that matter to the verdict, with the reasons why they are unknown."""
    by_reason: dict[str, list[str]] = {}
    for each in given.settling:
        by_reason.setdefault(str(facts.unknown[each.fact]), []).append(fact(each.fact))
    return listed([f"{listed(names)} ({reason})" for reason, names in by_reason.items()])


def settles(given: Verdict) -> tuple[str, ...]:
    """What finding out the unknown facts would do; facts that would do the same are told together."""
    same: dict[tuple[tuple[str, tuple[Answer, ...]], ...], list[Settling]] = {}
    for each in given.settling:
        same.setdefault(tuple(each.leads_to.items()), []).append(each)
    return tuple(_settles(given.decision, group) for group in same.values())


def _settles(decision: Decision, settling: Sequence[Settling]) -> str:
    groups: dict[tuple[Answer, ...], list[str]] = {}
    for cell, answers in settling[0].leads_to.items():
        groups.setdefault(answers, []).append(value(cell))
    certain = [(answers[0], cells) for answers, cells in groups.items() if len(answers) == 1]
    name = listed([fact(each.fact) for each in settling], "or")
    if not certain:
        return f"{name} alone settles nothing"
    said = [f"if {name} is {listed(cells, 'or')}: {going_on(answer(decision, each))}" for each, cells in certain]
    return "; ".join(said) + ("" if len(certain) == len(groups) else "; any other value by itself leaves it open")


def going_on(text: str) -> str:
    """The text as it goes on in a sentence; abbreviations stay as they are."""
    return text if text[1:2].isupper() else f"{text[:1].lower()}{text[1:]}"


def known_facts(names: Iterable[str], facts: Facts) -> str:
    """Facts with their values, or with the reason why they have none."""
    return ", ".join(f"{fact(name)} {_known(name, facts)}" for name in names)


def _known(name: str, facts: Facts) -> str:
    return value(facts.known[name]) if name in facts.known else f"({facts.unknown.get(name, 'not known')})"


def because(step: Step, facts: Facts) -> str:
    """The parts that made the condition what it is, each with the facts it read."""
    parts = tuple(dict.fromkeys(reasons(step)))
    if parts == (step,):
        return known_facts(deciding_facts(step), facts)
    return "; ".join(_reason(each, facts) for each in parts)


def _reason(step: Step, facts: Facts) -> str:
    verdict_word = {True: "holds", False: "does not hold", None: "is unknown"}[step.value]
    return f"“{value(step.term.words)}” {verdict_word}: {known_facts(deciding_facts(step), facts)}"


def tried(step: RuleStep) -> str:
    """Whether one rule applied."""
    return {True: "applies", False: "does not apply", None: "may apply"}[step.applies]


def rule_head(rule: Rule) -> str:
    """A rule by its id, with its words and how sure it is."""
    return f"{rule.id} ({rule.confidence}): {value(rule.when.words)}"


def citation(cited: Citation) -> str:
    """Who said it, where and when, and the words that decide it."""
    document = cited.document
    when = f", {published(document.published)}" if document.published else ""
    quoted = f": “{cited.says}”" if cited.says else ""
    note = f". {cited.note}" if cited.note else ""
    return f"{document.publisher}, {document.title}{when}{quoted}{note}".rstrip(".") + "."


def quoted(given: str) -> str:
    """What was given, in quotation marks."""
    return f"“{given}”" if given else "(empty)"


def record_head(record: Record) -> str:
    """The authority, and the inspection its facts come from."""
    said = inspected(record.inspection)
    return f"{record.authority.name}, {said}" if said else record.authority.name
