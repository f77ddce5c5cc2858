"""The entry point: runs a command and turns how it ended into an exit code."""

import gc
import os
import sys
import traceback
from contextlib import suppress


def run() -> None:
    """Run the command line and leave with its exit code.

    A command is over before there is anything worth collecting, the process ends without taking apart what it
    imported, and no installed package is asked for plugins: together about a fifth of a cold start.
    """
    gc.disable()
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    code = exit_code()
    for stream in filter(None, (sys.stdout, sys.stderr)):
        with suppress(OSError, ValueError):  # nobody reads any more
            stream.flush()
    os._exit(code)


def exit_code() -> int:
    """Run the command line; faults of the input are told in words, the program's own with all there is to know."""
    from greenpaper.cli.app import app
    from greenpaper.cli.exits import DONE, OUR_FAULT, UNUSABLE
    from greenpaper.cli.faults import in_words

    try:
        app()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BrokenPipeError:
        return DONE
    except Exception as fault:
        said = in_words(fault)
        if said is None:
            traceback.print_exc()
            print("greenpaper: this is a fault of the program, not of your files", file=sys.stderr)  # noqa: T201
            return OUR_FAULT
        print(said, file=sys.stderr)  # noqa: T201
        return UNUSABLE
    return DONE


if __name__ == "__main__":
    run()
