"""Where a comment stands, in words: for pages, for the API and for files alike."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from consultations.models import Comment
from consultations.standing import Kind, Standing
from declaration.languages import TEXT_LANGUAGES


def say_standing(standing: Standing) -> list[str]:
    """Return where a comment stands, as sentences in the page's language; the first says the most."""
    sentences = [_say_kind(standing)]
    if standing.is_renumbered and not standing.is_moved:
        sentences.append(_("It has a new number."))
    if standing.is_changed_below and standing.was:
        sentences.append(_("What stands below it has changed."))
    if standing.lost and standing.clauses:
        sentences.append(_("A part of it was dropped."))
    others = [TEXT_LANGUAGES[code] for code in standing.languages_changed if code != standing.language]
    if others:
        languages = pgettext("between the names of languages", ", ").join(others)
        also = _("The words have changed also in: %(languages)s.")
        alone = _("The words have changed in: %(languages)s.")
        is_among = standing.language in standing.languages_changed
        sentences.append((also if is_among else alone) % {"languages": languages})
    if standing.taken_over:
        sentences.append(_("The proposed words stand in the text now."))
    elif standing.is_done:
        sentences.append(_("That is what the comment proposed."))
    if standing.is_provisional:
        sentences.append(_("This is provisional: it rests on what nobody has confirmed yet."))
    return sentences


def _say_kind(standing: Standing) -> str:
    if standing.comment.target == Comment.Target.WHOLE_TEXT:
        return _say_whole_text(standing.kind)
    on_place = standing.is_on_place
    if standing.kind == Kind.DROPPED:
        return _say_dropped(standing)
    changed, kind = standing.is_text_changed, standing.kind
    if kind == Kind.MOVED:
        return (
            _("The clause was moved, and its words have changed.") if changed else _("The clause was moved unchanged.")
        )
    said = {
        Kind.STILL_APPLIES: _("The words of the clause are unchanged."),
        Kind.TEXT_CHANGED: _("The words of the clause have changed."),
        Kind.SPLIT: _("The clause was split.")
        if changed
        else _("The clause was split; all its words are still there."),
        Kind.MERGED: _("The clause was joined with another one."),
        Kind.UNKNOWN: _("What became of the clause is not settled."),
    }
    said_of_place = {
        Kind.STILL_APPLIES: _("The clause that the new one is to follow is unchanged."),
        Kind.TEXT_CHANGED: _("The words of the clause that the new one is to follow have changed."),
        Kind.SPLIT: _("The clause that the new one is to follow was split."),
        Kind.MERGED: _("The clause that the new one is to follow was joined with another one."),
        Kind.UNKNOWN: _("What became of the clause that the new one is to follow is not settled."),
    }
    return (said_of_place if on_place else said)[kind]


def _say_dropped(standing: Standing) -> str:
    values = {"draft": standing.dropped_in}
    if standing.is_on_place:
        return _("The clause that the new one is to follow is no longer in the text, from %(draft)s on.") % values
    return _("The clause is no longer in the text, from %(draft)s on.") % values


def _say_whole_text(kind: Kind) -> str:
    if kind == Kind.UNKNOWN:
        return _("How this draft follows from the one that the comment is on is not settled.")
    return (
        _("The words of the whole text are unchanged.")
        if kind == Kind.STILL_APPLIES
        else _("The words of the text have changed.")
    )
