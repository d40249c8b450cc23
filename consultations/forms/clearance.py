"""The forms in which a delegation's people talk to each other, and attach files."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.forms.desk import DeskForm, WordsField


class NoteForm(DeskForm):
    """A note to the delegation's own people."""

    text = WordsField(
        label=_("Your note"),
        help_text=_("Only your own delegation's people read it. It is never filed and never published."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


class SendBackForm(DeskForm):
    """Why a comment is sent back."""

    reason = WordsField(
        label=_("What is to be changed"),
        help_text=_("Those who write in your delegation read it beside the comment."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)


class AttachForm(DeskForm):
    """A file beside a submission."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        allow_empty_file=True,  # the service says what is wrong with it
        help_text=_("PDF, Word (docx), PNG, JPEG or WebP, up to 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.png,.jpg,.jpeg,.webp"}),
    )

    def clean(self) -> dict[str, Any]:
        """Say where no file was chosen."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("file") and not self.errors:
            self.add_error("file", _("Choose a file."))
        return cleaned
