"""A small import: a register, one source of inspections and a mapping, to be varied one key at a time."""

from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZipFile

SOURCE = {
    "file": "file: raw.csv",
    "from": "from: a test",
    "format": "format: csv",
    "columns": "columns: {name: {is: authority}, urn: {is: urn}, link: {is: report}, out: {is: published, date: dd/mm/yy},\n"
    "          start: {is: first_day, date: dd/mm/yyyy}, end: {is: last_day, date: dd/mm/yyyy},\n"
    "          leaders_grade: {is: leaders, values: grades}, care: {is: in_care, values: grades}}",
    "values": "values: {grades: {good: good, to be good: requires_improvement}}",
    "unknown": "unknown: {data_unreadable: unreadable in the source, pre_dates: not judged separately}",
    "not_used": "not_used: {parser: it is a number of the reader}",
}
REGISTER = """\
file: lookup.csv
from: a test
format: csv
columns:
  code: {is: code}
  name: {is: name}
  urn: {is: urn}
  region: {is: region, values: regions}
  region_again: {is: region, values: regions, unknown: {NotKnown: not known}}
  near: {is: neighbours, split: ','}
values:
  regions: {Yorkshire and The Humber: Yorkshire and the Humber, London: London}
left_out:
  - {column: name, value: Cumbria, because: it was abolished}
"""
WHOLE = """\
title: A small import
register: lookup.yaml
tables:
  inspections:
    columns: [code, authority, first_day, last_day, further_periods, published, leaders, in_care, together, report, note]
    sources: [source.yaml]
    corrections: corrections.yaml
    since: {day: 2018-01-01, because: it is of an earlier framework}
    rules:
      - when: {last_day_before: 2023-01-01}
        move: {in_care: together}
        put: {in_care: not judged separately}
        because: it was made before the split
"""
CORRECTIONS = """\
corrections:
  - report: r1
    authority: Leeds
    further_periods: [{first: 2023-02-14, last: 2023-02-15}]
    note: they came back
    because: the source keeps one period
    source: the report
"""
LOOKUP = """\
code,name,urn,region,region_again,near
E1,Leeds,11,,Yorkshire and the Humber,"22, York"
E2,York,22,Yorkshire and The Humber,NotKnown,11
E9,Cumbria,99,,,
"""
HEADER = "name,urn,link,out,start,end,leaders_grade,care,parser\n"
ROWS = HEADER + (
    "leeds,11,r1,10/05/23,05/12/2022,09/12/2022,good,to be good,1\n"
    "city of york,22,r2,10/05/24,,,good,good,1\n"
    "york,22,r3,10/05/17,,,good,good,1\n"
    "york,22,r4,10/05/18,,,data_unreadable,,1\n"
    "york,22,r2,10/05/24,,,good,good,1\n"
)


def source_with(**changed: str) -> str:
    """The mapping of the source with some keys written otherwise; an empty text leaves a key out."""
    return "\n".join(each for each in (SOURCE | changed).values() if each) + "\n"


def lay_out(
    folder: Path, *, rows: str | bytes = ROWS, source: str = "", whole: str = WHOLE, register: str = REGISTER,
    corrections: str = CORRECTIONS, lookup: str = LOOKUP,
) -> tuple[Path, Path]:  # fmt: skip
    """The mapping file and the folder of raw files, written out."""
    mappings, raw = folder / "mappings", folder / "raw"
    mappings.mkdir()
    raw.mkdir()
    (mappings / "import.yaml").write_text(whole, "utf-8")
    (mappings / "lookup.yaml").write_text(register, "utf-8")
    (mappings / "source.yaml").write_text(source or source_with(), "utf-8")
    (mappings / "corrections.yaml").write_text(corrections, "utf-8")
    (raw / "lookup.csv").write_text(lookup, "utf-8")
    (raw / "raw.csv").write_bytes(rows if isinstance(rows, bytes) else rows.encode())
    return mappings / "import.yaml", raw


PARTS = "http://schemas.openxmlformats.org/"
BOOK_XML = (
    f'<workbook xmlns="{PARTS}spreadsheetml/2006/main" xmlns:r="{PARTS}officeDocument/2006/relationships">'
    '<sheets><sheet name="NAME" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
LINKS_XML = (
    f'<Relationships xmlns="{PARTS}package/2006/relationships"><Relationship Id="rId1" '
    f'Type="{PARTS}officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
)


def workbook(sheet: str, rows: list[list[str]]) -> bytes:
    """The smallest workbook with one sheet of text."""
    cells = (
        "".join(f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for cell in row) for row in rows
    )  # fmt: skip
    data = "".join(f'<row r="{number}">{row}</row>' for number, row in enumerate(cells, 1))
    out = BytesIO()
    with ZipFile(out, "w") as file:
        file.writestr("[Content_Types].xml", f'<Types xmlns="{PARTS}package/2006/content-types"/>')
        file.writestr(
            "_rels/.rels", LINKS_XML.replace("worksheets/sheet1", "xl/workbook").replace("worksheet", "officeDocument")
        )
        file.writestr("xl/workbook.xml", BOOK_XML.replace("NAME", sheet))
        file.writestr("xl/_rels/workbook.xml.rels", LINKS_XML)
        file.writestr(
            "xl/worksheets/sheet1.xml",
            f'<worksheet xmlns="{PARTS}spreadsheetml/2006/main"><sheetData>{data}</sheetData></worksheet>',
        )
    return out.getvalue()
