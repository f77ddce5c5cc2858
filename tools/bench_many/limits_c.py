"""The table in C, by gcc -O3 and ctypes: about the least that a machine has to do for the same columns."""

import ctypes
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from contender import Answers, Contender, Input, possible_codes
from inputs import codes_only
from reference import Codes, truth

SOURCE = Path(__file__).with_name("table.c")
GIVEN = ("outcome", "status", "possible", "rule")
Work = Callable[[Sequence[Codes]], Sequence[Codes]]


def built() -> ctypes.CDLL:
    """The compiled loop; its file is gone when the process has it."""
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "table.so"
        compiler = ["gcc", "-O3", "-march=native", "-shared", "-fPIC", str(SOURCE), "-o", str(library)]
        subprocess.run(compiler, check=True)
        return ctypes.CDLL(str(library))


def table() -> np.ndarray:
    """The four answers of each partial record in one number."""
    right = truth("2026")
    columns = (right.outcome, right.status, possible_codes(right), right.rule)
    return sum((column.astype(np.uint32) << (8 * number) for number, column in enumerate(columns)), np.uint32(0))


def loop(gives: int, cores: int) -> Work:
    function = getattr(built(), "four" if gives == 4 else "two")
    function.restype, answers = None, table()
    pool = ThreadPoolExecutor(cores)

    def work(columns: Sequence[Codes]) -> Sequence[Codes]:
        count = len(columns[0])
        made = [np.empty(count, np.uint8) for _ in range(gives)]
        pointers = [ctypes.c_void_p(each.ctypes.data) for each in (answers, *columns, *made)]
        edges = [count * part // cores for part in range(cores + 1)]
        parts = [(ctypes.c_size_t(edges[part]), ctypes.c_size_t(edges[part + 1])) for part in range(cores)]
        list(pool.map(lambda part: function(*pointers, *part), parts)) if cores > 1 else function(*pointers, *parts[0])
        return made

    return work


def read(made: Sequence[Codes]) -> Answers:
    return dict(zip(GIVEN, made, strict=False))


def contender(gives: int, cores: int) -> Contender:
    said = "all four columns, as codes" if gives == 4 else "outcome and status, as codes"
    return Contender(
        f"C loop over a table, {gives} columns, {cores} core{'s' if cores > 1 else ''}",
        "gcc",
        Input.CODES,
        said,
        codes_only,
        lambda: loop(gives, cores),
        read,
    )


CONTENDERS = [contender(gives, cores) for gives in (2, 4) for cores in (1, 2)]
