"""Files beside submissions: handed out to those who may read the submission, attached and removed on its desk."""

from typing import Any, ClassVar

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.generic import View

from consultations import services
from consultations.arrival import arrival_of
from consultations.forms.clearance import AttachForm
from consultations.models import Attachment, Submission
from consultations.models.sharing import MAX_ATTACHMENT_BYTES
from consultations.services import gate
from consultations.views.desk_access import SubmissionDeskView
from consultations.views.desk_submission import crumbs_of
from declaration.errors import Refused

SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"
FORM_ROOM = 1024 * 1024
"""Bytes that a form may have beside its file."""


def find_attachment(user: Any, submission_pk: int, pk: int) -> Attachment:
    """Return an attachment that this person may read: with the submission, or as part of a text that she is asked to sign.

    Raises `Http404` for everybody else.
    """
    readable = Submission.objects.with_files_for(user).filter(pk=submission_pk)
    return get_object_or_404(Attachment.objects.filter(submission__in=readable), pk=pk)


def hand_out(request: HttpRequest, attachment: Attachment) -> HttpResponseBase:
    """Send a stored file so that no browser opens it within this site, and none takes it for anything but what it is.

    Raises `Refused` where the storage has lost it.
    """
    tag = f'"{attachment.sha256}"'
    response: HttpResponseBase
    if request.headers.get("If-None-Match") == tag:
        response = HttpResponseNotModified()
    else:
        try:
            stored = default_storage.open(str(attachment.file))
        except OSError as error:
            message = _("This file cannot be read from the storage now. Try again later, or tell the site's staff.")
            raise Refused("file_unreadable", message, status=503) from error
        response = FileResponse(
            stored, as_attachment=True, filename=attachment.name, content_type=attachment.content_type
        )
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = SANDBOX
    response["ETag"] = tag
    # A filing can be withdrawn, or held: every time it is asked anew whether the file may be read.
    patch_cache_control(response, private=True, no_cache=True)
    return response


class AttachmentView(View):
    """A file, for those who may read what it stands beside, also those who are asked to sign it."""

    def get(self, request: HttpRequest, pk: int, attachment_pk: int) -> HttpResponseBase:
        """Send it."""
        return hand_out(request, find_attachment(request.user, pk, attachment_pk))


class AttachView(SubmissionDeskView):
    """Puts a file beside a submission that is being written."""

    max_body_bytes: ClassVar[int] = MAX_ATTACHMENT_BYTES + FORM_ROOM

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the form to those who may send it."""
        gate.refuse_unless_writer(request.user, self.submission)
        gate.refuse_closed(self.submission.call, at=arrival_of(request))
        return self._page(AttachForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Attach the file, or say what is wrong with it."""
        form = AttachForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(form, status=422)
        file = form.cleaned_data["file"]
        try:
            attached = services.attach_file(
                submission=self.submission, user=request.user, file=file, name=file.name, at=arrival_of(request)
            )
        except Refused as refused:
            form.refuse(refused)
            return self._page(form, status=refused.status)
        messages.success(request, _("%(name)s has been attached.") % {"name": attached.name})
        return redirect("desk-submission", pk)

    def _page(self, form: AttachForm, *, status: int = 200) -> HttpResponse:
        context = {
            "form": form,
            "submission": self.submission,
            "attachments": list(self.submission.attachments.all()),
            "crumbs": crumbs_of(self.submission, _("Attach a file")),
        }
        return render(self.request, "consultations/desk/attach.html", context, status=status)


class AttachmentRemoveView(SubmissionDeskView):
    """Takes a file away from a submission that is being written."""

    def get(self, request: HttpRequest, pk: int, attachment_pk: int) -> HttpResponse:
        """Lead to the submission: reading removes nothing."""
        return redirect("desk-submission", pk)

    def post(self, request: HttpRequest, pk: int, attachment_pk: int) -> HttpResponse:
        """Remove it; one that a colleague removed is gone already."""
        attachment = self.submission.attachments.filter(pk=attachment_pk).first()
        if attachment is None:
            messages.info(request, _("This file had been removed already."))
            return redirect("desk-submission", pk)
        services.remove_attachment(attachment=attachment, user=request.user, at=arrival_of(request))
        messages.success(request, _("%(name)s has been removed.") % {"name": attachment.name})
        return redirect("desk-submission", pk)
