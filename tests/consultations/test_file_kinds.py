"""What a file is, is told by its content; what hides, runs or is two things at once is refused."""

import struct

import pytest

from consultations import file_kinds
from consultations.file_kinds import WrongFileError, tell_kind
from tests import files

OFFICE = files.OFFICE


def relation(kind: str, target: str, *, external: bool = False) -> str:
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="r9" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'


@pytest.mark.parametrize(
    ("data", "extension"),
    [
        (files.pdf(), "pdf"),
        (files.pdf(version=b"2.0"), "pdf"),
        (files.pdf(packed=b"4 0 << /Type /Page >>"), "pdf"),
        (files.pdf(b"/OpenAction [3 0 R /Fit]"), "pdf"),
        (files.docx(), "docx"),
        (files.docx(relations=relation("hyperlink", "https://example.org/", external=True)), "docx"),
        (files.docx(relations=relation("image", "media/one.png")), "docx"),
        (files.png(), "png"),
        (files.jpeg(), "jpg"),
        (files.webp(), "webp"),
    ],
)
def test_harmless_file_is_told(data, extension):
    assert tell_kind(data).extension == extension


COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
EMPTY_ARCHIVE = b"PK\x05\x06" + bytes(18)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"<html><script>alert(1)</script></html>", "unknown"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "unknown"),
        (b"MZ" + bytes(100), "unknown"),
        (b"GIF89a" + bytes(50), "unknown"),
        (COMPOUND, "old_office"),
        (b"RIFF\x04\x00\x00\x00WAVEdata" + bytes(20), "unknown"),
        # PDF
        (b" " + files.pdf(), "unknown"),
        (files.pdf()[:-7], "damaged"),
        (files.pdf(version=b"x"), "damaged"),
        (files.pdf(trailer=b"/Encrypt 9 0 R"), "encrypted"),
        (files.pdf(trailer=b"/E#6ecrypt 9 0 R"), "encrypted"),
        (files.pdf(b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), "active"),
        (files.pdf(b"/OpenAction << /S /J#61vaScript >>"), "active"),
        (files.pdf(packed=b"4 0 << /S /JavaScript /JS (app.alert(1)) >>"), "active"),
        (files.pdf(b"/AA << /O << /S /Launch >> >>"), "active"),
        (files.pdf(b"/Names << /EmbeddedFiles 9 0 R >>"), "active"),
        (files.pdf() + b"<script>alert(1)</script>", "two_in_one"),
        (files.pdf() + files.docx(), "two_in_one"),
        # An object that hides in what claims to be an image.
        (files.pdf(b">> stream\n 8 0 obj << /S /JavaScript >> endobj endstream <<"), "active"),
        # Word
        (files.docx(more={"word/vbaProject.bin": b"macro"}), "macros"),
        (files.docx(content_type="application/vnd.ms-word.document.macroEnabled.main+xml"), "macros"),
        (
            files.docx(content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
            "unknown",
        ),
        (files.docx(relations=relation("oleObject", "embeddings/one.bin")), "active"),
        (files.docx(relations=relation("control", "activeX/one.xml")), "active"),
        (files.docx(relations=relation("attachedTemplate", "https://example.org/t.dotm", external=True)), "active"),
        (files.docx(relations=relation("oleObject", "https://example.org/x", external=True)), "active"),
        (files.docx()[:-10], "damaged"),
        (files.docx() + b"more", "two_in_one"),
        (files.docx(more={"word/media/bomb.xml": bytes(30_000_000)}), "bomb"),
        (EMPTY_ARCHIVE, "unknown"),
        # Images
        (files.png()[:-4], "damaged"),
        (files.png().replace(b"IDAT", b"IDAX"), "damaged"),
        (files.png() + b"<?php", "two_in_one"),
        (files.png() + files.docx(), "two_in_one"),
        (files.jpeg()[:-2], "damaged"),
        (b"\xff\xd8\xff\xd9", "damaged"),
        (b"\xff\xd8\xff\xe0", "damaged"),
        (files.jpeg() + files.docx(), "two_in_one"),
        (files.webp() + b"x", "two_in_one"),
        (files.webp()[:-2], "damaged"),
        (files.webp().replace(b"VP8 ", b"ABCD"), "damaged"),
        (files.webp().replace(struct.pack("<I", 5), struct.pack("<I", 9)), "damaged"),
        (b"RIFF\x04\x00\x00\x00WEBP", "unknown"),
    ],
)
def test_other_file_is_refused_with_its_reason(data, code):
    with pytest.raises(WrongFileError) as refused:
        tell_kind(data)
    assert refused.value.code == code


def test_image_with_an_archive_in_its_last_chunk_is_two_in_one():
    """The end of an archive may say that a comment follows, in which the end of another file hides."""
    tail = files.png()[-12:]
    archive = b"PK\x05\x06" + bytes(16) + struct.pack("<H", 4 + len(tail))
    body = files.png()[:-12]
    chunk = struct.pack(">I", len(archive)) + b"teXt" + archive
    data = body + chunk + struct.pack(">I", file_kinds.zlib.crc32(chunk[4:])) + tail
    with pytest.raises(WrongFileError) as refused:
        tell_kind(data)
    assert refused.value.code == "two_in_one"


def test_packed_objects_are_unpacked_no_further_than_allowed(monkeypatch):
    monkeypatch.setattr(file_kinds, "MAX_UNPACKED", 1_000)
    assert tell_kind(files.pdf(packed=bytes(900))).extension == "pdf"
    with pytest.raises(WrongFileError) as refused:
        tell_kind(files.pdf(packed=bytes(2_000)))
    assert refused.value.code == "bomb"


def test_objects_packed_in_another_way_are_not_taken():
    data = files.pdf(packed=b"4 0 << /Type /Page >>")
    start = data.index(b"stream\n") + 7
    with pytest.raises(WrongFileError) as refused:
        tell_kind(data[:start] + b"\x00\x00" + data[start + 2 :])
    assert refused.value.code == "encrypted"
