"""Files of many records: every form, what each cell is read as, and every file that cannot be read."""

import pyarrow as pa
import pyarrow.csv as arrow_csv
import pyarrow.parquet as pq
import pytest
from pyarrow import feather

from greenpaper.population import quotes
from greenpaper.population.files import UnusableFile, batches_in, opened

TABLE = pa.table(
    {"heads": ["fine", None, "poor"] * 100, "code": ["012", "013", None] * 100, "visits": [1, 2, None] * 100}
)


def stream(table, path):
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table, max_chunksize=7)


FORMS = {
    "records.parquet": lambda table, path: pq.write_table(table, path, row_group_size=50),
    "records.feather": lambda table, path: feather.write_feather(table, str(path), chunksize=11),
    "records.arrow": lambda table, path: feather.write_feather(table, str(path), compression="uncompressed"),
    "records.ipc": stream,
    "records.CSV": arrow_csv.write_csv,
}


def cells(path, *columns):
    """The columns as lists, whatever their batches."""
    found = {name: [] for name in columns}
    for batch in batches_in(path, columns):
        for name, column in zip(batch.schema.names, batch.columns, strict=True):
            found[name] += column.to_pylist()
    return found


@pytest.mark.parametrize("name", FORMS)
def test_every_form_has_the_same_cells(tmp_path, name):
    path = tmp_path / name
    FORMS[name](TABLE, path)
    assert opened(path).columns == ("heads", "code", "visits")
    assert cells(path, "heads", "code") == TABLE.select(["heads", "code"]).to_pydict()


@pytest.mark.parametrize("name", FORMS)
def test_how_far_a_file_has_been_read_grows_to_its_size(tmp_path, name):
    path = tmp_path / name
    FORMS[name](TABLE, path)
    told = []
    file = opened(path, told.append)
    list(file.batches(["heads"]))
    assert told == sorted(told)
    assert told[-1] == file.size if file.unit == "rows" else 0 < told[-1] <= file.size
    assert (file.unit, file.size) == (("rows", 300) if name.endswith("parquet") else ("bytes", path.stat().st_size))


def test_a_file_without_any_of_the_columns_still_has_its_rows(tmp_path):
    for name, write in FORMS.items():
        write(TABLE, tmp_path / name)
        assert sum(map(len, batches_in(tmp_path / name, ["other"]))) == 300


def test_cells_of_csv_are_words_and_empty_ones_are_missing(tmp_path):
    path = tmp_path / "records.csv"
    path.write_bytes('\ufeff heads ,code,note\r\nfine,012,"a, b\nc"\r\n"",1e3,\r\ntrue,NA,null\r\n'.encode())
    assert cells(path, "heads", "code", "note") == {
        "heads": ["fine", None, "true"],
        "code": ["012", "1e3", "NA"],
        "note": ["a, b\nc", None, "null"],
    }


def test_texts_of_parquet_come_as_dictionaries(tmp_path):
    FORMS["records.parquet"](TABLE, tmp_path / "records.parquet")
    for batch in batches_in(tmp_path / "records.parquet", ["heads", "visits"]):
        assert [pa.types.is_dictionary(each.type) for each in batch.schema] == [True, False]


# What cannot be read


def said(path):
    with pytest.raises(UnusableFile) as found:
        list(batches_in(path, ["heads"]))
    (line,) = str(found.value).splitlines()
    assert str(path) in line
    return line


def test_rows_with_other_numbers_of_cells_are_listed_and_none_is_dropped(tmp_path):
    path = tmp_path / "records.csv"
    path.write_text('heads,code\nfine,1\npoor\n"a\nb",2\nfine,1,2\n', "utf-8")
    assert "the header has 2 cells, but line 3 has 1, line 6 has 3: every row" in said(path)
    path.write_text("heads,code\n" + "poor\n" * 20, "utf-8")
    assert "line 11 has 1; and more" in said(path)


def test_a_row_far_behind_is_found_too(tmp_path):
    path = tmp_path / "records.csv"
    path.write_text("heads,code\n" + "fine,1\n" * 2_000_000 + "poor\n", "utf-8")
    assert "line 2,000,002 has 1" in said(path)


@pytest.mark.parametrize("name", FORMS)
def test_files_that_are_not_there_or_empty_or_folders(tmp_path, name):
    path = tmp_path / name
    assert "there is no file" in said(path)
    path.touch()
    assert "is empty" in said(path)
    path.unlink()
    path.mkdir()
    assert "is a folder" in said(path)


