"""The people who sign in, and the delegations they act for."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.models import triggers
from consultations.querysets import DelegationQuerySet
from declaration.audit import audited
from declaration.languages import TEXT_LANGUAGES
from declaration.models import Group, Stakeholder, State


class UserManager(BaseUserManager["User"]):
    """Makes users, who are known by their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Store a user; without a password the account cannot sign in until one is set."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Store an administrator, who may do everything in the admin."""
        return self.create_user(email, password, **{"is_staff": True, "is_superuser": True} | fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find a user by e-mail address, whatever its capitals."""
        return self.get(email__iexact=username)


@audited(exclude=("password", "last_login"))
class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in, by e-mail; holds no right by herself.

    `is_staff` marks the mandate holder's staff; what a delegation's people may do follows from their `Membership`.
    """

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=TEXT_LANGUAGES.items(), default="en")
    time_zone = models.CharField(
        _("time zone"), max_length=64, blank=True, help_text=_("As in the IANA database, for example Africa/Cairo.")
    )
    muted_notices = ArrayField(
        models.CharField(max_length=25),
        verbose_name=_("mail that is not wanted"),
        default=list,
        blank=True,
        editable=False,
    )
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("mandate holder's staff"), default=False)
    joined_at = models.DateTimeField(_("joined at"), default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["email"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="consultations_user_email_unique_in_any_case"),
        ]
        triggers = [triggers.staff_in_no_delegation()]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """The name, as Django's and other apps' pages ask for it."""
        return str(self)


@audited()
class Delegation(models.Model):
    """The party that files: exactly one State, stakeholder or group."""

    state = models.OneToOneField(
        State, on_delete=models.PROTECT, null=True, blank=True, related_name="delegation", verbose_name=_("State")
    )
    stakeholder = models.OneToOneField(
        Stakeholder,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="delegation",
        verbose_name=_("stakeholder"),
    )
    group = models.OneToOneField(
        Group, on_delete=models.PROTECT, null=True, blank=True, related_name="delegation", verbose_name=_("group")
    )
    is_active = models.BooleanField(_("active"), default=True)
    members = models.ManyToManyField(User, through="Membership", related_name="delegations", verbose_name=_("members"))

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__isnull=False, stakeholder__isnull=True, group__isnull=True)
                | Q(state__isnull=True, stakeholder__isnull=False, group__isnull=True)
                | Q(state__isnull=True, stakeholder__isnull=True, group__isnull=False),
                name="consultations_delegation_exactly_one_party",
                violation_error_message=_("A delegation is exactly one State, stakeholder or group."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.party)

    @property
    def party(self) -> State | Stakeholder | Group:
        """Whom the delegation speaks as; the database holds exactly one of the three."""
        party = self.state or self.stakeholder or self.group
        if party is None:
            raise ValueError("A delegation without a party cannot have been stored.")
        return party

    @property
    def key(self) -> str:
        """The party's natural key: a State's alpha-3 code, a stakeholder's key, a group's code."""
        if self.state:
            return self.state.alpha3
        return self.stakeholder.slug if self.stakeholder else self.party.code  # type: ignore[union-attr]

    @property
    def is_invented(self) -> bool:
        """Whether the party exists only for demonstrations."""
        return bool(getattr(self.party, "is_invented", False))


@audited()
class Membership(models.Model):
    """A user's role in a delegation. The mandate holder's staff have none: they would read what is sealed."""

    class Role(models.TextChoices):
        FOCAL_POINT = "focal_point", _("focal point (clears and submits)")
        CONTRIBUTOR = "contributor", _("contributor (writes)")
        OBSERVER = "observer", _("observer (reads)")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("user"))
    delegation = models.ForeignKey(
        Delegation, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("delegation")
    )
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["delegation", "user"]
        constraints = [
            models.UniqueConstraint(fields=["user", "delegation"], name="consultations_membership_one_role"),
        ]
        triggers = [triggers.no_staff_in_delegation()]

    def __str__(self) -> str:
        return f"{self.user}: {self.delegation} ({self.get_role_display()})"
