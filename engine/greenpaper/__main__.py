"""The entry point: runs a command and turns how it ended into an exit code."""

import sys
import traceback


def run() -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(exit_code())


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
        sys.stderr.close()
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
