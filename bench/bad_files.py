"""Bring in files that are damaged, hostile or merely odd, and measure what each costs.

    python3 bench/bad_files.py                all of them, as a table
    python3 bench/bad_files.py entit bomb     only those whose name holds one of the words

Every file is made in a temporary folder, read and parsed in a process of its own, and removed. The table tells what came of
it (the code of the refusal, or what was noticed), the seconds that reading and parsing kept a processor busy, and by how many
megabytes the memory of the process grew at most. It ends with an error if any took more than two seconds or 400 MB, or came out otherwise than it
should.
"""

import argparse
import io
import json
import struct
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

MOST_SECONDS = 2.0
MOST_MEGABYTES = 400
LONGEST_WAIT = 60
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
WITH_MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096)
LAUGHS = "".join(f'<!ENTITY {chr(97 + n)} "{("&" + chr(96 + n) + ";") * 10}">' for n in range(1, 10))
BOMB = f'<!DOCTYPE w [<!ENTITY a "boat">{LAUGHS}]>'

Body = str | Iterable[str]


def paragraph(text: str, properties: str = "") -> str:
    """A paragraph of a Word file with one run of text, which is not escaped."""
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def word(
    body: Body, *, prolog: str = HEAD, extra: dict[str, bytes] | None = None, kind: str = MAIN, parts: str = ""
) -> bytes:
    """A Word file; `body` is written piece by piece, `extra` are more parts, `parts` more relations of the document."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        types = f'<Override PartName="/word/document.xml" ContentType="{kind}"/>'
        archive.writestr(
            "[Content_Types].xml",
            f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{types}</Types>',
        )
        space = "http://schemas.openxmlformats.org/package/2006/relationships"
        first = f'<Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/>'
        archive.writestr("_rels/.rels", f'{HEAD}<Relationships xmlns="{space}">{first}</Relationships>')
        archive.writestr(
            "word/_rels/document.xml.rels", f'{HEAD}<Relationships xmlns="{space}">{parts}</Relationships>'
        )
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            part.write(f'{prolog}<w:document xmlns:w="{W}"><w:body>'.encode())
            for piece in [body] if isinstance(body, str) else body:
                part.write(piece.encode())
            part.write(b"</w:body></w:document>")
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return file.getvalue()


def related(kind: str) -> str:
    """The relation of a document to its part of a kind, `styles` or `footnotes`."""
    return f'<Relationship Id="x{kind}" Type="{RELATIONS}/{kind}" Target="{kind}.xml"/>'


def with_part(body: Body, kind: str, content: str) -> bytes:
    """A Word file with one more part: `styles`, `numbering` or `footnotes`."""
    root = f'{HEAD}<w:{kind} xmlns:w="{W}">{content}</w:{kind}>'
    return word(body, extra={f"word/{kind}.xml": root.encode()}, parts=related(kind))


def archive_of(files: dict[str, bytes]) -> bytes:
    """A zip archive of a few files."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def flagged(data: bytes) -> bytes:
    """The same archive with its first entry marked as encrypted."""
    changed = bytearray(data)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        changed[changed.find(signature) + offset] |= 1
    return bytes(changed)


def understated() -> bytes:
    """A Word file whose body grows to 300 MB and is said to take a thousand bytes."""
    data = bytearray(word("x" * 1_000_000 for _ in range(300)))
    place = data.rfind(b"word/document.xml") - 46
    struct.pack_into("<L", data, place + 24, 1000)
    return bytes(data)


def overlapping() -> bytes:
    """An archive of two thousand entries that all name the same packed megabytes."""
    content = zipfile.ZipFile(io.BytesIO(archive_of({"a": bytes(10_000_000)}))).fp
    data = bytearray(content.getvalue() if isinstance(content, io.BytesIO) else b"")
    start = data.find(b"PK\x01\x02")
    end = data.find(b"PK\x05\x06")
    entry = bytes(data[start:end])
    head = data[:start]
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1900, 1900, len(entry) * 1900, len(head), 0)
    return bytes(head) + entry * 1900 + tail


def in_one_archive(depth: int) -> bytes:
    """Archives within archives, embedded in a Word file."""
    inner = archive_of({"a": bytes(1_000_000)})
    for _ in range(depth):
        inner = archive_of({f"{n}.zip": inner for n in range(5)})
    return word(paragraph("1. Boats float."), extra={"word/embeddings/object1.zip": inner})


def lines(make: Callable[[int], str], count: int) -> bytes:
    """Plain text of many lines."""
    return "\n".join(make(number) for number in range(1, count + 1)).encode()


def laid_out(language_lines: str) -> bytes:
    """Plain text as it is."""
    return language_lines.encode()


