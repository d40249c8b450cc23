"""Files for tests, made byte by byte: what each is named for, and nothing else."""

import io
import struct
import zipfile
import zlib

CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def pdf(catalog: bytes = b"", *, packed: bytes = b"", trailer: bytes = b"", version: bytes = b"1.7") -> bytes:
    """A PDF with more in its catalog, in a packed stream of objects, or in its trailer."""
    objects = b"1 0 obj\n<< /Type /Catalog /Pages 2 0 R " + catalog + b" >>\nendobj\n"
    objects += b"2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n"
    if packed:
        data = zlib.compress(packed)
        head = b"3 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n" % len(data)
        objects += head + data + b"\nendstream\nendobj\n"
    return b"%PDF-" + version + b"\n" + objects + b"trailer\n<< /Root 1 0 R " + trailer + b" >>\nstartxref\n9\n%%EOF\n"


def docx(*, more: dict[str, bytes] | None = None, content_type: str = WORD, relations: str = "") -> bytes:
    """A Word document, with more parts and relations."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        _put(
            package,
            "[Content_Types].xml",
            f'<Types xmlns="{CONTENT_TYPES}"><Override PartName="/word/document.xml" ContentType="{content_type}"/></Types>',
        )
        _put(
            package,
            "_rels/.rels",
            f'<Relationships xmlns="{RELATIONS}">'
            f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        _put(package, "word/document.xml", "<w:document xmlns:w='w'><w:body/></w:document>")
        if relations:
            _put(
                package,
                "word/_rels/document.xml.rels",
                f'<Relationships xmlns="{RELATIONS}">{relations}</Relationships>',
            )
        for name, content in (more or {}).items():
            _put(package, name, content)
    return packed.getvalue()


def _put(package: zipfile.ZipFile, name: str, content: str | bytes) -> None:
    """Add a part as if it had been packed in 1980: the same file, and the same name of a test, whenever it is made."""
    package.writestr(zipfile.ZipInfo(name), content, compress_type=zipfile.ZIP_DEFLATED)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(*, noise: bytes = b"") -> bytes:
    """An image of one grey point, with a comment that makes it differ from others."""
    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    comment = _chunk(b"tEXt", b"Comment\x00" + noise) if noise else b""
    point = _chunk(b"IDAT", zlib.compress(b"\x00\x80"))
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + comment + point + _chunk(b"IEND", b"")


def jpeg() -> bytes:
    """What has the markers of a photograph: start, application data, a scan with a stuffed byte and a restart, end."""
    return b"\xff\xd8" + b"\xff\xe0\x00\x04JF" + b"\xff\xda\x00\x03\x00" + b"scan\xff\x00more\xff\xd0rest" + b"\xff\xd9"


def webp() -> bytes:
    """What has the container of a WebP image."""
    chunk = b"VP8 " + struct.pack("<I", 5) + b"image\x00"
    return b"RIFF" + struct.pack("<I", len(chunk) + 4) + b"WEBP" + chunk
