"""What happens to the people who sign in, and to the delegations they act for."""

from typing import Any, Final

from django.apps import apps
from django.contrib.auth.models import Group as PermissionGroup
from django.contrib.auth.models import Permission
from django.contrib.auth.password_validation import validate_password
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from consultations.models import (
    Answer,
    Call,
    Comment,
    Consultation,
    ConsultationNote,
    Delegation,
    Disposition,
    Membership,
    Question,
    Questionnaire,
    Submission,
    User,
    View,
)
from consultations.services.calls import refuse_unknown_time_zone
from declaration.errors import Refused
from declaration.models import Group, Stakeholder, State
from declaration.services.checks import refuse_invalid

SECRETARIAT: Final = "Secretariat"
"""The name of the permission group of the mandate holder's staff."""

EVERYTHING: Final = ("add", "change", "delete", "view")

# What delegations filed and staff answered is read in the admin and changed through its services alone.
_ON_CONSULTATIONS: Final[dict[type[models.Model], tuple[str, ...]]] = {
    User: ("add", "change", "view"),
    Delegation: ("add", "change", "view"),
    Membership: EVERYTHING,
    Call: ("add", "change", "view"),
    Submission: ("view",),
    Comment: ("view",),
    Disposition: ("view",),
    Consultation: EVERYTHING,
    View: EVERYTHING,
    ConsultationNote: EVERYTHING,
    Questionnaire: EVERYTHING,
    Question: EVERYTHING,
    Answer: EVERYTHING,
}


@transaction.atomic
def create_user(
    *,
    email: str,
    name: str = "",
    language: str = "en",
    time_zone: str = "",
    password: str | None = None,
    password_digest: str = "",
    is_administrator: bool = False,
) -> User:
    """Make an account. Without a password nobody can sign in to it until one is set.

    `password_digest` is one that `make_password` made, for several accounts with a password that everybody may know.

    An administrator may do everything in the admin; `add_to_staff` and `add_member` give people what else they may do.
    Refused for an address that is none or is taken (in any capitals), and for a password that is easily guessed.
    """
    email = User.objects.normalize_email(email.strip()).lower()
    user = User(
        email=email,
        name=name.strip(),
        language=language,
        time_zone=time_zone,
        is_staff=is_administrator,
        is_superuser=is_administrator,
    )
    if time_zone:
        refuse_unknown_time_zone(time_zone)
    if User.objects.filter(email__iexact=email).exists():
        raise _email_taken()
    refuse_invalid(user, exclude=["password"])
    if password is not None:
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise Refused("password_weak", " ".join(error.messages), field="password") from error
    if password_digest:
        user.password = password_digest
    else:
        user.set_password(password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        # Somebody else made the account in the same moment.
        raise _email_taken() from error
    return user


def _email_taken() -> Refused:
    return Refused("email_taken", _("There is an account with this e-mail address already."), field="email", status=409)


@transaction.atomic
def create_delegation(*, party: State | Stakeholder | Group) -> Delegation:
    """Give a State, a stakeholder or a group its delegation. Refused where it has one."""
    if Delegation.objects.filter(**_party(party)).exists():
        raise Refused(
            "delegation_exists", _("%(party)s has a delegation already.") % {"party": party}, field="party", status=409
        )
    delegation = Delegation(**_party(party))
    refuse_invalid(delegation)
    delegation.save(force_insert=True)
    return delegation


def list_parties_without_delegation() -> list[State | Stakeholder | Group]:
    """Return every State, group and stakeholder that has no delegation yet."""
    return [party for model in (State, Group, Stakeholder) for party in model.objects.filter(delegation=None)]


def _party(party: State | Stakeholder | Group) -> dict[str, Any]:
    if isinstance(party, State):
        return {"state": party}
    return {"stakeholder": party} if isinstance(party, Stakeholder) else {"group": party}


@transaction.atomic
def add_member(*, delegation: Delegation, user: User, role: str) -> Membership:
    """Give a person a role in a delegation. Refused for those who have one in it: `change_role` changes it."""
    _refuse_unknown_role(role)
    delegation = _lock(delegation)
    if Membership.objects.filter(delegation=delegation, user=user).exists():
        raise Refused(
            "already_member",
            _("%(name)s belongs to this delegation already. Change the role instead.") % {"name": user},
            field="user",
            status=409,
        )
    membership = Membership(delegation=delegation, user=user, role=role)
    membership.save(force_insert=True)
    return membership


@transaction.atomic
def change_role(*, membership: Membership, role: str) -> Membership:
    """Give a member another role. Refused for the last focal point: nobody could clear and submit any more."""
    _refuse_unknown_role(role)
    _lock(membership.delegation)
    membership = Membership.objects.select_related("delegation", "user").get(pk=membership.pk)
    if membership.role == role:
        return membership
    _refuse_last_focal_point(membership)
    membership.role = role
    membership.save(update_fields=["role"])
    return membership


@transaction.atomic
def remove_member(*, membership: Membership) -> None:
    """Take a person out of a delegation; what she wrote stays. Refused for the last focal point."""
    _lock(membership.delegation)
    membership = Membership.objects.select_related("delegation").get(pk=membership.pk)
    _refuse_last_focal_point(membership)
    membership.delete()


def _lock(delegation: Delegation) -> Delegation:
    """Let two changes of a delegation's people come one after the other, so that both do not remove the other's."""
    locked: Delegation = Delegation.objects.select_for_update(of=("self",)).get(pk=delegation.pk)
    return locked


def _refuse_unknown_role(role: str) -> None:
    if role not in Membership.Role.values:
        raise Refused(
            "choice_unknown", _("This is none of the choices: %(value)s.") % {"value": role[:40]}, field="role"
        )


def _refuse_last_focal_point(membership: Membership) -> None:
    if membership.role != Membership.Role.FOCAL_POINT or not membership.delegation.is_active:
        return
    others = Membership.objects.filter(delegation=membership.delegation, role=Membership.Role.FOCAL_POINT)
    if not others.exclude(pk=membership.pk).exists():
        raise Refused(
            "last_focal_point",
            _("This is the delegation's last focal point, and only a focal point submits. Name another one first."),
            field="role",
            status=409,
        )


@transaction.atomic
def ensure_staff_group() -> PermissionGroup:
    """Make the permission group of the mandate holder's staff, or give it again exactly the permissions it is to have.

    Staff curate the record and the text, people and calls; filings and answers they read. The rights of an administrator
    (a superuser) are not among them.
    """
    group, _made = PermissionGroup.objects.get_or_create(name=SECRETARIAT)
    # The record is what is audited outside this app: the text with its authority and actors, and what was done.
    record = [
        model
        for model in apps.get_models()
        if hasattr(model, "pgh_event_models") and model._meta.app_label != User._meta.app_label
    ]
    wanted = {**dict.fromkeys(record, EVERYTHING), **_ON_CONSULTATIONS}
    types = ContentType.objects.get_for_models(*wanted)
    found: list[Permission] = []
    for model, verbs in wanted.items():
        codenames = [f"{verb}_{model._meta.model_name}" for verb in verbs]
        found += Permission.objects.filter(content_type=types[model], codename__in=codenames)
    group.permissions.set(found)
    return group


@transaction.atomic
def add_to_staff(*, user: User) -> User:
    """Make a person one of the mandate holder's staff, with the permissions that staff have in the admin."""
    user.groups.add(ensure_staff_group())
    if not user.is_staff:
        user.is_staff = True
        user.save(update_fields=["is_staff"])
    return user
