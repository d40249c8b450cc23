"""What is printed on every page around a text: page numbers, rules, the printing service's numbers, the document's symbol."""

import re
from typing import Final

from declaration.text.parser.shapes import trimmed
from declaration.text.references import SYMBOL_PATTERN

_RULE: Final = re.compile(r"[\s_\-–—―=*·•.#~]{3,}|[*·•]")
_PAGE: Final = re.compile(
    r"(?:[-–—]\s*)?[0-9٠-٩۰-۹]{1,4}(?:\s*[-–—])?|[0-9]{1,4}\s?/\s?[0-9]{1,4}"
    r"|(?i:page|página|стр\.?|страница|صفحة)\s*[0-9٠-٩]{1,4}(?:\s*(?:of|sur|de|из|من|/)\s*[0-9٠-٩]{1,4})?|第?\s*[0-9]{1,4}\s*页"
)
_JOB: Final = re.compile(
    r"(?:[A-Z]{2,3}\.)?[0-9]{2}-[0-9]{5}\s*(?:\([A-Z]\))?(?:\s+[0-9]{6})?(?:\s+[0-9]{1,4}\s?/\s?[0-9]{1,4})?\*?"
    r"|[0-9]{1,4}\s+(?:[A-Z]{2,3}\.)?[0-9]{2}-[0-9]{5}|(?:[A-Z]{2,3}\.)[0-9]{2}-[0-9]{5}\s+[0-9]{1,4}"
    r"|[0-9]{1,4}/[0-9]{1,4}\s+(?:[A-Z]{2,3}\.)?[0-9]{2}-[0-9]{5}|(?:[A-Z]{2,3}\.)?[0-9]{2}-[0-9]{5}|\*[0-9]{5,9}\*"
)
_SYMBOL: Final = re.compile(SYMBOL_PATTERN.removeprefix("^").removesuffix("$"))


def furniture_of(text: str) -> str:
    """Return the reason to leave a line out that is no more than that; empty for a line of the text."""
    bare = trimmed(text)
    if _RULE.fullmatch(bare):
        return "rule"
    if _JOB.fullmatch(bare):
        return "job_number"
    if _PAGE.fullmatch(bare):
        return "page_number"
    if _SYMBOL.fullmatch(bare) and any(map(str.isdigit, bare)):
        return "running_head"
    return ""
