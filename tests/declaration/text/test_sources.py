import io
import struct
import zipfile

import pytest

from declaration.text.parser import parse
from declaration.text.sources import SourceError, limits, read_file, read_text
from tests.declaration.text.word_files import XML, R, W, paragraph, word_file
from tests.work import count_calls

GOOD = word_file(paragraph("1. Text."))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)
ENTITIES = '<!DOCTYPE w [<!ENTITY a "boat"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
DOCM = "application/vnd.ms-word.document.macroEnabled.main+xml"


def bomb(size, name="word/media/image1.bmp"):
    return word_file(paragraph("1. Text."), extra={name: bytes(size)})


def flagged_as_encrypted():
    data = bytearray(GOOD)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(signature) + offset] |= 1
    return bytes(data)


def corrupted():
    data = bytearray(GOOD)
    start = data.find(b"word/document.xml") + len("word/document.xml")
    data[start + 20 : start + 40] = bytes(20)
    return bytes(data)


def archive(files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as opened:
        for name, content in files.items():
            opened.writestr(name, content)
    return buffer.getvalue()


def understated(size):
    """A file whose body is said to take a thousand bytes and unpacks to many more."""
    data = bytearray(word_file(f"<!--{'x' * size}-->"))
    struct.pack_into("<L", data, data.rfind(b"word/document.xml") - 46 + 24, 1000)
    return bytes(data)


def overlapping(count):
    """An archive of many entries that all name the same packed bytes."""
    data = archive_packed({"a": bytes(1_000_000)})
    start, end = data.find(b"PK\x01\x02"), data.find(b"PK\x05\x06")
    entry = data[start:end]
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(entry) * count, start, 0)
    return data[:start] + entry * count + tail


