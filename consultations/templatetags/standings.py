"""Shows where a comment stands on a newer draft: `{% load standings %}`."""

from django import template

from consultations.standing import Standing
from consultations.standing_cards import StandingCard, make_standing_card

register = template.Library()


@register.filter
def standing_card(standing: Standing | None) -> StandingCard | None:
    """Return where a comment stands as `_standing.html` shows it; nothing where there is no newer draft."""
    return make_standing_card(standing) if standing else None
