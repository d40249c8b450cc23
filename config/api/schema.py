"""The description of the API (OpenAPI 3.1), from which clients are generated."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import build_bearer_security_scheme_object
from rest_framework import serializers
from rest_framework.permissions import SAFE_METHODS

PROBLEM_TYPES = ["validation_error", "client_error", "server_error"]


class ErrorSerializer(serializers.Serializer[Any]):
    """One thing that went wrong."""

    code = serializers.CharField(help_text="For programs; it never changes.")
    detail = serializers.CharField(help_text="For people, in the language of the request: what, where, what to do.")
    attr = serializers.CharField(allow_null=True, help_text="The field or parameter that it is about.")


class ProblemSerializer(serializers.Serializer[Any]):
    """Why a request was not done. Nothing was written."""

    type = serializers.ChoiceField(PROBLEM_TYPES)
    errors = ErrorSerializer(many=True)  # type: ignore[assignment] # the field takes the place of the property
    current = serializers.DictField(
        required=False, help_text="What stands now, where somebody else was faster (409): compare, and send again."
    )


class ApiSchema(AutoSchema):
    """Documents, beside what a view returns, the errors that it may answer with."""

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        for code in self.error_statuses():
            if str(code) not in bodies:
                # No public way leads to what the description says of one status.
                describe: Any = self._get_response_for_code
                bodies[str(code)] = describe(ProblemSerializer, str(code), direction=direction)
        return bodies

    def get_auth(self) -> list[dict[str, Any]]:
        """Return how to say who one is; nothing where nobody is asked."""
        return super().get_auth() if self.view.authentication_classes else []

    def error_statuses(self) -> list[int]:
        """Return the statuses with which this operation may fail."""
        writes = self.method not in SAFE_METHODS
        statuses = set(getattr(self.view, "further_errors", ()))
        if not writes:
            # Nothing stands in the way of reading; and a list that is asked for is there.
            statuses -= {409} if "{" in self.path else {404, 409}
        if writes or self._is_list_view():
            statuses.add(400)
        if writes:
            statuses.add(429)
        if self.view.authentication_classes:
            statuses |= {401, 403}
        if "{" in self.path:
            statuses |= {404, 409} if writes else {404}
        return sorted(statuses)


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call] # registers itself
    """Documents how a program says for whom it acts: `Authorization: Token …`."""

    target_class = "consultations.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        """Return the scheme."""
        scheme: dict[str, Any] = build_bearer_security_scheme_object(header_name="Authorization", token_prefix="Token")  # noqa: S106 - the word, not a token
        return scheme