@pytest.mark.parametrize("name", [each for each in FORMS if each != "records.CSV"])
@pytest.mark.parametrize("kept", [0.3, 0.9])
def test_files_that_end_too_early(tmp_path, name, kept):
    path = tmp_path / name
    FORMS[name](TABLE, path)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * kept)])
    assert "cannot be read" in said(path)


@pytest.mark.parametrize("name", [each for each in FORMS if each != "records.CSV"])
def test_files_of_another_kind(tmp_path, name):
    path = tmp_path / name
    path.write_text("heads\nfine\n" * 10, "utf-8")
    assert "cannot be read" in said(path)


def test_a_name_with_another_ending_is_refused(tmp_path):
    path = tmp_path / "records.xlsx"
    path.write_bytes(b"PK")
    assert "must end in .parquet" in said(path)


def test_headers_that_leave_open_what_a_column_is(tmp_path):
    path = tmp_path / "records.csv"
    for header, reason in (
        ("heads,heads", "more than one column `heads`"),
        ("heads,,code", "without a name"),
        ("\n\n", "no columns"),
    ):
        path.write_text(f"{header}\n1,2,3\n", "utf-8")
        assert reason in said(path)
    twice = pa.table([pa.array(["fine"]), pa.array(["fine"])], ["heads", "heads"])
    pq.write_table(twice, tmp_path / "records.parquet")
    assert "more than one column `heads`" in said(tmp_path / "records.parquet")
    pq.write_table(pa.table({}), tmp_path / "none.parquet")
    assert "has no columns" in said(tmp_path / "none.parquet")


def test_other_encodings_are_refused(tmp_path):
    path = tmp_path / "records.csv"
    path.write_bytes("heads\ncafé\n".encode("latin-1"))
    assert "not in UTF-8" in said(path)
    path.write_bytes("héads\nfine\n".encode("latin-1"))
    assert "not in UTF-8" in said(path)


def test_a_quote_that_is_never_closed_is_refused(tmp_path):
    path = tmp_path / "records.csv"
    path.write_text('heads,code\n"fine,1\npoor,2\n', "utf-8")
    assert said(path)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('heads,note\nfine,"a\npoor,b\npoor,c\n', 2),
        ('heads,note\nfine,a\npoor,"b', 3),
        ('heads,"note\nfine,a\n', 1),
        ('heads,note\nfine,a\npoor,"b\nfine,"c"\n', 3),
        ('heads,note\n"fi"ne,a\n', 2),
        ('heads,note\nfine,"' + "long " * 40_000 + "\npoor,b\n", 2),
    ],
)
def test_a_quote_that_takes_in_what_follows_is_refused_with_its_line(tmp_path, text, line):
    path = tmp_path / "records.csv"
    path.write_text(text, "utf-8")
    assert f"line {line}: " in said(path)
    assert "quote" in said(path)


def test_quotes_in_order_are_read(tmp_path, monkeypatch):
    path = tmp_path / "records.csv"
    path.write_text('\ufeff"heads",note\n"fine","a ""b"", \r\nc"\npoor,6" of "x"\n"",""""\nfine,""', "utf-8")
    for size in (1, 2, 3, 1 << 20):
        monkeypatch.setattr(quotes, "BLOCK", size)
        assert cells(path, "heads", "note") == {
            "heads": ["fine", "poor", None, "fine"],
            "note": ['a "b", \r\nc', '6" of "x"', '"', None],
        }
    path.write_text('heads,note\n"fine","a\nb"\n"po\nor",""""\n', "utf-8")
    for size in (1, 2, 3, 1 << 20):
        monkeypatch.setattr(quotes, "BLOCK", size)
        assert quotes.are_in_order(path)


def test_a_header_alone_holds_no_records_whether_its_line_ends_or_not(tmp_path):
    path = tmp_path / "records.csv"
    for text in ("heads,code", "heads,code\n", "heads", "heads\n"):
        path.write_text(text, "utf-8")
        assert cells(path, "heads") == {"heads": []}


def test_an_empty_line_of_a_single_column_is_a_record(tmp_path):
    path = tmp_path / "records.csv"
    path.write_text('heads\nfine\n\n""\npoor\n', "utf-8")
    assert cells(path, "heads") == {"heads": ["fine", None, None, "poor"]}
    path.write_text("heads,code\nfine,1\n\npoor,2\n", "utf-8")
    assert cells(path, "heads") == {"heads": ["fine", "poor"]}
