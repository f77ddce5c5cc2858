"""Whether the quotes of a CSV file are in order: one that is never closed would take rows for part of its cell."""

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np

BLOCK = 1 << 22
MARK = b"\xef\xbb\xbf"
QUOTE = ord('"')
BESIDE = np.isin(np.arange(256), list(b',\r\n"'))
"""What stands before a quote that opens a cell, and behind one that closes it; quotes are written twice."""


def fault_of_quotes(path: Path) -> str:
    """The first row with a quote that is not closed or has text behind it, in words; empty where there is none."""
    return "" if are_in_order(path) else _first_fault(path)


def are_in_order(path: Path) -> bool:
    """Whether every quote surely opens or closes a cell; quickly, so that others are still to be looked at."""
    is_inside = False
    for data in _windows(path):
        at = np.flatnonzero(data[1:-1] == QUOTE) + 1
        opening, closing = at[int(is_inside) :: 2], at[1 - int(is_inside) :: 2]
        if not (BESIDE[data[opening - 1]].all() and BESIDE[data[closing + 1]].all()):
            return False
        is_inside ^= len(at) % 2 == 1
    return not is_inside


def _windows(path: Path) -> Iterator[np.ndarray]:
    """The bytes part by part, each with the one before it and the one behind it."""
    held = b"\n"
    with path.open("rb") as file:
        if file.read(len(MARK)) != MARK:
            file.seek(0)
        while block := file.read(BLOCK):
            yield np.frombuffer(held + block, np.uint8)
            held = (held + block)[-2:]
    yield np.frombuffer(held + b"\n", np.uint8)


def _first_fault(path: Path) -> str:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows, line = csv.reader(file, strict=True), 1
        try:
            for _ in rows:
                line = rows.line_num + 1
        except csv.Error as fault:
            return f"line {line:,}: {_reason(fault)}: close the quote, and write a quote inside a cell twice"
    return ""


def _reason(fault: csv.Error) -> str:
    said = str(fault)
    if "end of data" in said:
        return "a quote is not closed"
    return "a cell is too long, perhaps a quote is not closed" if "limit" in said else "text follows a closing quote"
