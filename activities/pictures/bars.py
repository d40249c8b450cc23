"""The regions as a picture: for each group three bars, mirrored in a page that runs from right to left."""

from dataclasses import dataclass
from typing import Final, Literal

from django.utils.translation import gettext as _

from activities.pictures.letters import cut
from activities.pictures.regions import Region
from declaration.languages import active_text_language, direction

WIDTH: Final = 720
LABEL: Final = 250
"""Widths: of the picture, and of the groups' names."""

FIGURE: Final = 40
"""The room after the longest bar for its figure."""

BAR: Final = 14
BETWEEN: Final = 18
"""Heights: of a bar, and of the room between two groups."""

MOST_OF_A_NAME: Final = 36

Measure = Literal["activities", "consultations", "states_met"]
MEASURES: Final[tuple[Measure, ...]] = ("activities", "consultations", "states_met")


@dataclass(frozen=True)
class Bar:
    """One figure of a group."""

    measure: Measure
    figure: int
    x: int
    y: int
    width: int
    figure_x: int


@dataclass(frozen=True)
class RegionBars:
    """A group's name, and its bars."""

    name: str
    language: str
    direction: str
    anchor: str
    x: int
    y: int
    bars: list[Bar]


class RegionPicture:
    """Regional groups down, and for each how much took place there and how many of its States were met."""

    def __init__(self, regions: list[Region], *, mirrored: bool) -> None:
        self.mirrored = mirrored
        self.width = WIDTH
        self.bar = BAR
        step = BAR * len(MEASURES) + BETWEEN
        self.height = step * len(regions)
        most = max((getattr(region, each) for region in regions for each in MEASURES), default=0)
        self._unit = (WIDTH - LABEL - FIGURE) / max(most, 1)
        self.rows = [self._row(region, BETWEEN // 2 + step * at) for at, region in enumerate(regions)]

    def _row(self, region: Region, top: int) -> RegionBars:
        language = region.group.name.language if region.group else active_text_language()
        own = direction(language) == direction(active_text_language())
        return RegionBars(
            name=cut(name_region(region), MOST_OF_A_NAME),
            language=language if language != active_text_language() else "",
            direction=direction(language),
            anchor="end" if own else "start",
            x=self._across(LABEL - 8),
            y=top + BAR * len(MEASURES) // 2 + 4,
            bars=[self._bar(region, each, top + BAR * at) for at, each in enumerate(MEASURES)],
        )

    def _bar(self, region: Region, measure: Measure, top: int) -> Bar:
        figure = getattr(region, measure)
        width = round(figure * self._unit)
        return Bar(
            measure=measure,
            figure=figure,
            x=self._across(LABEL, wide=width),
            y=top,
            width=width,
            figure_x=self._across(LABEL + width + 4),
        )

    def _across(self, x: int, *, wide: int = 0) -> int:
        return WIDTH - x - wide if self.mirrored else x


def name_region(region: Region) -> str:
    """Return the name of a regional group, or how the States in none are called."""
    return str(region.group.name) if region.group else _("In no regional group")
