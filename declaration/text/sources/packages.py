"""The package of a Word file (ECMA-376 part 2): a zip archive of XML parts and their relations.

Nothing is unpacked before the archive's directory has been looked at, no part is unpacked beyond a limit, no entity is
resolved and nothing outside is fetched. A part that declares a document type is refused before it is parsed.
"""

import io
import posixpath
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import Final

from lxml import etree

from declaration.text.sources import limits
from declaration.text.sources.errors import SourceError

_RELATION: Final = "relationships/"
_MAIN_TYPES: Final = frozenset(
    {
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    }
)
_MACRO_TYPES: Final = re.compile(r"macroEnabled|vbaProject|vbaData", re.IGNORECASE)
_MACRO_NAMES: Final = re.compile(r"(?:^|/)vba(?:project|data)[^/]*$", re.IGNORECASE)
_OPEN_DOCUMENT: Final = "mimetype"
# "<!DOCTYPE" and "<!ENTITY" in the encodings that an XML parser tells by itself.
_DECLARATIONS: Final = tuple(
    word.encode(encoding) for word in ("<!DOCTYPE", "<!ENTITY") for encoding in ("utf-8", "utf-16-le", "utf-16-be")
)
# The record that ends an archive (APPNOTE.TXT 4.3.16): number of entries, and length of the directory that lists them.
_END: Final = b"PK\x05\x06"
_END_RECORD: Final = struct.Struct("<4s4H2LH")
_END_REACH: Final = _END_RECORD.size + 0xFFFF
_MAX_DIRECTORY_BYTES: Final = limits.MAX_PARTS * 512


@dataclass(frozen=True)
class Relation:
    """What a part points to: another part of the package, or (`is_external`) an address outside."""

    key: str
    kind: str
    target: str
    is_external: bool


class Package:
    """The parts of a Word file, read one by one on demand."""

    def __init__(self, data: bytes) -> None:
        """Open a package. Raises `SourceError` for what is no whole, plain, harmless Word file."""
        _refuse_large_directory(data)
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
            raise SourceError("truncated") from error
        self._entries = {entry.filename.lstrip("/"): entry for entry in self._archive.infolist()}
        self._refuse_by_directory()
        self._relations: dict[str, list[Relation]] = {}
        self._unpacked = 0
        self._types = self._read_types()
        self.main = self._find_main()

    def relations(self, part: str) -> list[Relation]:
        """List what a part points to, in the order of the file; a part without relations points to nothing."""
        if part not in self._relations:
            self._relations[part] = self._read_relations(part)
        return self._relations[part]

    def _read_relations(self, part: str) -> list[Relation]:
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        if path not in self._entries:
            return []
        found = []
        for element in self.read(path).iter("{*}Relationship"):
            target = element.get("Target", "")
            is_external = element.get("TargetMode", "").lower() == "external"
            found.append(
                Relation(
                    key=element.get("Id", ""),
                    kind=element.get("Type", "").rpartition(_RELATION)[2],
                    target=target if is_external else _resolve(folder, target),
                    is_external=is_external,
                )
            )
        return found

    def related(self, part: str, kind: str) -> list[str]:
        """List the parts of the package that a part points to by one kind of relation, of those that are there."""
        return [
            relation.target
            for relation in self.relations(part)
            if relation.kind == kind and not relation.is_external and relation.target in self._entries
        ]

    def read(self, part: str) -> etree._Element:
        """Return the root of a part's XML. Raises `SourceError` for a part that is missing, damaged or unsafe."""
        content = self._unpack(part)
        if any(declaration in content for declaration in _DECLARATIONS):
            raise SourceError("doctype", part=part)
        if content.count(b"<") > limits.MAX_TAGS:
            raise SourceError("too_many_tags", part=part, limit=limits.MAX_TAGS)
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(content, parser)
        except etree.XMLSyntaxError as error:
            raise SourceError("damaged", part=part, detail=str(error.msg)[:200]) from error
        if root.getroottree().docinfo.doctype:
            raise SourceError("doctype", part=part)
        return root

    def _unpack(self, part: str) -> bytes:
        entry = self._entries.get(part)
        if entry is None:
            raise SourceError("part_missing", part=part)
        if entry.file_size > limits.MAX_PART_BYTES:
            raise SourceError("bomb", part=part, size=entry.file_size, limit=limits.MAX_PART_BYTES)
        try:
            with self._archive.open(entry) as stream:
                content = stream.read(limits.MAX_PART_BYTES + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
            raise SourceError("damaged", part=part, detail=str(error)[:200]) from error
        if len(content) > limits.MAX_PART_BYTES:
            raise SourceError("bomb", part=part, size=len(content), limit=limits.MAX_PART_BYTES)
        self._unpacked += len(content)
        if self._unpacked > limits.MAX_READ_BYTES:
            raise SourceError("too_large_unpacked", size=self._unpacked, limit=limits.MAX_READ_BYTES)
        return content

    def _refuse_by_directory(self) -> None:
        """Look at the names and sizes that the archive's directory states, before anything is unpacked."""
        entries = self._archive.infolist()
        if len(entries) > limits.MAX_PARTS:
            raise SourceError("too_many_parts", count=len(entries), limit=limits.MAX_PARTS)
        total = 0
        for entry in entries:
            if entry.flag_bits & 0x1:
                raise SourceError("encrypted")
            if _MACRO_NAMES.search(entry.filename):
                raise SourceError("macros", part=entry.filename[:200])
            total += entry.file_size
            is_dense = entry.file_size > limits.MAX_RATIO * max(entry.compress_size, 1)
            if is_dense and entry.file_size > limits.MAX_PART_BYTES:
                raise SourceError("bomb", part=entry.filename[:200], size=entry.file_size, limit=limits.MAX_PART_BYTES)
        if total > limits.MAX_UNPACKED_BYTES:
            raise SourceError("too_large_unpacked", size=total, limit=limits.MAX_UNPACKED_BYTES)

    def _read_types(self) -> dict[str, str]:
        """Return the content type of each part that has one of its own."""
        if "[Content_Types].xml" not in self._entries:
            if _OPEN_DOCUMENT in self._entries:
                raise SourceError("other_format", format="OpenDocument")
            raise SourceError("not_word")
        types = {}
        for element in self.read("[Content_Types].xml").iter("{*}Override", "{*}Default"):
            name = element.get("PartName", "").lstrip("/")
            kind = element.get("ContentType", "")
            if _MACRO_TYPES.search(kind):
                raise SourceError("macros", part=name or element.get("Extension", ""))
            types[name] = kind
        return types

    def _find_main(self) -> str:
        for part in self.related("", "officeDocument"):
            if self._types.get(part) in _MAIN_TYPES:
                return part
        raise SourceError("not_word")


def _refuse_large_directory(data: bytes) -> None:
    """Raise for an archive without an end, or whose directory is too long to be listed."""
    start = data.rfind(_END, max(0, len(data) - _END_REACH))
    if start < 0 or start + _END_RECORD.size > len(data):
        raise SourceError("truncated")
    _, _, _, _, count, length, _, _ = _END_RECORD.unpack_from(data, start)
    if count > limits.MAX_PARTS or length > _MAX_DIRECTORY_BYTES:
        raise SourceError("too_many_parts", count=count, limit=limits.MAX_PARTS)


def _resolve(folder: str, target: str) -> str:
    """Return the name of a part that another in `folder` points to."""
    path = target if target.startswith("/") else posixpath.join("/", folder, target)
    return posixpath.normpath(path).lstrip("/")
