"""That what was filed was withdrawn, kept beside the filing, which itself never changes."""

from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from consultations.models.filings import Submission
from consultations.models.people import User
from declaration.audit import audited
from declaration.text.hygiene import MAX_WORDING


@audited()
class Withdrawal(models.Model):
    """When a filing was withdrawn and by whom; with the reason where staff withdrew a letter.

    The delegation and staff read it, nobody else.
    """

    submission = models.OneToOneField(
        Submission, on_delete=models.PROTECT, related_name="withdrawal", verbose_name=_("submission")
    )
    reason = models.TextField(_("reason"), blank=True, validators=[MaxLengthValidator(MAX_WORDING)])
    withdrawn_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name=_("withdrawn by"), editable=False
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"))

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")
        ordering = ["submission"]

    def __str__(self) -> str:
        return f"{self.submission_id}: {self.withdrawn_at:%Y-%m-%d}"
