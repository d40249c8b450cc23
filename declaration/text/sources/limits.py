"""How much is read. The longest declarations and reports of United Nations bodies stay far below each of these."""

from typing import Final

MAX_FILE_BYTES: Final = 20 * 1024 * 1024
MAX_LINES: Final = 8_000
MAX_LINE_LENGTH: Final = 50_000
MAX_TEXT_LENGTH: Final = 2_000_000

MAX_PARTS: Final = 2_000
MAX_PART_BYTES: Final = 16 * 1024 * 1024
# All parts that are read as XML, together.
MAX_READ_BYTES: Final = 24 * 1024 * 1024
MAX_UNPACKED_BYTES: Final = 200 * 1024 * 1024
# Deflate reaches about 1,030 to 1; the XML of real Word files stays below 50 to 1. Small parts do no harm.
MAX_RATIO: Final = 150
# Tags, opening and closing, in one part: a memory of some hundred bytes each.
MAX_TAGS: Final = 1_500_000
