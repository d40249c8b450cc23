"""What staff read and send while a draft is written, and when a published one is corrected."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from consultations.clause_editing import list_warnings
from declaration.api.base import InputSerializer, TextInputField
from declaration.api.fields import PartialDateSerializerField, TranslatedSerializerField
from declaration.api.serializers import ClauseSerializer, DraftSerializer, WordingSerializer, address
from declaration.languages import TEXT_LANGUAGE_CHOICES, TEXT_LANGUAGES
from declaration.models import Clause, Draft, Wording
from declaration.services.editing import PLACES

REVISION_HELP = "The revision that was read; a change of something that somebody changed since is refused with 409."


class StaffWordingSerializer(WordingSerializer):
    """A wording with its revision, and what should be looked at in it: square brackets without a counterpart."""

    warnings = serializers.SerializerMethodField()

    class Meta(WordingSerializer.Meta):
        fields = [*WordingSerializer.Meta.fields, "revision", "warnings"]

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_warnings(self, wording: Wording) -> list[str]:
        """Return the warnings, in the language of the request."""
        return list_warnings(wording.text)


class StaffClauseSerializer(ClauseSerializer):
    """A clause, also of a draft in preparation. Send `revision` back with a change, and that of each wording with its own."""

    detail_view = "api-staff-clause-detail"

    wordings = StaffWordingSerializer(many=True)

    class Meta(ClauseSerializer.Meta):
        fields = [*ClauseSerializer.Meta.fields, "is_origin_confirmed", "revision"]


class StaffDraftSerializer(DraftSerializer):
    """A draft, also one in preparation. Send `revision` back with a change of it."""

    url = address("api-staff-draft-detail", "ordinal")
    clauses_url = address("api-staff-clause-list", "ordinal")
    revision = serializers.IntegerField()

    class Meta(DraftSerializer.Meta):
        fields = [*(name for name in DraftSerializer.Meta.fields if name != "corrigenda_url"), "revision"]


class DraftInput(InputSerializer):
    """What a draft says of itself."""

    declaration = serializers.CharField(max_length=80, required=False, help_text="The key of its declaration.")
    title = TranslatedSerializerField(required=False, help_text="Of a new declaration, where none is named.")
    name = TranslatedSerializerField(required_languages=("en",))
    stage = serializers.ChoiceField(Draft.Stage.choices)
    languages = serializers.ListField(child=serializers.ChoiceField(TEXT_LANGUAGE_CHOICES), min_length=1, max_length=6)
    document = serializers.CharField(max_length=120, allow_null=True, default=None, help_text="Its key: A-HRC-35-35.")
    supersedes = serializers.IntegerField(allow_null=True, default=None, help_text="The number of an earlier draft.")
    note = TranslatedSerializerField(default=dict)
    is_illustrative = serializers.BooleanField(default=False)


class DraftChange(InputSerializer):
    """What a draft in preparation is to say of itself; what is left out stays as it is."""

    revision = serializers.IntegerField(min_value=1, help_text=REVISION_HELP)
    name = TranslatedSerializerField(required=False)
    stage = serializers.ChoiceField(Draft.Stage.choices, required=False)
    languages = serializers.ListField(
        child=serializers.ChoiceField(TEXT_LANGUAGE_CHOICES), min_length=1, max_length=6, required=False
    )
    removes_wordings = serializers.BooleanField(
        default=False, help_text="Whether the words in languages that are taken off are to be removed."
    )
    document = serializers.CharField(max_length=120, allow_null=True, required=False)
    supersedes = serializers.IntegerField(allow_null=True, required=False)
    note = TranslatedSerializerField(required=False)
    is_illustrative = serializers.BooleanField(required=False)


class WordingInput(InputSerializer):
    """A clause's heading and text in one language; with neither, the language is taken out of the clause."""

    heading = TextInputField(default="")
    text = TextInputField(default="")
    authenticity = serializers.ChoiceField(Wording.Authenticity.choices, default=Wording.Authenticity.OFFICIAL)


class WordingChange(WordingInput):
    """The same, with the revision that was read; 0 where the clause had no words in the language."""

    revision = serializers.IntegerField(min_value=0, default=0, help_text=REVISION_HELP)


