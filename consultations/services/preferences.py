"""Which mail a person gets, in which language, and by whose clocks she is told times."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from consultations.models import Notice, User
from consultations.services.calls import refuse_unknown_time_zone
from declaration.errors import Refused
from declaration.languages import TEXT_LANGUAGES

FOR_STAFF = (Notice.Kind.DIGEST, Notice.Kind.PARTICIPATION_ASKED)
FOR_DELEGATIONS = tuple(kind for kind in Notice.Kind if kind not in (*FOR_STAFF, *Notice.ALWAYS_SENT))


def kinds_for(user: User) -> tuple[Notice.Kind, ...]:
    """Return the kinds of mail that a person may get and can switch off: staff get others than delegations."""
    return FOR_STAFF if user.is_staff else FOR_DELEGATIONS


def wanted_kinds(user: User) -> list[str]:
    """Return those of them that she has not switched off."""
    return [kind.value for kind in kinds_for(user) if kind not in user.muted_notices]


@transaction.atomic
def choose_mail(*, user: User, wanted: Collection[str], language: str, time_zone: str = "") -> User:
    """Change which kinds of mail a person wants, in which language (a UN code), and her time zone ("": Geneva's).

    Refused for a kind that is not offered to her, a language that is none of the six, and an unknown time zone. The mail
    that waits is written accordingly too.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    offered = kinds_for(user)
    unknown = next((kind for kind in wanted if kind not in offered), None)
    if unknown is not None:
        raise Refused(
            "choice_unknown", _("This is none of the choices: %(value)s.") % {"value": unknown[:40]}, field="wanted"
        )
    if language not in TEXT_LANGUAGES:
        raise Refused(
            "choice_unknown", _("This is none of the choices: %(value)s.") % {"value": language[:40]}, field="language"
        )
    if time_zone:
        refuse_unknown_time_zone(time_zone)
    # What she switched off in another role stays off.
    kept = [kind for kind in user.muted_notices if kind not in offered]
    user.muted_notices = sorted({*kept, *(kind.value for kind in offered if kind not in wanted)})
    user.language, user.time_zone = language, time_zone
    user.save(update_fields=["muted_notices", "language", "time_zone"])
    return user
