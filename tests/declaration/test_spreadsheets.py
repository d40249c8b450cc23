"""Reading and writing spreadsheets: what a file may hold, what it may not, and that what goes out comes in unchanged."""

import csv
import datetime as dt
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from declaration.importers.problems import InvalidFiles
from declaration.importers.values import WrongValue
from declaration.spreadsheets import containers, reading
from declaration.spreadsheets.cells import is_formula, neutralise, plain_digits, restore, split_keys
from declaration.spreadsheets.reading import read_sheet
from declaration.spreadsheets.writing import write_csv, write_workbook

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", '=HYPERLINK("http://x")']


def workbook(rows, change=None, title="organs"):
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    if change:
        change(book, sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def problems_in(data, **options):
    with pytest.raises(InvalidFiles) as caught:
        read_sheet(data, **options)
    return [(each.place.line, each.place.field, each.message) for each in caught.value.problems]


class TestWhatComesIn:
    @pytest.mark.parametrize(
        "data",
        [
            b"code,name_en\nunga,Assembly\n",
            b"\xef\xbb\xbfcode,name_en\r\nunga,Assembly\r\n",
            b"code;name_en\nunga;Assembly\n",
            b"code\tname_en\nunga\tAssembly\n",
            workbook([["code", "name_en"], ["unga", "Assembly"]]),
        ],
        ids=["csv", "with a byte order mark", "semicolons", "tabs", "workbook"],
    )
    def test_rows_are_numbered_as_in_the_file(self, data):
        sheet = read_sheet(data)
        assert (sheet.headings, sheet.rows) == (["code", "name_en"], [(2, ["unga", "Assembly"])])

    def test_blank_rows_count_and_are_left_out(self):
        assert read_sheet(b"code\n\nunga\n").rows == [(3, ["unga"])]
        data = workbook([["code", None], [None, None], ["unga", None]])
        assert read_sheet(data).rows == [(3, ["unga"])]

    def test_cells_of_a_workbook_become_text(self):
        row = ["a", 2012, 2.0, 2.5, True, dt.date(2012, 6, 7), None, "٢٠١٢"]
        sheet = read_sheet(workbook([list("abcdefgh"), row]))
        assert sheet.rows == [(2, ["a", "2012", "2", "2.5", "true", "2012-06-07", "", "٢٠١٢"])]

    def test_of_several_sheets_the_named_one_is_taken(self):
        def add(book, _sheet):
            book.create_sheet("notes").append(["x"])

        data = workbook([["code"], ["unga"]], add)
        assert read_sheet(data, wanted=["organs"]).rows == [(2, ["unga"])]
        assert problems_in(data, wanted=["states"]) == [
            (None, "", "There are several sheets. Name the one to take “states”.")
        ]


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("data", "expected"),
        [
            (b"", (None, "", "There is no row under the heading.")),
            (b"code\n", (None, "", "There is no row under the heading.")),
            (b"code,code\na,b\n", (1, "code", "This column is there more than once.")),
            (b"code,,name\na,b,c\n", (1, "", "Column B has no heading.")),
            (b"code,name\na\n", (2, "", "This row has 1 cells, and the heading has 2.")),
            (b"code,name\na,b,c\n", (2, "", "This row has 3 cells, and the heading has 2.")),
            (b"code,name\na,=1+1\n", (2, "name", "This cell holds a formula. Put its value there instead.")),
            (
                "code,name\na,b\nc,é\n".encode("latin-1"),
                (3, "", "This line is not UTF-8 (byte 17 of the file). Save the file as “CSV UTF-8”."),
            ),
            ("code\na\n".encode("utf-16"), (None, "", "This file is UTF-16. Save it as “CSV UTF-8”.")),
            (b"\x00\x01\x02", (None, "", "This is neither a CSV file nor an Excel workbook (.xlsx).")),
            (b"PK\x03\x04rubbish", (None, "", "This workbook is broken. Open it, and save it again as .xlsx.")),
            (
                b"\xd0\xcf\x11\xe0old",
                (None, "", "This is a workbook of an old kind, or one with a password. Save it as .xlsx, without one."),
            ),
        ],
    )
    def test_file_names_row_and_column(self, data, expected):
        assert problems_in(data) == [expected]

    def test_merged_cells(self):
        data = workbook([["code", "name"], ["a", "b"], ["c", "d"]], lambda _book, sheet: sheet.merge_cells("A2:A3"))
        assert problems_in(data) == [
            (2, "", "These cells are merged: A2:A3. Take them apart, so that each row says what it holds.")
        ]

    def test_formulas_and_errors_in_a_workbook(self):
        def change(_book, sheet):
            sheet["B3"] = "#REF!"
            sheet["B3"].data_type = "e"

        data = workbook([["code", "name"], ["a", "=A1"], ["b", "x"]], change)
        assert problems_in(data) == [
            (2, "name", "This cell holds a formula. Put its value there instead."),
            (3, "name", "This cell holds an error: #REF!."),
        ]

    def test_month_that_the_program_made_a_day(self):
        def change(_book, sheet):
            sheet["A2"] = dt.date(2012, 6, 1)
            sheet["A2"].number_format = "mmm-yy"

        [(row, column, message)] = problems_in(workbook([["when"], [None]], change))
        assert (row, column) == (2, "when")
        assert message.startswith("The program has turned this into a date with a day.")

    def test_cell_beyond_the_headings(self):
        data = workbook([["code"], ["a", "b"]])
        assert problems_in(data) == [(1, "", "Column B has no heading.")]

    def test_column_without_heading_is_told_once(self):
        data = workbook([["My list"], ["code", "name"], ["a", "b"], ["c", "d"]])
        assert problems_in(data) == [(1, "", "Column B has no heading.")]

    @pytest.mark.parametrize("kind", ["csv", "workbook"])
    def test_more_rows_than_are_taken(self, kind, monkeypatch):
        monkeypatch.setattr(reading, "MAX_ROWS", 3)
        rows = [["code"], *([f"a{number}"] for number in range(4))]
        data = workbook(rows) if kind == "workbook" else "\n".join(row[0] for row in rows).encode()
        assert problems_in(data) == [(None, "", "There are more than 3 rows. Divide them into several files.")]

    def test_hundred_thousand_rows_are_refused_soon(self):
        data = b"code\n" + b"a\n" * 100_000
        assert problems_in(data)[0][2] == "There are more than 10000 rows. Divide them into several files."

    def test_too_many_bytes(self, monkeypatch):
        monkeypatch.setattr(reading, "MAX_BYTES", 10)
        assert problems_in(b"code,name\na,b") == [(None, "", "This file is larger than 10 bytes.")]

    def test_container_that_unpacks_to_too_much(self, monkeypatch):
        monkeypatch.setattr(containers, "MAX_UNPACKED_BYTES", 1000)
        data = workbook([["code"], ["a"]])
        assert problems_in(data) == [(None, "", "This workbook is too large once it is unpacked.")]

    def test_declared_entities(self):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as container:
            container.writestr("xl/workbook.xml", '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aa">]><x>&a;</x>')
        assert problems_in(out.getvalue()) == [
            (None, "", "This workbook is broken. Open it, and save it again as .xlsx.")
        ]


