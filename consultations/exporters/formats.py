"""The formats in which a submission can be downloaded."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from consultations.exporters.content import submission_content
from consultations.exporters.reading import read_submission
from consultations.exporters.text import render_text
from consultations.exporters.word import render_word
from consultations.models import Submission


@dataclass(frozen=True)
class Exporter:
    """A format: its name for people, its media type, and what makes the file."""

    name: str | Promise
    content_type: str
    render: Callable[[Submission], bytes]


def _word(submission: Submission) -> bytes:
    reading = read_submission(submission)
    return render_word(reading, author=str(submission.delegation), filed_at=submission.submitted_at)


def _json(submission: Submission) -> bytes:
    return (json.dumps(submission_content(submission), ensure_ascii=False, indent=2) + "\n").encode()


def _text(submission: Submission) -> bytes:
    return render_text(read_submission(submission)).encode()


EXPORTERS: Final[Mapping[str, Exporter]] = {
    "docx": Exporter(
        _("Word document"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", _word
    ),
    "json": Exporter(_("data (JSON)"), "application/json", _json),
    "txt": Exporter(_("plain text"), "text/plain; charset=utf-8", _text),
}
"""By the ending of the file's name."""
