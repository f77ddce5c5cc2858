"""Files of many records, read batch by batch: Parquet, Arrow and CSV. Memory does not grow with the file.

Cells of CSV stay the words that they are, and an empty one says nothing; so does an empty line of a single column. A
row that has more or fewer cells than the header is never dropped, nor taken into a cell by a quote that is not closed:
a file with such rows is refused, and they are listed.
"""

import csv
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.csv as arrow_csv
import pyarrow.parquet as pq
import pyarrow.types as kinds

from greenpaper.population.quotes import fault_of_quotes

PARQUET = (".parquet",)
ARROW = (".arrow", ".feather", ".ipc")
TEXT = (".csv",)
BLOCK = 1 << 22
"""Bytes of CSV that are worked on at once; no row may be longer."""
ROWS = 131_072
MOST_ODD_ROWS = 10

Watch = Callable[[int], None]


class UnusableFile(ValueError):
    """A file cannot be read as records; the message is one line, and names the file."""


def nobody(_: int) -> None:
    """Watches nothing."""


class _Form(Protocol):
    """One kind of file: its columns, how much there is to read, and its batches."""

    @property
    def columns(self) -> tuple[str, ...]: ...

    @property
    def size(self) -> int: ...

    def batches(self, columns: Sequence[str]) -> Iterator[tuple[pa.RecordBatch, int]]:
        """Each batch with how much has been read when it is there, in the unit of `size`."""


@dataclass(frozen=True, slots=True)
class File:
    """An open file of records: its columns, and how much there is to read, in `unit`: rows or bytes.

    `watch` is told how much has been read, after each batch.
    """

    path: Path
    columns: tuple[str, ...]
    size: int
    unit: str
    form: _Form
    watch: Watch = nobody

    def batches(self, columns: Collection[str]) -> Iterator[pa.RecordBatch]:
        """Every batch, with those of the columns that are there. Errors: UnusableFile."""
        wanted = [name for name in self.columns if name in columns] or list(self.columns[:1])
        with _in_words(self.path):
            for batch, read in self.form.batches(wanted):
                yield batch
                self.watch(read)


def batches_in(path: Path, columns: Collection[str]) -> Iterator[pa.RecordBatch]:
    """The batches of a file, with those of the columns that are there. Errors: UnusableFile."""
    yield from opened(path).batches(columns)


def opened(path: Path, watch: Watch = nobody) -> File:
    """The file, by the ending of its name. Errors: UnusableFile where it is not there, empty or damaged."""
    with _in_words(path):
        if path.is_dir():
            raise UnusableFile(f"`{path}` is a folder: name a file")
        if not path.exists():
            raise UnusableFile(f"there is no file `{path}`")
        if path.stat().st_size == 0:
            raise UnusableFile(f"`{path}` is empty")
        unit, form = _form_of(path)
        return File(path, _checked(path, form.columns), form.size, unit, form, watch)


def _form_of(path: Path) -> tuple[str, _Form]:
    ending = path.suffix.lower()
    if ending in PARQUET:
        return "rows", Parquet.at(path)
    if ending in ARROW:
        return "bytes", Arrow.at(path)
    if ending in TEXT:
        return "bytes", Csv.at(path)
    raise UnusableFile(f"`{path}`: the name must end in {', '.join((*PARQUET, *ARROW, *TEXT))}")


def _checked(path: Path, columns: tuple[str, ...]) -> tuple[str, ...]:
    if not columns:
        raise UnusableFile(f"`{path}` has no columns")
    for name in columns:
        if not name.strip():
            raise UnusableFile(f"`{path}` has a column without a name: give it one, or delete it")
        if columns.count(name) > 1:
            raise UnusableFile(f"`{path}` has more than one column `{name}`: rename one of them")
    return columns


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    """What Arrow, the disk or the encoding has against a file, on one line."""
    try:
        yield
    except UnusableFile:
        raise
    except UnicodeDecodeError:
        raise UnusableFile(f"`{path}` is not in UTF-8: save it as “CSV UTF-8”") from None
    except (pa.ArrowException, OSError, csv.Error) as fault:
        raise UnusableFile(f"`{path}` cannot be read: {_reason(fault)}") from None


def _reason(fault: Exception) -> str:
    if isinstance(fault, OSError) and fault.strerror:
        return fault.strerror
    said = str(fault).split("\n")[0].rstrip(". ")
    return "it is not in UTF-8; save it as “CSV UTF-8”" if "invalid UTF8" in said else said


# Parquet


