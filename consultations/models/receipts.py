"""Receipts: what a delegation keeps of its filing, and the chain in which a changed or missing filing shows."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations.models import triggers
from consultations.models.calls import Call
from consultations.models.filings import Submission


class Receipt(models.Model):
    """The receipt of one filing, and its link in the chain of its call.

    Each call has a chain of its own, so that the receipts of one tell nothing of another that is sealed. `number` is drawn
    at random for the same reason. `content` is the filing's canonical content (RFC 8785), `content_sha256` its digest;
    `signature` stands for number, time and content, `place_signature` for the place in the chain. Digests are hexadecimal,
    signatures (Ed25519, RFC 8032) base64. Nothing here can be changed or removed.
    """

    submission = models.OneToOneField(
        Submission, on_delete=models.PROTECT, related_name="receipt", verbose_name=_("submission")
    )
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="receipts", verbose_name=_("call"))
    number = models.CharField(_("number"), max_length=20, unique=True)
    filed_at = models.DateTimeField(_("filed at"))
    content = models.TextField(_("canonical content"))
    content_sha256 = models.CharField(_("SHA-256 of the content"), max_length=64)
    position = models.PositiveIntegerField(_("place in the chain"))
    previous_hash = models.CharField(_("hash of the link before"), max_length=64)
    chain_hash = models.CharField(_("hash of this link"), max_length=64)
    key_id = models.CharField(_("key"), max_length=16)
    signature = models.CharField(_("signature"), max_length=100)
    place_signature = models.CharField(_("signature of the place"), max_length=100)

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        ordering = ["call", "position"]
        constraints = [
            models.UniqueConstraint(fields=["call", "position"], name="consultations_receipt_one_a_place"),
            models.CheckConstraint(condition=Q(position__gte=1), name="consultations_receipt_counted_from_one"),
        ]
        triggers = [triggers.receipt_linked(), triggers.receipt_kept(), triggers.receipt_never_emptied()]

    def __str__(self) -> str:
        return self.number


class ChainHead(models.Model):
    """How long a call's chain is and what its last link is, signed by the site: a shorter chain cannot be passed off."""

    call = models.OneToOneField(Call, on_delete=models.PROTECT, related_name="chain_head", verbose_name=_("call"))
    length = models.PositiveIntegerField(_("length"))
    chain_hash = models.CharField(_("hash of the last link"), max_length=64)
    moved_at = models.DateTimeField(_("moved at"))
    key_id = models.CharField(_("key"), max_length=16)
    signature = models.CharField(_("signature"), max_length=100)

    class Meta:
        verbose_name = _("head of a chain")
        verbose_name_plural = _("heads of chains")
        ordering = ["call"]
        triggers = [triggers.chain_head_grows()]

    def __str__(self) -> str:
        return f"{self.call_id}: {self.length}"
