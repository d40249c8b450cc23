"""Reading texts of United Nations bodies: declarations, resolutions and reports, in the six official languages.

`parse` takes the lines of a source (see `declaration.text.sources`) or a pasted text, and returns a `ParsedText`: the tree of
clauses, what was left out and why, the symbols that are cited, and what a person should look at.
"""

from declaration.text.parser.check import LostTextError
from declaration.text.parser.languages import guess_language
from declaration.text.parser.reading import parse
from declaration.text.parser.result import CitedSymbol, Node, Note, ParsedText
from declaration.text.parser.symbols import find_symbols

__all__ = ["CitedSymbol", "LostTextError", "Node", "Note", "ParsedText", "find_symbols", "guess_language", "parse"]