@dataclass(frozen=True, slots=True)
class Parquet:
    """A Parquet file; texts come as a dictionary, so that each distinct word is read once."""

    path: Path
    schema: pa.Schema
    size: int

    @classmethod
    def at(cls, path: Path) -> "Parquet":
        with pq.ParquetFile(path) as file:
            return cls(path, file.schema_arrow, file.metadata.num_rows)

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(self.schema.names)

    def batches(self, columns: Sequence[str]) -> Iterator[tuple[pa.RecordBatch, int]]:
        texts = [name for name in columns if _is_text(self.schema.field(name).type)]
        read = 0
        with pq.ParquetFile(self.path, read_dictionary=texts, buffer_size=BLOCK, pre_buffer=False) as file:
            for batch in file.iter_batches(ROWS, columns=list(columns)):
                yield batch, (read := read + len(batch))


def _is_text(kind: pa.DataType) -> bool:
    return bool(kinds.is_string(kind) or kinds.is_large_string(kind))


# Arrow


@dataclass(frozen=True, slots=True)
class Arrow:
    """A file or a stream in Arrow's own format, whichever it is."""

    path: Path
    columns: tuple[str, ...]
    size: int
    is_stream: bool

    @classmethod
    def at(cls, path: Path) -> "Arrow":
        with pa.OSFile(str(path)) as source:
            is_stream = source.read(6) != b"ARROW1"
            source.seek(0)
            opener = pa.ipc.open_stream if is_stream else pa.ipc.open_file
            return cls(path, tuple(opener(source).schema.names), path.stat().st_size, is_stream)

    def batches(self, columns: Sequence[str]) -> Iterator[tuple[pa.RecordBatch, int]]:
        asked = pa.ipc.IpcReadOptions(included_fields=[self.columns.index(name) for name in columns])
        with pa.OSFile(str(self.path)) as source:
            if self.is_stream:
                for batch in pa.ipc.open_stream(source, options=asked):
                    yield batch, source.tell()
                return
            file = pa.ipc.open_file(source, options=asked)
            for number in range(file.num_record_batches):
                yield file.get_batch(number), self.size * (number + 1) // file.num_record_batches


# CSV


@dataclass(frozen=True, slots=True)
class Csv:
    """A CSV file, every cell as its words; `header` are the names as they stand there, `columns` without blanks."""

    path: Path
    header: tuple[str, ...]
    size: int
    is_header_alone: bool

    @classmethod
    def at(cls, path: Path) -> "Csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            header = next(csv.reader(iter(lambda: file.readline(BLOCK), "")), [])
            is_header_alone = not file.read(1)
        return cls(path, tuple(header), path.stat().st_size, is_header_alone)

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(name.strip() for name in self.header)

    def batches(self, columns: Sequence[str]) -> Iterator[tuple[pa.RecordBatch, int]]:
        if fault := fault_of_quotes(self.path):
            raise UnusableFile(f"`{self.path}`: {fault}")
        if self.is_header_alone:
            return
        odd: list[Any] = []
        with pa.OSFile(str(self.path)) as source:
            for batch in self._reader(source, columns, lambda row: odd.append(row) or "skip"):  # type: ignore[func-returns-value]
                if odd:
                    raise UnusableFile(self._said_of_odd_rows())
                yield batch, source.tell()
        if odd:
            raise UnusableFile(self._said_of_odd_rows())

    def _reader(self, source: Any, columns: Sequence[str], odd: Any, *, threads: bool = True) -> Any:
        asked = [written for written, name in zip(self.header, self.columns, strict=True) if name in columns]
        reader = arrow_csv.open_csv(
            source,
            read_options=arrow_csv.ReadOptions(block_size=BLOCK, use_threads=threads),
            parse_options=arrow_csv.ParseOptions(
                newlines_in_values=True, ignore_empty_lines=len(self.header) > 1, invalid_row_handler=odd
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(asked, pa.dictionary(pa.int32(), pa.string())),
                include_columns=asked,
                null_values=[""],
                strings_can_be_null=True,
            ),
        )
        names = [name.strip() for name in asked]
        return (pa.RecordBatch.from_arrays(batch.columns, names) for batch in reader)

    def _said_of_odd_rows(self) -> str:
        """The first rows that have more or fewer cells than the header, by their numbers."""
        width = len(self.header)
        with self.path.open(encoding="utf-8-sig", newline="") as file:
            odd = ((line, cells) for line, cells in _lengths(file) if cells not in (0, width))
            found = [f"line {line:,} has {cells}" for line, cells in islice(odd, MOST_ODD_ROWS + 1)]
        more = "; and more" if len(found) > MOST_ODD_ROWS else ""
        said = ", ".join(found[:MOST_ODD_ROWS]) or "some row has more or fewer"
        return (
            f"`{self.path}`: the header has {width} cells, but {said}{more}: every row must have as many as the header"
        )


def _lengths(lines: Iterable[str]) -> Iterator[tuple[int, int]]:
    """The line on which each row begins, and how many cells it has."""
    rows, line = csv.reader(lines), 1
    for row in rows:
        yield line, len(row)
        line = rows.line_num + 1


def is_large(path: Path, limit: int) -> bool:
    """Whether a file has more bytes than the limit."""
    return path.is_file() and os.path.getsize(path) > limit