def with_sheet(content):
    """A workbook whose sheet is these bytes, as nobody's program writes them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook([["code"], ["a"]]))) as made, zipfile.ZipFile(out, "w", 8) as container:
        for part in made.infolist():
            is_sheet = part.filename == "xl/worksheets/sheet1.xml"
            container.writestr(part.filename, content if is_sheet else made.read(part))
    return out.getvalue()


def sheet_of(rows, after=""):
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{namespace}"><sheetData>{rows}</sheetData>{after}</worksheet>'


class TestHostileWorkbooks:
    """Each would take minutes or gigabytes if the library read it before it was looked through."""

    TOO_LARGE = "This workbook is too large once it is unpacked."

    @pytest.mark.parametrize(
        ("sheet", "expected"),
        [
            (sheet_of('<row r="99999999999"/>'), "There are rows below row 20000"),
            (sheet_of("<row/>" * 100_000), "There are rows below row 20000"),
            (sheet_of('<row r="1"><c r="XFD1"><v>1</v></c></row>'), "There are more than 200 columns."),
            (sheet_of('<row r="1"><c r="A1"><v>' + "1" * 20_000_000 + "</v></c></row>"), TOO_LARGE),
            (sheet_of('<row r="1">' + "<is>" * 100_000), TOO_LARGE),
            (sheet_of("", "<mergeCells>" + '<mergeCell ref="A1:A2"/>' * 500_000 + "</mergeCells>"), TOO_LARGE),
            (sheet_of('<row r="1"><c r="A1" t="s"><v>7</v></c></row>'), "This workbook is broken."),
            ("<!-- " + "x" * 9000 + ' --><!DOCTYPE x [<!ENTITY a "aa">]><x>&a;</x>', "This workbook is broken."),
        ],
        ids=["far row", "empty rows", "far column", "long cell", "nested", "merged", "unknown text", "entities"],
    )
    def test_is_refused_before_it_is_read(self, sheet, expected):
        [(_row, _column, message)] = problems_in(with_sheet(sheet))
        assert message.startswith(expected)

    def test_empty_cells_far_out_do_no_harm(self):
        cells = '<c r="A1" t="inlineStr"><is><t>code</t></is></c><c r="XFD1"/>'
        data = with_sheet(sheet_of(f'<row r="1">{cells}</row><row r="2"><c r="A2"><v>1</v></c></row>'))
        assert read_sheet(data).rows == [(2, ["1"])]

    def test_only_so_many_problems_are_looked_for(self, monkeypatch):
        monkeypatch.setattr(reading, "MOST_PROBLEMS", 3)
        assert len(problems_in(b"code\n" + b"=1\n" * 100)) == 3
        assert len(problems_in(workbook([["code"], *[["=1"]] * 100]))) == 3

    def test_too_many_columns_of_csv(self):
        assert problems_in(b"," * 1000 + b"\na") == [(None, "", "There are more than 200 columns.")]


class TestWhatGoesOut:
    @pytest.mark.parametrize("text", FORMULAS)
    def test_no_cell_of_csv_is_a_formula(self, text):
        data = write_csv(["a", "b"], [[text, "x"]])
        assert data.startswith(b"\xef\xbb\xbf")
        [_heading, row] = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
        assert row[0].startswith("'")
        assert not is_formula(row[0])

    @pytest.mark.parametrize("text", FORMULAS)
    def test_no_cell_of_a_workbook_is_a_formula(self, text):
        book = load_workbook(io.BytesIO(write_workbook(["a"], [[text]], name="list")))
        cell = book["list"]["A2"]
        assert (cell.data_type, cell.number_format) == ("s", "@")

    @given(
        st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1).filter(lambda text: text.strip() == text)
    )
    def test_what_goes_out_comes_in_unchanged(self, text):
        rows = [[text, "x"]]
        assert read_sheet(write_csv(["a", "b"], rows)).rows == [(2, [text, "x"])]
        assert read_sheet(write_workbook(["a", "b"], rows, name="list")).rows == [(2, [text, "x"])]

    @given(st.text())
    def test_neutralising_is_taken_back(self, text):
        assert restore(neutralise(text)) == text


class TestCells:
    def test_digits_of_other_scripts(self):
        assert plain_digits(" ٢٠١٢-٠٦ ") == "2012-06"
        assert plain_digits("۲۰۱۲") == "2012"

    def test_keys(self):
        assert split_keys("A/68/176; A/HRC/RES/21/10 ;;") == ["A/68/176", "A/HRC/RES/21/10"]
        with pytest.raises(WrongValue, match="more than once"):
            split_keys("BRA;BRA")
