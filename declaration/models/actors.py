"""The actors: States, the groups they form, and everyone who is no State."""

from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from declaration.audit import audited
from declaration.querysets import StateQuerySet
from declaration.translated import TranslatedField, translated_check

RESERVED_KEYS: Final = frozenset(
    {"add", "attachments", "calls", "changes", "comments", "delegations", "drafts", "invitations", "mail", "members"}
    | {"new", "participate", "people", "preferences", "receipts", "replies", "submissions", "tokens"}
)
"""Words that addresses use where a party's key can stand too: a party with such a key would hide a page, or be hidden."""


def refuse_reserved_key(key: str) -> None:
    """Refuse a key that addresses use as a word of their own. Raises `ValidationError`."""
    if key in RESERVED_KEYS:
        raise ValidationError(
            _("“%(key)s” is a word of the site's own addresses. Choose another key."),
            code="key_reserved",
            params={"key": key},
        )


@audited()
class State(models.Model):
    """A member or observer State, under its United Nations short name in the six languages.

    Codes are ISO 3166-1 alpha-3 and the UN Statistics Division's M49. An invented State, for demonstrations, has a
    code from the range that ISO leaves to its users (XAA to XZZ) and no M49 code, so that it can never be taken for
    a real one.
    """

    class Status(models.TextChoices):
        MEMBER_STATE = "member_state", _("member State")
        OBSERVER_STATE = "observer_state", _("observer State")
        INVENTED_STATE = "invented_state", _("invented State, for demonstration")

    alpha3 = models.CharField(
        _("code"),
        max_length=3,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]{3}$", _("Three capital letters, as in ISO 3166-1 alpha-3."))],
    )
    m49 = models.CharField(
        _("M49 code"), max_length=3, blank=True, validators=[RegexValidator(r"^[0-9]{3}$", _("Three digits."))]
    )
    status = models.CharField(_("status"), max_length=20, choices=Status.choices, default=Status.MEMBER_STATE)
    name = TranslatedField(_("short name"))

    objects = StateQuerySet.as_manager()

    class Meta:
        verbose_name = _("State")
        verbose_name_plural = _("States")
        ordering = ["alpha3"]
        constraints = [
            translated_check("declaration_state", "name"),
            models.CheckConstraint(condition=Q(alpha3__regex=r"^[A-Z]{3}$"), name="declaration_state_alpha3_form"),
            models.CheckConstraint(
                condition=Q(status="invented_state", alpha3__startswith="X", m49="")
                | (~Q(status="invented_state") & ~Q(alpha3__startswith="X") & Q(m49__regex=r"^[0-9]{3}$")),
                name="declaration_state_invented_has_user_code",
                violation_error_message=_("Codes from XAA to XZZ are for invented States, and only for them."),
            ),
            models.UniqueConstraint(fields=["m49"], condition=~Q(m49=""), name="declaration_state_m49_unique"),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def is_invented(self) -> bool:
        """Whether it exists only for demonstrations."""
        return self.status == self.Status.INVENTED_STATE


@audited()
class Group(models.Model):
    """A group of States: one of the five regional groups, a political group, a regional organization."""

    class Kind(models.TextChoices):
        REGIONAL = "regional", _("regional group")
        POLITICAL = "political", _("political group")
        REGIONAL_ORGANIZATION = "regional_organization", _("regional organization")
        OTHER = "other", _("other group")

    code = models.SlugField(_("code"), unique=True, validators=[refuse_reserved_key])
    kind = models.CharField(_("kind"), max_length=30, choices=Kind.choices)
    name = TranslatedField(_("name"))
    acronym = models.CharField(_("acronym"), max_length=20, blank=True)
    note = TranslatedField(_("note"), blank=True)
    states = models.ManyToManyField(State, through="GroupMembership", related_name="groups", verbose_name=_("States"))

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ["code"]
        constraints = [translated_check("declaration_group", "name")]

    def __str__(self) -> str:
        return str(self.name)


@audited()
class GroupMembership(models.Model):
    """A State's membership in a group, with its dates where they are known."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("group"))
    state = models.ForeignKey(
        State, on_delete=models.CASCADE, related_name="group_memberships", verbose_name=_("State")
    )
    joined_on = models.DateField(_("joined on"), null=True, blank=True)
    left_on = models.DateField(_("left on"), null=True, blank=True)
    note = TranslatedField(_("note"), blank=True)

    class Meta:
        verbose_name = _("group membership")
        verbose_name_plural = _("group memberships")
        ordering = ["group", "state", "joined_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(joined_on__isnull=True) | Q(left_on__isnull=True) | Q(left_on__gt=F("joined_on")),
                name="declaration_groupmembership_left_after_joined",
                violation_error_message=_("A State leaves a group after it joined it."),
            ),
            models.UniqueConstraint(
                fields=["group", "state"],
                condition=Q(left_on__isnull=True),
                name="declaration_groupmembership_one_current",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state.alpha3}: {self.group.code}"


@audited()
class Stakeholder(models.Model):
    """Everyone who is heard and is no State."""

    class Kind(models.TextChoices):
        UN_ENTITY = "un_entity", _("United Nations entity")
        INTERNATIONAL_ORGANIZATION = "international_organization", _("international organization")
        NGO = "ngo", _("non-governmental organization")
        NATIONAL_INSTITUTION = "national_institution", _("national human rights institution")
        ACADEMIC = "academic", _("academic institution or expert")
        MANDATE_HOLDER = "mandate_holder", _("special procedures mandate holder")
        EXPERT_BODY = "expert_body", _("expert body")
        INDIVIDUAL = "individual", _("individual")
        OTHER = "other", _("other")

    class EcosocStatus(models.TextChoices):
        GENERAL = "general", _("general consultative status")
        SPECIAL = "special", _("special consultative status")
        ROSTER = "roster", _("roster")

    slug = models.SlugField(_("key in addresses"), max_length=80, unique=True, validators=[refuse_reserved_key])
    kind = models.CharField(_("kind"), max_length=30, choices=Kind.choices)
    name = TranslatedField(_("name"))
    acronym = models.CharField(_("acronym"), max_length=20, blank=True)
    ecosoc_status = models.CharField(
        _("status with the Economic and Social Council"), max_length=10, choices=EcosocStatus.choices, blank=True
    )
    state = models.ForeignKey(
        State, on_delete=models.PROTECT, null=True, blank=True, related_name="stakeholders", verbose_name=_("State")
    )
    website = models.URLField(_("website"), blank=True)
    is_invented = models.BooleanField(_("invented, for demonstration"), default=False)
    note = TranslatedField(_("note"), blank=True)

    class Meta:
        verbose_name = _("stakeholder")
        verbose_name_plural = _("stakeholders")
        ordering = ["slug"]
        constraints = [
            translated_check("declaration_stakeholder", "name"),
            models.CheckConstraint(
                condition=Q(ecosoc_status="") | Q(kind="ngo"),
                name="declaration_stakeholder_ecosoc_status_of_ngo",
                violation_error_message=_("Only a non-governmental organization has consultative status."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)
