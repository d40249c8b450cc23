"""Files and pasted texts as lines: plain text and Word (.docx) in one shape, with what each line looked like.

`read_file` takes a path, bytes or an open binary file, `read_text` a pasted text. Whatever is no such file, or more than is
read, raises `SourceError` with a code, a sentence and its parameters, before much of it has been looked at.
"""

from declaration.text.sources.errors import SourceError
from declaration.text.sources.files import read_file
from declaration.text.sources.lines import AutoNumber, Look, NoteCall, Source, SourceLine
from declaration.text.sources.plain import read_text

__all__ = ["AutoNumber", "Look", "NoteCall", "Source", "SourceError", "SourceLine", "read_file", "read_text"]
