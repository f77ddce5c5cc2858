"""Faults of the input, in words; anything else is the program's own."""

MOST_SHOWN, MOST_LINES = 400, 20


def in_words(fault: Exception) -> str | None:
    """What to tell the user, or None when the fault is ours."""
    from greenpaper.cli.selecting import Unusable
    from greenpaper.framework.selectors import NoSuchVersion
    from greenpaper.population import FRAMES, WITHOUT_FRAMES
    from greenpaper.situations.diagram import TooLarge
    from greenpaper.source.diagnostics import PolicyError
    from greenpaper.source.render import all_to_text, visible
    from greenpaper.source.revisions import NoSuchRevision

    match fault:
        case PolicyError():
            return all_to_text(fault.diagnostics)
        case TooLarge():
            return f"greenpaper: there are too many kinds of situations to work this out: {fault}"
        case ModuleNotFoundError(name=name) if name in FRAMES:
            return f"greenpaper: {WITHOUT_FRAMES}"
        case NoSuchVersion() | NoSuchRevision() | Unusable():
            lines = [f"greenpaper: {shortened(visible(line))}" for line in str(fault).split("\n")]
            more = [f"and {len(lines) - MOST_LINES} more"] if len(lines) > MOST_LINES else []
            return "\n".join(lines[:MOST_LINES] + more)
        case _:
            return None


def shortened(text: str) -> str:
    """Its begin and end, where it is longer than a few lines."""
    return text if len(text) <= MOST_SHOWN else f"{text[: MOST_SHOWN // 2]} … {text[-MOST_SHOWN // 2 :]}"
