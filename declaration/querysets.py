"""Which rows of the text and the actors, and for whom."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q

from declaration.languages import text_language

if TYPE_CHECKING:
    from declaration.models import Mandate


class StateQuerySet(models.QuerySet[Any]):
    """States, the real and the invented ones."""

    def recognized(self) -> Self:
        """Member and observer States, without those invented for demonstrations."""
        return self.exclude(status="invented_state")

    def with_regional_groups(self) -> Self:
        """With `regional_memberships`, the memberships of regional groups that last."""
        from declaration.models import GroupMembership  # the models import this module

        lasting = GroupMembership.objects.filter(group__kind="regional", left_on__isnull=True)
        return self.prefetch_related(Prefetch("group_memberships", lasting, to_attr="regional_memberships"))


class MandateQuerySet(models.QuerySet["Mandate"]):
    """Mandates."""

    def main(self) -> "Mandate | None":
        """The mandate under which the text is drafted: that of a declaration, else the first special procedure."""
        drafting = F("declarations").asc(nulls_last=True)
        return self.filter(Q(declarations__isnull=False) | Q(kind="special_procedure")).order_by(drafting, "pk").first()


class DraftQuerySet(models.QuerySet[Any]):
    """Drafts, and who may read them."""

    def published(self) -> Self:
        """What the public reads: everything but drafts in preparation."""
        return self.exclude(status="preparing")

    def visible_to(self, user: Any) -> Self:
        """Published drafts for everyone; drafts in preparation for the mandate holder's staff too."""
        return self if getattr(user, "is_staff", False) and user.is_active else self.published()

    def current(self) -> Self:
        """The text as it stands: the newest draft that is published or adopted, first."""
        return self.filter(status__in=["published", "adopted"]).order_by("-ordinal")

    def for_reading(self) -> Self:
        """With what every page about a draft prints."""
        return self.select_related("declaration", "document", "supersedes")


class ClauseQuerySet(models.QuerySet[Any]):
    """Clauses in the order in which they are read."""

    def visible_to(self, user: Any) -> Self:
        """Clauses of the drafts that this person may read."""
        from declaration.models import Draft  # the models import this module

        return self.filter(draft__in=Draft.objects.visible_to(user))

    def in_reading_order(self) -> Self:
        """By draft, newest first, and within it as one reads."""
        return self.order_by("-draft__ordinal", "position")

    def with_wordings(self, *languages: str) -> Self:
        """With the wordings in these languages (all of them where none is named), in one further query."""
        from declaration.models import Wording  # the models import this module

        wordings = Wording.objects.order_by("language")
        if languages:
            wordings = wordings.filter(language__in=[text_language(language) for language in languages])
        return self.prefetch_related(Prefetch("wordings", queryset=wordings))

    def with_corrections(self) -> Self:
        """With `is_corrected`, whether a corrigendum says how the clause should read."""
        from declaration.models import Corrigendum  # the models import this module

        return self.annotate(is_corrected=Exists(Corrigendum.objects.filter(clause=OuterRef("pk"))))

    def with_corrigenda(self) -> Self:
        """With the corrigenda, by language and number, in one further query."""
        from declaration.models import Corrigendum  # the models import this module

        corrigenda = Corrigendum.objects.select_related("document").order_by("language", "number")
        return self.prefetch_related(Prefetch("corrigenda", queryset=corrigenda))

    def with_foundations(self) -> Self:
        """With the elements the clause reflects and the legal bases it rests on."""
        return self.prefetch_related("elements", "legal_bases")
