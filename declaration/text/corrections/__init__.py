"""What a person changes of a text that was read, before it is taken over.

`apply` takes the JSON of `ParsedText.as_json()` and a list of corrections, and returns JSON of the same shape with
identifiers and depths computed anew. The text itself is never changed: words move between clauses and what is left out,
with their source lines, footnotes and citations, and none is lost. A correction names a clause by its `key`, which stays the
same whatever happens around it, or by the identifier that it has when its turn comes.

- `relabel`: `node`, `label`: another number, "" for none.
- `rekind`: `node`, `kind`.
- `split`: `node`, `at`: the text from that character on becomes a clause of its own, of the same kind, behind it; what
  stands below goes with the second part. `label` may give it a number.
- `join`: `node`: goes to the end of the clause before it, on a line of its own, or with `with` = "space" on the same.
- `indent`, `outdent`: `node` with all below it, one level deeper or higher.
- `to_heading`, `to_text`: `node`: the first line of its text becomes its heading, or its heading the first line of its text.
- `leave_out`: `node`, `reason` (a key of `declaration.text.findings.REASONS`); what stands below it stays, unless `with_below`.
- `take_in`: `line` (and `entry`, the place among what was left out, where a line is there twice), `as`: "node", "text" or
  "heading"; `after`: the clause it follows or goes to, by default the one that stands before it in the source; for a clause
  of its own also `kind` and `label`.
- `choose_symbol`: `node`, `place`, `position`, `symbol`: which of its candidates a citation means.
- `align`: `node`, `with`: the key of the clause of the first language that it goes with; "" for none of them.
"""

from declaration.text.corrections.apply import apply
from declaration.text.corrections.errors import MESSAGES, CorrectionError
from declaration.text.corrections.shapes import OPERATIONS, check_shape

__all__ = ["MESSAGES", "OPERATIONS", "CorrectionError", "apply", "check_shape"]