GOOD = paragraph("1. Boats float.")
# A name, how the file is made, and what is to come of it: the code of the refusal, or after a + what is noticed.
CASES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a web page": ("docx", lambda: b"<!DOCTYPE html><html><body>Not found</body></html>", "html_page"),
    "a web page without a type": ("docx", lambda: b"\n\n<html lang=en><p>1. Boats", "html_page"),
    "a .doc": ("doc", lambda: OLE, "old_word"),
    "a .doc named .docx": ("docx", lambda: OLE, "old_word"),
    "a file with a password": ("docx", lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "an archive with a password": ("docx", lambda: flagged(word(GOOD)), "encrypted"),
    "half a file": ("docx", lambda: (data := word(GOOD * 500))[: len(data) // 2], "truncated"),
    "a file without its end": ("docx", lambda: word(GOOD)[:-5], "truncated"),
    "macros (.docm)": ("docm", lambda: word(GOOD, kind=WITH_MACROS), "macros"),
    "macros, renamed": ("docx", lambda: word(GOOD, extra={"word/vbaProject.bin": b"x"}), "macros"),
    "zip bomb: a body of 1 GB": ("docx", lambda: word("<!-- -->" * 125_000 for _ in range(1000)), "bomb"),
    "zip bomb: a body said to be small": ("docx", understated, "damaged"),
    "zip bomb: a picture of 1 GB": (
        "docx",
        lambda: word(GOOD, extra={"word/media/a.bmp": bytes(1_000_000_000)}),
        "bomb",
    ),
    "zip bomb: many parts of 14 MB": (
        "docx",
        lambda: word(GOOD, extra={f"word/media/{n}.bin": bytes(14_000_000) for n in range(30)}),
        "too_large_unpacked",
    ),
    "zip bomb: entries that overlap": ("docx", overlapping, "too_large_unpacked"),
    "zip bomb: archives in archives": ("docx", lambda: in_one_archive(4), "+"),
    "60,000 entries": (
        "docx",
        lambda: archive_of(dict.fromkeys((f"word/{n}.xml" for n in range(60_000)), b"")),
        "too_many_parts",
    ),
    "entity bomb": ("docx", lambda: word(paragraph("&j;"), prolog=HEAD + BOMB), "doctype"),
    "entity bomb in UTF-16": (
        "docx",
        lambda: with_utf16(f'<?xml version="1.0" encoding="utf-16"?>{BOMB}<w:document xmlns:w="{W}"/>'),
        "doctype",
    ),
    "external entity": (
        "docx",
        lambda: word(paragraph("&a;"), prolog=f'{HEAD}<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname">]>'),
        "doctype",
    ),
    "external document type": (
        "docx",
        lambda: word(GOOD, prolog=f'{HEAD}<!DOCTYPE w SYSTEM "https://example.org/w.dtd">'),
        "doctype",
    ),
    "external picture and template": (
        "docx",
        lambda: word(
            GOOD,
            parts="".join(
                f'<Relationship Id="e{kind}" Type="{RELATIONS}/{kind}" Target="https://example.org/" '
                'TargetMode="External"/>'
                for kind in ("image", "attachedTemplate")
            ),
        ),
        "+external_content",
    ),
    "a text node of 300 MB": (
        "docx",
        lambda: word(["<w:p><w:r><w:t>", *("x" * 1_000_000 for _ in range(300)), "</w:t></w:r></w:p>"]),
        "bomb",
    ),
    "a text node of 15 MB": ("docx", lambda: word(paragraph("x" * 15_000_000)), "damaged"),
    "a text node of 9 MB": ("docx", lambda: word(paragraph("x" * 9_000_000)), "line_too_long"),
    "300 MB of plain text": ("txt", lambda: b"boats float " * 25_000_000, "too_large"),
    "50,000 paragraphs": ("docx", lambda: word(paragraph(f"{n}. Boats.") for n in range(1, 50_001)), "too_many_lines"),
    "50,000 lines": ("txt", lambda: lines(lambda n: f"{n}. Boats.", 50_000), "too_many_lines"),
    "1,600,000 tags": ("docx", lambda: word("<w:p/>" * 1_600_000), "too_many_tags"),
    "1,400,000 tags": ("docx", lambda: word("<w:p><w:r><w:tab/><w:tab/></w:r></w:p>" * 233_000), "too_many_lines"),
    "50,000 levels of marks": ("docx", lambda: word("<w:sdt>" * 50_000 + "</w:sdt>" * 50_000), "damaged"),
    "250 tables in tables": (
        "docx",
        lambda: word("<w:tbl><w:tr><w:tc>" * 80 + GOOD + "</w:tc></w:tr></w:tbl>" * 80),
        "+",
    ),
    "an element of 100,000 attributes": (
        "docx",
        lambda: word("<w:p " + " ".join(f'a{n}="x"' for n in range(100_000)) + "/>" + GOOD),
        "+",
    ),
    "styles that follow each other in a ring": (
        "docx",
        lambda: with_part(
            paragraph("1. Boats.", '<w:pStyle w:val="s1"/>') * 2000,
            "styles",
            "".join(
                f'<w:style w:type="paragraph" w:styleId="s{n}"><w:basedOn w:val="s{n % 2000 + 1}"/></w:style>'
                for n in range(1, 2001)
            ),
        ),
        "+",
    ),
    "8,000 automatic numbers in 2,000 lists": (
        "docx",
        lambda: with_part(
            [
                paragraph("Boats.", f'<w:numPr><w:ilvl w:val="{n % 9}"/><w:numId w:val="{n % 2000 + 1}"/></w:numPr>')
                for n in range(7999)
            ],
            "numbering",
            '<w:abstractNum w:abstractNumId="0">'
            + "".join(
                f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%{n + 1}."/></w:lvl>'
                for n in range(9)
            )
            + "</w:abstractNum>"
            + "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="0"/></w:num>' for n in range(1, 2001)),
        ),
        "+number_restarts",
    ),
    "4,000 footnotes": (
        "docx",
        lambda: with_part(
            [f'<w:p><w:r><w:t>{n}. B.</w:t><w:footnoteReference w:id="{n}"/></w:r></w:p>' for n in range(1, 4001)],
            "footnotes",
            "".join(f'<w:footnote w:id="{n}">{paragraph("Note.")}</w:footnote>' for n in range(1, 4001)),
        ),
        "+",
    ),
    "numbers that restart": ("txt", lambda: lines(lambda n: f"{(n - 1) % 5 + 1}. Boats.", 5000), "+number_restarts"),
    "numbers that skip": ("txt", lambda: lines(lambda n: f"{n * 3 - 2}. Boats.", 3000), "+number_skipped"),
    "two clauses with one label": (
        "txt",
        lambda: laid_out("Article 1\nBoats.\nArticle 2\nOars.\nArticle 2\nSails.\n"),
        "+label_repeated",
    ),
    "8,000 clauses with one label": ("txt", lambda: lines(lambda _: "Article 1", 7999), "+label_repeated"),
    "mixed directions": (
        "txt",
        lambda: laid_out("1. Boats float on every river.\n2. تطفو القوارب على كل نهر وكل بحيرة في البلاد.\n" * 20),
        "+direction_mixed",
    ),
    "an override of direction": ("txt", lambda: laid_out("1. Boats \u202etaolf.\n"), "+characters_direction_override"),
    "a direction that is not closed": (
        "txt",
        lambda: laid_out("1. Boats \u2067float.\n"),
        "+characters_direction_unclosed",
    ),
    "no width, soft hyphens": (
        "txt",
        lambda: laid_out("1. Bo\u200bats flo\u00adat.\ufeff\n"),
        "+characters_zero_width",
    ),
    "tags that hide a text": (
        "txt",
        lambda: laid_out("1. Boats" + "".join(chr(0xE0000 + ord(letter)) for letter in "sink") + ".\n"),
        "+characters_hidden",
    ),
    "8,000 lines of invisible characters": (
        "txt",
        lambda: lines(lambda n: f"{n}. \u200b\u200f\u2060\u00ad" * 20, 7999),
        "+characters_zero_width",
    ),
    "null characters": ("txt", lambda: b"1. Boats.\n2. B\0ats.\n", "not_text"),
    "bytes that are no UTF-8": ("txt", lambda: b"1. Boats.\n2. Caf\xe9.\n", "not_utf8"),
    "UTF-16": ("txt", lambda: "1. Boats.\n2. Oars.\n".encode("utf-16"), "+"),
    "UTF-16 that does not say so": ("txt", lambda: "1. Boats.\n2. Oars.\n".encode("utf-16-le"), "not_text"),
    "a line of 10 MB": ("txt", lambda: b"x" * 10_000_000, "line_too_long"),
    "a line of 10 MB in Word": ("docx", lambda: word(paragraph("word " * 1_900_000)), "line_too_long"),
    "RTF named .docx": ("docx", lambda: b"{\\rtf1\\ansi 1. Boats.}", "other_format"),
    "PDF named .docx": ("docx", lambda: b"%PDF-1.7\n1 0 obj", "other_format"),
    "an empty file": ("docx", lambda: b"", "empty"),
    "nothing but spaces": ("txt", lambda: b" \n\t\n" * 1000, "empty"),
    "an OpenDocument file": (
        "odt",
        lambda: archive_of({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}),
        "other_format",
    ),
    "8,000 lines that may be letters or numerals": ("txt", lambda: lines(lambda _: "(i) Boats;", 7999), "+"),
    "8,000 lists in lists": (
        "txt",
        lambda: lines(lambda n: f"{' ' * (n % 60)}({'aiAI1'[n % 5]}) Boats:", 7999),
        "+",
    ),
    "8,000 headings": ("txt", lambda: lines(lambda n: f"{'IA1'[n % 3]}. Boats", 7999), "+"),
    "40 lines of 49,000 brackets": ("txt", lambda: lines(lambda n: f"{n}. " + "[" * 49_000, 40), "+"),
    "40 lines of 49,000 dots": ("txt", lambda: lines(lambda _: "." * 49_000 + "x", 40), "+"),
    "40 lines of 49,000 spaces": ("txt", lambda: lines(lambda n: f"{n}." + " " * 49_000 + "x", 40), "+"),
    "40 lines of 49,000 raised numbers": ("txt", lambda: lines(lambda _: "¹ " + "²³" * 24_000, 40), "+"),
    "180,000 symbols": ("txt", lambda: lines(lambda n: f"{n}. " + "A/HRC/1/2 " * 4000, 45), "+symbols_unsearched"),
    "180,000 resolutions": (
        "txt",
        lambda: lines(lambda n: f"{n}. resolutions " + "23/12 and " * 4000, 45),
        "+symbols_unsearched",
    ),
    "40 lines of 49,000 accents": (
        "txt",
        lambda: lines(lambda _: "a" + "\u0301\u0323" * 24_000, 40),
        "+characters_stacked_marks",
    ),
}


def with_utf16(xml: str) -> bytes:
    """A Word file whose body is written in UTF-16."""
    file = io.BytesIO(word(GOOD))
    changed = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, xml.encode("utf-16") if name == "word/document.xml" else old.read(name))
    return changed.getvalue()


def grown() -> int:
    """The most memory that this process has had so far, in kilobytes."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0])


def read(path: Path) -> None:
    """Read and parse one file in this process, and print what came of it as JSON."""
    from declaration.text.parser import parse
    from declaration.text.sources import SourceError, read_file

    parse("1. Boats float.")
    before, begun = grown(), time.process_time()
    try:
        found = parse(read_file(path))
        codes = sorted({finding.code for finding in found.findings})
        answer = {"codes": codes, "clauses": len(found.nodes), "lines": found.lines_total}
    except SourceError as error:
        answer = {"refused": error.code, "message": error.message}
    answer |= {"seconds": time.process_time() - begun, "megabytes": (grown() - before) / 1024}
    print(json.dumps(answer))


def judge(answer: dict, wanted: str) -> str:
    """Return what is wrong with an answer, empty for nothing."""
    if "crash" in answer:
        return str(answer["crash"])
    if answer["seconds"] > MOST_SECONDS:
        return "too slow"
    if answer["megabytes"] > MOST_MEGABYTES:
        return "too much memory"
    if wanted.startswith("+"):
        is_right = "refused" not in answer and (not wanted[1:] or wanted[1:] in answer["codes"])
    else:
        is_right = answer.get("refused") == wanted
    return "" if is_right else f"not {wanted}"


def run(name: str, folder: Path) -> tuple[str, bool]:
    """Make one file, read it in a new process, and return its line of the table."""
    ending, make, wanted = CASES[name]
    path = folder / f"file.{ending}"
    path.write_bytes(make())
    size = path.stat().st_size
    command = [sys.executable, __file__, "--read", str(path)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST_WAIT, check=False)
        answer = json.loads(done.stdout) if done.returncode == 0 else {"crash": done.stderr.strip()[-200:]}
    except subprocess.TimeoutExpired:
        answer = {"crash": f"no answer in {LONGEST_WAIT} s"}
    path.unlink()
    wrong = judge(answer, wanted)
    outcome = answer.get("refused") or "read: " + (", ".join(answer.get("codes", [])) or "nothing noticed")
    figures = f"{answer.get('seconds', 0):6.2f} s {answer.get('megabytes', 0):6.0f} MB"
    return f"{name:46} {size:>12,} {figures}  {outcome[:70]}{f'   WRONG: {wrong}' if wrong else ''}", not wrong


def main() -> int:
    """Print the table; return 1 if anything was wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("words", nargs="*", help="only files whose name holds one of these")
    options = parser.parse_args()
    if options.read:
        read(options.read)
        return 0
    names = [name for name in CASES if not options.words or any(word in name for word in options.words)]
    all_right = True
    print(f"{'file':46} {'bytes':>12} {'time':>8} {'memory':>9}  outcome")
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            line, is_right = run(name, Path(folder))
            all_right = all_right and is_right
            print(line, flush=True)
    print(f"{len(names)} files, {'all as they should be' if all_right else 'some NOT as they should be'}")
    return 0 if all_right else 1


if __name__ == "__main__":
    sys.exit(main())
