"""What the tests of the desk share: forms as a browser sends them."""

from django.urls import reverse

from consultations.models import Comment


def comment_data(**changes):
    """The form of a comment that replaces a wording, as a browser sends it."""
    data = {
        "target": "clause",
        "clause": "art_1__para_1",
        "position": "supports_with_amendment",
        "operation": "replace",
        "proposed_text": "Everyone has the full right to solidarity.",
        "rationale": "Nothing is left out.",
        "category": "substantive",
        "language": "en",
        "revision": "",
        "save": "save",
    }
    return data | changes


def add_url(submission, **query):
    return reverse("desk-comment-add", args=[submission.pk], query=query or None)


def edit_url(comment):
    return reverse("desk-comment-edit", args=[comment.submission_id, comment.pk])


def page_url(submission):
    return reverse("desk-submission", args=[submission.pk])


def edit_data(comment, **changes):
    """The form of a comment as it was read, with what was changed in it."""
    names = ("target", "position", "operation", "proposed_text", "rationale", "category", "language", "revision")
    data = {name: getattr(comment, name) for name in names}
    data |= {"clause": comment.clause.eid if comment.clause else "", "save": "save"}
    return data | changes


def words(response):
    """The page as text."""
    return response.content.decode()


def only_comment():
    return Comment.objects.select_related("clause", "submission").get()
