"""What stands on a consultation beside what was typed, where a colleague changed it meanwhile."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from consultations.forms.desk import DeskForm
from consultations.forms.hearings import Sheet


@dataclass(frozen=True)
class Difference:
    """A field that reads otherwise: its name, what stands now, what was typed."""

    label: str
    theirs: str
    yours: str


def list_differences(sheet: Sheet, standing: Mapping[str, Any]) -> list[Difference]:
    """Return where a page that was typed and what stands read differently; `standing` is as `stored_sheet` returns it."""
    found = [*_of_form(sheet.head, standing["head"]), *_of_form(sheet.note, standing["note"])]
    stored = {str(row["pk"]): row for row in standing.get("rows", ())}
    for row in sheet.rows:
        theirs = stored.pop(str(row["pk"].value() or ""), None)
        if theirs is not None:
            found.extend(_of_form(row, theirs))
    found.extend(Difference(_("A view that your page does not have"), row["summary"], "") for row in stored.values())
    return found


def _of_form(form: DeskForm, stored: Mapping[str, Any]) -> Iterator[Difference]:
    for name in form.fields:
        bound = form[name]
        if bound.is_hidden or name not in stored:
            continue
        theirs, yours = _plain(bound.field.prepare_value(stored[name])), _plain(bound.value())
        if theirs != yours:
            yield Difference(str(bound.label), theirs, yours)


def _plain(value: Any) -> str:
    if value in (None, False):
        return ""
    return "\n".join(line.strip() for line in str(value).replace("\r", "").strip().split("\n"))
