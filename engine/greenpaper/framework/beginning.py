"""The files with which a draft is begun: they check cleanly, and say themselves what is to be filled in."""

from string import Template

from greenpaper.framework.checked import Framework

FILL_IN = "to fill in"
HEAD = Template("""\
# yaml-language-server: $$schema=../../schemas/framework.schema.json
# A draft changes its base by the proposals in `proposals/`, and says nothing else of its own. Replace all that is to
# fill in; what nobody has published stays marked as illustrative.
framework: $framework
version: "$version"
title: Title $fill_in (illustrative)
status: draft
base: "$base"
note: What this draft is for, and what has been read of it, is $fill_in.
# The documents that statements of this draft are taken from; those of the base can be cited too. Beside the title
# stand `published`, the day or only the month, and `url`, where they are known.
sources:
  document:
    title: Document $fill_in (illustrative)
    publisher: Publisher $fill_in
""")
CONSULTATION = Template("""\
# yaml-language-server: $$schema=../../schemas/consultation.schema.json
# What is asked about this draft, when, and what comes of it. Delete this file where nothing is consulted on.
title: Consultation $fill_in (illustrative)
publisher: Publisher $fill_in
status: announced
confidence: illustrative
source: {document: document}
# A date is written down as a source gives it: {on: the day or the month, source: {document: ...}, confidence: stated}.
# Until one does, the list stays empty, which says that the date is not known.
dates:
  announced: []
  opens: []
  closes: []
  outcome: []
  in_force: []
""")
PROPOSAL = Template("""\
# yaml-language-server: $$schema=../../../schemas/proposal.schema.json
# One thing that could change, with the options for it; there is a file for each. The draft alone means the preferred
# option of each proposal, and `$version+example=changed` the other one of this.
proposal: example
title: What could change, $fill_in (illustrative)
# No statement in an option may be surer than its proposal: stated, derived, assumed or illustrative.
confidence: illustrative
preferred: unchanged
options:
  unchanged:
    title: All stays as in $base (illustrative)
  changed:
    title: What would change, $fill_in (illustrative)
""")
EDITS = Template("""\
    # An edit says one of: replace ADDRESS with, add_to ADDRESS entry, remove ADDRESS, set ADDRESS to.
    edits:
      - set: decisions/$decision/rules/$rule/note
        to: An edit that changes no answer, to be replaced (illustrative).
""")


def draft_on(base: Framework, version: str) -> dict[str, str]:
    """The files of a draft on a version that is whole: name in its folder → text."""
    names = {"framework": base.id, "version": version, "base": base.version, "fill_in": FILL_IN}
    proposal = PROPOSAL.substitute(names) + _edits(base)
    return {
        "framework.yaml": HEAD.substitute(names),
        "consultation.yaml": CONSULTATION.substitute(names),
        "proposals/example.yaml": proposal,
    }


def _edits(base: Framework) -> str:
    """An edit of the first rule that there is."""
    rules = ((decision.id, rule.id) for decision in base.decisions.values() for rule in decision.rules)
    decision, rule = next(rules, ("", ""))
    return EDITS.substitute(decision=decision, rule=rule) if rule else ""