def archive_packed(files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in files.items():
            opened.writestr(name, content)
    return buffer.getvalue()


REFUSED = {
    "nothing": (lambda: b"", "empty"),
    "a web page": (lambda: b"<!DOCTYPE html><html><body>Not found</body></html>", "html_page"),
    "a web page without a type": (lambda: b"\xef\xbb\xbf\n<HTML lang=en>", "html_page"),
    "an older Word file": (lambda: OLE, "old_word"),
    "a file with a password": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "an archive with a password": (flagged_as_encrypted, "encrypted"),
    "half a file": (lambda: GOOD[: len(GOOD) // 2], "truncated"),
    "a file without its last bytes": (lambda: GOOD[:-10], "truncated"),
    "only the beginning of an archive": (lambda: b"PK\x03\x04" + bytes(100), "truncated"),
    "macros": (lambda: word_file(paragraph("x"), extra={"word/vbaProject.bin": b"x"}), "macros"),
    "a file type with macros": (lambda: word_file(paragraph("x"), main_type=DOCM), "macros"),
    "entities": (lambda: word_file(paragraph("&b;").replace("&amp;", "&"), prolog=XML + ENTITIES), "doctype"),
    "an entity outside": (lambda: word_file(paragraph("&a;").replace("&amp;", "&"), prolog=XML + OUTSIDE), "doctype"),
    "a picture that unpacks to much": (lambda: bomb(30_000_000), "bomb"),
    "a body that is too large": (lambda: word_file(f"<!--{'x' * 17_000_000}-->"), "bomb"),
    "a body that is larger than it says": (lambda: understated(3_000_000), "damaged"),
    "entries that overlap": (lambda: overlapping(300), "too_large_unpacked"),
    "UTF-16 that does not say so": (lambda: "1. Boats.\n".encode("utf-16-le"), "not_text"),
    "many large parts": (
        lambda: word_file("", extra={f"word/media/{n}.bin": bytes(14_000_000) for n in range(15)}),
        "too_large_unpacked",
    ),
    "many parts": (lambda: word_file("", extra={f"word/x{n}.xml": "" for n in range(2001)}), "too_many_parts"),
    "a body of small marks": (lambda: word_file("<w:p/>" * 1_600_000), "too_many_tags"),
    "50,000 paragraphs": (lambda: word_file(paragraph("x") * 50_000), "too_many_lines"),
    "50,000 lines": (lambda: b"x\n" * 50_000, "too_many_lines"),
    "one endless paragraph": (lambda: word_file(paragraph("x" * 60_000)), "line_too_long"),
    "one endless line": (lambda: b"x" * 60_000, "line_too_long"),
    "a long text": (lambda: b"x" * 40_000 + (b"\n" + b"x" * 40_000) * 120, "text_too_long"),
    "a text node that no parser takes": (
        lambda: word_file(f"<w:p><w:r><w:t>{'x' * 10_500_000}</w:t></w:r></w:p>"),
        "damaged",
    ),
    "a body that is no XML": (lambda: word_file("<w:p>"), "damaged"),
    "marks within marks": (lambda: word_file("<w:sdt>" * 400 + "</w:sdt>" * 400), "damaged"),
    "a damaged part": (corrupted, "damaged"),
    "an empty document": (lambda: word_file(paragraph("")), "empty"),
    "a PDF": (lambda: b"%PDF-1.7\n", "other_format"),
    "an RTF": (lambda: b"{\\rtf1 Text}", "other_format"),
    "an XML file": (lambda: b"<?xml version='1.0'?><a/>", "other_format"),
    "an OpenDocument file": (lambda: archive({"mimetype": "application/vnd.oasis.opendocument.text"}), "other_format"),
    "another archive": (lambda: archive({"a.txt": "text"}), "not_word"),
    "an empty archive": (lambda: archive({}), "not_word"),
    "another encoding": (lambda: "1. Café\n".encode("latin-1"), "not_utf8"),
    "null characters": (lambda: b"1. Boat\n2. B\0at\n", "not_text"),
}


@pytest.mark.parametrize(("make", "code"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused_with_the_reason(make, code):
    data = make()
    with pytest.raises(SourceError) as refusal:
        read_file(data)
    assert refusal.value.code == code
    assert str(refusal.value) == refusal.value.message
    assert "%(" not in refusal.value.message


def test_entities_in_another_encoding_are_refused_too():
    text = f'<?xml version="1.0" encoding="utf-16"?>{ENTITIES}<w:document xmlns:w="{W}"><w:body/></w:document>'
    data = word_file("", drop=("word/document.xml",))
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a") as opened:
        opened.writestr("word/document.xml", text.encode("utf-16"))
    with pytest.raises(SourceError) as refusal:
        read_file(buffer.getvalue())
    assert refusal.value.code == "doctype"


def test_no_more_of_a_file_is_read_than_the_limit():
    class Endless(io.RawIOBase):
        taken = 0

        def read(self, size=-1):
            assert size > 0
            self.taken += size
            return b"x" * size

    endless = Endless()
    with pytest.raises(SourceError) as refusal:
        read_file(endless)
    assert refusal.value.code == "too_large"
    assert endless.taken == limits.MAX_FILE_BYTES + 1


def test_a_refusal_says_where():
    with pytest.raises(SourceError) as refusal:
        read_file("1. Boat\n2. Café\n".encode("latin-1"))
    assert refusal.value.params == {"line": 2}
    with pytest.raises(SourceError) as refusal:
        read_file(word_file("<w:p>"))
    assert refusal.value.params["part"] == "word/document.xml"


def test_what_a_file_points_to_outside_is_reported_and_not_fetched():
    relations = (
        f'<Relationship Id="e1" Type="{R}/image" Target="https://example.org/x.png" TargetMode="External"/>'
        f'<Relationship Id="e2" Type="{R}/hyperlink" Target="https://example.org/" TargetMode="External"/>'
    )
    source = read_file(word_file(paragraph("1. Text."), relations=relations))
    assert [(finding.code, finding.params["target"]) for finding in source.findings] == [
        ("external_content", "https://example.org/x.png")
    ]


def test_a_path_and_an_open_file_are_read_alike(tmp_path):
    path = tmp_path / "boats.txt"
    path.write_bytes(b"1. Text.\r\n2. Text.\r\n")
    with path.open("rb") as opened:
        assert read_file(path) == read_file(opened) == read_text("1. Text.\n2. Text.\n")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_in_each_encoding_that_says_so_is_read(encoding):
    assert [line.text for line in read_file("1. Текст.\n".encode(encoding)).lines] == ["1. Текст."]


def test_lines_are_counted_as_an_editor_counts_them():
    source = read_text("\ufeff1. One\r\n\r\n\t2. Two\r3. Three\u2028still three\n\n")
    assert source.lines_total == 5
    assert [line.is_blank for line in source.lines] == [False, True, False, False, True]
    assert [line.look.indent for line in source.lines] == [0, 0, 4, 0, 0]


def test_styles_that_follow_each_other_in_a_ring_are_read():
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{number}"><w:basedOn w:val="s{number % 50 + 1}"/></w:style>'
        for number in range(1, 51)
    )
    source = read_file(word_file(paragraph("1. Boats.", style="s7"), styles=styles))
    assert [line.text for line in source.lines] == ["1. Boats."]


def test_archives_within_archives_are_not_opened():
    inner = archive_packed({"a": bytes(1_000_000)})
    for _ in range(3):
        inner = archive_packed({f"{number}.zip": inner for number in range(5)})
    source = read_file(word_file(paragraph("1. Boats."), extra={"word/embeddings/object1.zip": inner}))
    assert [line.text for line in source.lines] == ["1. Boats."]


HOSTILE = {
    "marks stacked on a letter": ("a" + "\u0301\u0323" * 20_000, "characters_stacked_marks"),
    "characters that nobody sees": ("1. \u200b\u2060\u00ad" * 7_000, "characters_zero_width"),
    "symbols by the thousand": ("\n".join(["A/HRC/1/2 " * 4000] * 8), "symbols_unsearched"),
    "resolutions by the thousand": ("\n".join(["resolutions " + "23/12 and " * 4000] * 12), "symbols_unsearched"),
    "an override of direction": ("1. Boats " + "\u200b" * 100 + "\u202etaolf", "characters_direction_override"),
}


@pytest.mark.parametrize(("text", "code"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_is_read_within_bounds_and_reported(text, code):
    assert code in {finding.code for finding in parse(text).findings}
    assert count_calls(parse, text) < 4_000_000
