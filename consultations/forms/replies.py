"""The form of a delegation's reply to an answer."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from consultations.forms.desk import DeskForm, WordsField
from consultations.models import Disposition, Reply
from declaration.languages import TEXT_LANGUAGE_CHOICES


class ReplyForm(DeskForm):
    """What a delegation says to an answer. `revision` is the answer's, and `replaces` the time of the reply, as they were shown."""

    verdict = forms.ChoiceField(
        label=_("With this answer your delegation"),
        choices=[
            (Reply.Verdict.SATISFIED, _("is satisfied")),
            (Reply.Verdict.MAINTAINS, _("is not satisfied: it maintains its comment")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    reason = WordsField(
        label=_("Reason"),
        help_text=_("Needed where the comment is maintained. It is published with the answer."),
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
    language = forms.ChoiceField(label=_("Language of the reason"), choices=TEXT_LANGUAGE_CHOICES)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    replaces = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def values(self) -> dict[str, Any]:
        """Return what was entered, as the service takes it."""
        typed = self.cleaned_data
        return {name: typed[name] for name in ("verdict", "reason", "language")} | {
            "expected_revision": typed["revision"],
            "replaces": typed["replaces"] or None,
        }

    def clean_replaces(self) -> dt.datetime | None:
        """Return the time of the reply that was shown; nothing where there was none."""
        typed = self.cleaned_data["replaces"]
        try:
            found = parse_datetime(typed)
        except ValueError:
            found = None
        if typed and (found is None or found.tzinfo is None):
            raise forms.ValidationError(_("This page is out of date. Open it anew."))
        return found


def describe_reply(disposition: Disposition) -> dict[str, Any]:
    """Return what the form shows of an answer: the reply that stands, or none yet."""
    standing = disposition.reply
    return {
        "verdict": standing.verdict if standing else "",
        "reason": standing.reason if standing else "",
        "language": standing.language if standing else disposition.comment.language,
        "revision": disposition.revision,
        "replaces": standing.replied_at.isoformat() if standing else "",
    }
