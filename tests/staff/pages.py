"""What the tests of the staff pages share: pages read and forms sent as a browser does."""

import datetime as dt

import lxml.html
from django.urls import reverse
from django.utils import timezone

from consultations.models import Disposition
from tests import factories


def tree(response):
    """The page, or the piece of one, that came back."""
    return lxml.html.fromstring(response.content.decode())


def words(response):
    """What a reader reads of it, with single spaces."""
    return " ".join(tree(response).text_content().split())


def form_of(response, form_id="answers"):
    """Every input of a form as the browser would send it, without its buttons."""
    form = tree(response).get_element_by_id(form_id)
    for area in form.iter("textarea"):
        area.text = (area.text or "").removeprefix("\n")  # as HTML has it
    return dict(form.form_values())


def comments_url(**query):
    return reverse("staff-comments", query=query or None)


def row(comment, **values):
    """Inputs of a comment's row, by their full names."""
    return {f"c{comment.pk}-{name}": value for name, value in values.items()}


def answered(*comments):
    """What stands: {comment id: (decision, reason, whether it is published)}."""
    found = Disposition.objects.filter(comment__in=comments)
    return {each.comment_id: (each.decision, each.reason, each.published_at is not None) for each in found}


def row_of(response, comment):
    """A comment's row, as an element."""
    return tree(response).get_element_by_id(f"row-{comment.pk}")


def row_words(response, comment):
    return " ".join(row_of(response, comment).text_content().split())


def make_comments(count, *, call=None, **fields):
    """Filed comments, each of a delegation of its own, on one call."""
    call = call or factories.make_call()
    return [factories.make_filed_comment(call, **fields) for _number in range(count)]


def make_sealed_call(**fields):
    return factories.make_call(publication_rule="together_after_closing", **fields)


def make_closed_call(**fields):
    now = timezone.now()
    return factories.make_call(opens_at=now - dt.timedelta(days=9), closes_at=now - dt.timedelta(days=1), **fields)
