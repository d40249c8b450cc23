"""Files beside submissions, as JSON."""

from django.urls import reverse
from rest_framework import serializers

from consultations.models import Attachment
from declaration.api.base import RecordSerializer


class AttachmentSerializer(RecordSerializer):
    """A file beside a submission; its content is at `url` for those who may read the submission."""

    url = serializers.SerializerMethodField()

    class Meta:
        model = Attachment
        fields = ["url", "id", "name", "content_type", "size", "sha256", "uploaded_at"]

    def get_url(self, attachment: Attachment) -> str:
        """Return the address of the content."""
        kwargs = {"submission": attachment.submission_id, "pk": attachment.pk}
        url: str = self.context["request"].build_absolute_uri(reverse("api-attachment-content", kwargs=kwargs))
        return url