class WordingsInput(InputSerializer):
    """The words of a clause by language."""

    wording: type[WordingInput] = WordingInput

    def get_fields(self) -> dict[str, Any]:
        """Return one field a language."""
        return {code: self.wording(required=False) for code in TEXT_LANGUAGES}


class WordingsChange(WordingsInput):
    """The same, each with the revision that was read. A language that is left out stays as it is."""

    wording = WordingChange


class ClauseInput(InputSerializer):
    """A new clause."""

    kind = serializers.ChoiceField(Clause.Kind.choices)
    label = serializers.CharField(  # type: ignore[assignment] # the field takes the place of the attribute
        max_length=20, allow_blank=True, default="", help_text="3, 53 bis, 3 alt, a, IV."
    )
    negotiating_status = serializers.ChoiceField(
        Clause.NegotiatingStatus.choices, default=Clause.NegotiatingStatus.OPEN
    )
    place = serializers.ChoiceField(
        PLACES, default="into", help_text="Before or after `beside`, or below it as the last."
    )
    beside = serializers.CharField(
        max_length=120, allow_null=True, default=None, help_text="A clause's identifier; null for the end of the text."
    )
    wordings = WordingsInput(default=dict)


class ClauseChange(InputSerializer):
    """What a clause is to be; what is left out stays as it is."""

    revision = serializers.IntegerField(min_value=1, help_text=REVISION_HELP)
    kind = serializers.ChoiceField(Clause.Kind.choices, required=False)
    label = serializers.CharField(  # type: ignore[assignment] # the field takes the place of the attribute
        max_length=20, allow_blank=True, required=False
    )
    negotiating_status = serializers.ChoiceField(Clause.NegotiatingStatus.choices, required=False)
    elements = serializers.ListField(child=serializers.CharField(max_length=20), max_length=200, required=False)
    legal_bases = serializers.ListField(child=serializers.CharField(max_length=120), max_length=200, required=False)
    wordings = WordingsChange(default=dict)


class ClauseMove(InputSerializer):
    """Where a clause is moved to, with all that stands below it."""

    revision = serializers.IntegerField(min_value=1, help_text=REVISION_HELP)
    place = serializers.ChoiceField(PLACES)
    beside = serializers.CharField(max_length=120)


class ByLanguage(InputSerializer):
    """A number for each language."""

    def get_fields(self) -> dict[str, Any]:
        """Return one field a language."""
        return {code: serializers.IntegerField(min_value=0, required=False) for code in TEXT_LANGUAGES}


class ClauseSplit(InputSerializer):
    """Where a clause is cut: before which character of its text in each language, counted from 0."""

    revision = serializers.IntegerField(min_value=1, help_text=REVISION_HELP)
    wording_revisions = ByLanguage()
    at = ByLanguage()
    label = serializers.CharField(  # type: ignore[assignment] # the field takes the place of the attribute
        max_length=20, allow_blank=True, default="", help_text="The number of the second part."
    )


class ClauseMerge(InputSerializer):
    """The revisions of a clause and of the one behind it that becomes part of it."""

    revision = serializers.IntegerField(min_value=1, help_text=REVISION_HELP)
    wording_revisions = ByLanguage()
    following_revision = serializers.IntegerField(min_value=1)
    following_wording_revisions = ByLanguage()


class BracketsInput(InputSerializer):
    """Whether square brackets stand around the text of a clause in every language."""

    revision = serializers.IntegerField(min_value=1, help_text=REVISION_HELP)
    wording_revisions = ByLanguage()
    enclosed = serializers.BooleanField()


class CorrigendumInput(InputSerializer):
    """How a published clause should read in one language: its whole heading and text, and why."""

    language = serializers.ChoiceField(TEXT_LANGUAGE_CHOICES)
    heading = TextInputField(default="")
    text = TextInputField(default="")
    reason = TranslatedSerializerField()
    document = serializers.CharField(
        max_length=120, allow_null=True, default=None, help_text="The key of the document."
    )
    issued_on = PartialDateSerializerField(default="")
    number = serializers.IntegerField(
        min_value=0, required=False, help_text="Of the newest corrigendum that was read, 0 for none."
    )
