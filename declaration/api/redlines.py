"""How a redline looks in the API."""

from typing import Any, Final

from rest_framework import serializers

CHANGES: Final = ["equal", "insert", "delete"]


class RedlineOperationSerializer(serializers.Serializer[Any]):
    """A piece of text that stands in both texts, only in the new one, or only in the old one."""

    op = serializers.ChoiceField(CHANGES)
    text = serializers.CharField(trim_whitespace=False)
