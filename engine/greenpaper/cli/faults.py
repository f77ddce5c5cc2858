"""Faults of the input, in words; anything else is the program's own."""


def in_words(fault: Exception) -> str | None:
    """What to tell the user, or None when the fault is ours."""
    from greenpaper.cli.selecting import Unusable
    from greenpaper.framework.catalogue import NoSuchVersion
    from greenpaper.source.diagnostics import PolicyError
    from greenpaper.source.render import all_to_text, visible

    match fault:
        case PolicyError():
            return all_to_text(fault.diagnostics)
        case NoSuchVersion() | Unusable():
            return f"greenpaper: {visible(str(fault))}"
        case _:
            return None
