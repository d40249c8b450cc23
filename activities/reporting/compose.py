"""The sentences of a report, in the language that is active; each thing of the record is told of in one numbered paragraph.

Everything but the words around it comes from the record. Where a thing is meant again, its paragraph's number stands for it,
so that each activity is named once.
"""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from activities.models import Activity, Deliverable, Outcome
from activities.reporting.collect import Asked, Record, Theme, is_for_staff_alone, speaker_of
from activities.reporting.pieces import Draft, Heading, Key, Paragraph, Piece, Reference, Text, fill, join, say
from consultations.models import Consultation, PartyCategory, View
from declaration.citations import cite_paragraphs
from declaration.dates import PartialDate
from declaration.languages import active_text_language
from declaration.models import Request, Resolution
from declaration.models.sourced import Sourced
from declaration.text.numerals import LATIN_LETTERS, to_abjad
from declaration.translated import TranslatedText

Sentence = list[Piece]


def compose(record: Record) -> Draft:
    """Return the report in the active language."""
    return _Composer(record, active_text_language()).compose()


class _Composer:
    """Writes one report."""

    def __init__(self, record: Record, language: str) -> None:
        self.record = record
        self.language = language
        told = [*record.activities, *record.undated]
        self.keys: set[Key] = {("activity", activity.pk) for activity in told}
        self.said: dict[int, int] = {}
        """The views told of so far, each with its place among them."""

    def compose(self) -> Draft:
        """Return the report, section by section."""
        period = _("Period: %(period)s") % {"period": self.record.period.date.display(self.language)}
        draft = Draft(self.language, _("Activities under the mandate"), [self.text(period)])
        if self.record.mandate:
            draft.subtitles.insert(0, self.say(self.record.mandate.name))
        if self.record.is_internal:
            warning = _("Internal: it holds what staff alone may read. Do not pass it on.")
            draft.subtitles.append(self.text(warning))
        draft.blocks += self.requests()
        draft.blocks += self.section(_("Activities"), map(self.activity, self.record.activities))
        if self.record.undated:
            title = _("Activities whose date is not recorded")
            draft.blocks += self.section(title, map(self.activity, self.record.undated))
        draft.blocks += self.section(_("Who was consulted"), map(self.consultation, self.record.consultations))
        draft.blocks += self.views()
        return draft

    # --- Pieces ------------------------------------------------------------------------------------------------------

    def text(self, text: object, *, is_name: bool = False) -> Text:
        """Return words in the report's language."""
        return Text(str(text), self.language, is_name)

    def say(self, text: TranslatedText, *, is_name: bool = False, in_sentence: bool = False) -> Text:
        """Return a text of the record, in the report's language where it has it."""
        return say(text, self.language, is_name=is_name, in_sentence=in_sentence)

    def state(self, pattern: str, text: TranslatedText) -> Iterator[Sentence]:
        """Yield a sentence about a text of the record, if it has one."""
        if text:
            yield fill(pattern, self.language, value=self.say(text, in_sentence=True))

    def facts(self, *facts: Piece | None) -> Sentence:
        """Return facts with commas between them."""
        pieces: Sentence = []
        for fact in facts:
            if isinstance(fact, Reference) or (fact and fact.text):
                comma = [self.text(pgettext("between the parts of a citation", ", "))] if pieces else []
                pieces += [*comma, fact]
        return pieces

    def named(self, name: TranslatedText, *facts: Piece | None) -> Sentence:
        """Return the sentence that begins a paragraph: what it tells of, and when and where that was."""
        found = self.facts(*facts)
        pattern = _("%(name)s (%(facts)s).") if found else _("%(name)s.")
        return fill(pattern, self.language, name=self.say(name, is_name=True, in_sentence=True), facts=found)

    def symbol(self, symbol: str) -> Text:
        """Return a symbol or a code, which runs from the left in Arabic too."""
        return Text(symbol, "en")

    def cite(self, request: Request) -> Sentence:
        """Return how a request is cited: A/HRC/RES/21/10 (e)."""
        symbol, label = self.symbol(request.resolution.symbol), self.text(self.label(request))
        return fill("%(symbol)s (%(label)s)", self.language, symbol=symbol, label=label)

    def date(self, date: object) -> Text:
        """Return a date as it is known."""
        return self.text(PartialDate.parse(str(getattr(date, "edtf", date) or "")).display(self.language))

    def refer(self, kind: str, entries: Iterable[Activity | Consultation]) -> Sentence:
        """Return the numbers of the paragraphs that tell of some entries."""
        return join([Reference((kind, entry.pk), self.language) for entry in entries], self.language)

    def section(self, title: str, paragraphs: Iterable[Paragraph]) -> list[Heading | Paragraph]:
        """Return a section, which says so where it has nothing to tell."""
        found = list(paragraphs) or [Paragraph([[self.text(_("Nothing of this period is recorded."))]])]
        return [Heading(1, [self.text(title)]), *found]

    def source(self, entry: Sourced) -> Iterator[Sentence]:
        """Yield where the record takes an entry from."""
        if entry.source:
            symbol = entry.source.symbol
            document = self.symbol(symbol) if symbol else self.say(entry.source.title, in_sentence=True)
            cited = self.facts(document, self.text(cite_paragraphs(entry.source_paragraphs).rstrip(".")))
            yield fill(_("Source: %(value)s."), self.language, value=cited)
        if entry.is_inferred:
            yield [self.text(_("It is not printed in the source, but inferred from it."))]

    # --- What was asked ----------------------------------------------------------------------------------------------

    def requests(self) -> list[Heading | Paragraph]:
        """Return what each request asked and what answers it, resolution by resolution."""
        title = _("What was asked, and what answers it")
        blocks: list[Heading | Paragraph] = []
        for resolution, asked in self.record.requests:
            blocks.append(Heading(2, self.resolution(resolution)))
            blocks += [self.request(each) for each in asked]
        if not blocks:
            return self.section(title, [])
        caution = _(
            "Where the sources do not say which activity answers which request, the links are the record's own."
        )
        return [Heading(1, [self.text(title)]), Paragraph([[self.text(caution)]]), *blocks]

    def resolution(self, resolution: Resolution) -> Sentence:
        """Return a resolution as a heading names it."""
        title = self.say(resolution.title) if resolution.title else None
        return self.facts(self.symbol(resolution.symbol), title, self.date(resolution.adopted_on))

    def label(self, request: Request) -> str:
        """Return the letter or number of a request, as lists in the language have it."""
        label = request.label or str(request.position)
        return to_abjad(label) if self.language == "ar" and label in LATIN_LETTERS else label

    def request(self, asked: Asked) -> Paragraph:
        """Return what was asked of whom, and what the record has of it."""
        request = asked.request
        label = self.text(f"({self.label(request)})", is_name=True)
        summary = self.say(request.summary, in_sentence=True)
        sentences = [fill(_("%(label)s %(summary)s."), self.language, label=label, summary=summary)]
        sentences += self.state(_("Asked of: %(value)s."), request.addressee.name)
        if asked.activities:
            text = ngettext(
                "The activity of paragraph %(numbers)s answers it.",
                "The activities of paragraphs %(numbers)s answer it.",
                len(asked.activities),
            )
            sentences.append(fill(text, self.language, numbers=self.refer("activity", asked.activities)))
        else:
            sentences.append([self.text(_("No activity of this period is recorded as an answer."))])
        if asked.consultations:
            text = ngettext(
                "Consultation held for it: paragraph %(numbers)s.",
                "Consultations held for it: paragraphs %(numbers)s.",
                len(asked.consultations),
            )
            sentences.append(fill(text, self.language, numbers=self.refer("consultation", asked.consultations)))
        sentences += self.deliverables(asked.deliverables)
        sentences += self.outcomes(asked.outcomes)
        return Paragraph(sentences, ("request", request.pk))

    def deliverables(self, deliverables: list[Deliverable]) -> Iterator[Sentence]:
        """Yield what is to be delivered, each with when and how far it is."""
        items = [
            fill(
                _("%(name)s (%(facts)s)"),
                self.language,
                name=self.say(each.name, in_sentence=True),
                facts=self.facts(self.date(each.delivered_on or each.due), self.text(each.get_status_display())),
            )
            for each in deliverables
        ]
        if items:
            yield fill(_("Deliverables: %(value)s."), self.language, value=join(items, self.language))

    def outcomes(self, outcomes: list[Outcome]) -> Iterator[Sentence]:
        """Yield the outcomes that were to be taken into account."""
        if outcomes:
            names = join([self.say(each.name, in_sentence=True) for each in outcomes], self.language)
            yield fill(_("Outcomes taken into account: %(value)s."), self.language, value=names)

    # --- What was done -----------------------------------------------------------------------------------------------

    def activity(self, activity: Activity) -> Paragraph:
        """Return an activity: name, date, place; kind, organizer, role; what it was about; what it answers."""
        place = self.place(activity)
        sentences = [self.named(activity.name, self.date(activity.when), place)]
        sentences.append(fill(_("Kind: %(value)s."), self.language, value=self.text(activity.get_kind_display())))
        if activity.part_of_id and ("activity", activity.part_of_id) in self.keys:
            whole = Reference(("activity", activity.part_of_id), self.language)
            sentences.append(
                fill(_("It was part of the activity of paragraph %(number)s."), self.language, number=whole)
            )
        sentences += self.state(_("Organizer: %(value)s."), activity.organizer)
        sentences += self.state(_("Role of the mandate holder: %(value)s."), activity.role)
        if activity.summary:
            sentences.append([self.say(activity.summary)])
        requests = [self.cite(each) for each in activity.requests.all()]
        if requests:
            answers = join(requests, self.language)
            sentences.append(fill(_("It answers: %(value)s."), self.language, value=answers))
        consultations = list(activity.consultations.all())
        if consultations:
            text = ngettext(
                "Who was consulted: see paragraph %(numbers)s.",
                "Who was consulted: see paragraphs %(numbers)s.",
                len(consultations),
            )
            numbers = self.refer("consultation", consultations)
            sentences.append(fill(text, self.language, numbers=numbers))
        return Paragraph([*sentences, *self.source(activity)], ("activity", activity.pk))

    def place(self, entry: Activity | Consultation) -> Text | None:
        """Return where something was: the place, else the State."""
        if entry.place:
            return self.say(entry.place, in_sentence=True)
        return self.say(entry.host_state.name) if entry.host_state else None

    # --- Who was heard -----------------------------------------------------------------------------------------------

    def consultation(self, consultation: Consultation) -> Paragraph:
        """Return a consultation: when and where it was, its form, who took part, and what is to follow."""
        sentences = self.warning(consultation)
        sentences.append(self.named(consultation.name, self.date(consultation.when), self.place(consultation)))
        form = self.text(consultation.get_format_display())
        sentences.append(fill(_("Form: %(value)s."), self.language, value=form))
        names = [self.say(state.name) for state in consultation.states.all()]
        names += [self.say(group.name) for group in consultation.groups.all()]
        names += [self.say(stakeholder.name) for stakeholder in consultation.stakeholders.all()]
        labels = dict(PartyCategory.choices)
        names += [self.text(labels[category]) for category in consultation.categories]
        if names:
            taking_part = join(names, self.language)
            sentences.append(fill(_("Those who took part: %(value)s."), self.language, value=taking_part))
        if count := consultation.participant_count:
            said = ngettext("%(count)d person took part.", "%(count)d persons took part.", count)
            sentences.append([self.text(said % {"count": count})])
        if consultation.summary:
            sentences.append([self.say(consultation.summary)])
        sentences += self.state(_("What is to follow: %(value)s."), consultation.follow_up)
        return Paragraph([*sentences, *self.source(consultation)], ("consultation", consultation.pk))

    def warning(self, entry: Consultation | View) -> list[Sentence]:
        """Return the mark of what staff alone may read."""
        return [[self.text(_("[Internal]"))]] if is_for_staff_alone(entry) else []

    def views(self) -> list[Heading | Paragraph]:
        """Return the views theme by theme."""
        if not self.record.themes:
            return self.section(_("Views by theme"), [])
        blocks: list[Heading | Paragraph] = [Heading(1, [self.text(_("Views by theme"))])]
        for theme in self.record.themes:
            blocks += self.theme(theme)
        return blocks

    def theme(self, theme: Theme) -> list[Heading | Paragraph]:
        """Return the views on one theme; one that was told of before is referred to."""
        element = theme.element
        title = self.say(element.theme) if element else self.text(_("On no theme in particular"))
        heading = self.facts(title, self.symbol(element.code) if element else None)
        fresh = [view for view in theme.views if view.pk not in self.said]
        told = sorted(self.said[view.pk] for view in theme.views if view.pk in self.said)
        keys = list(self.said)
        before = [Reference(("view", keys[place]), self.language) for place in told]
        self.said |= {view.pk: len(keys) + place for place, view in enumerate(fresh)}
        blocks: list[Heading | Paragraph] = [Heading(2, heading), *map(self.view, fresh)]
        if before:
            text = ngettext("See also paragraph %(numbers)s.", "See also paragraphs %(numbers)s.", len(before))
            blocks.append(Paragraph([fill(text, self.language, numbers=join(before, self.language))]))
        return blocks

    def view(self, view: View) -> Paragraph:
        """Return a view: what was said, by whom where everybody may know it, and in which consultation."""
        sentences: list[Sentence] = [*self.warning(view), [self.say(view.summary)]]
        party = speaker_of(view)
        if party:
            name = self.say(party.name)
            sentences.append(fill(_("Expressed by: %(value)s."), self.language, value=name))
            if view.on_behalf_of:
                sentences += self.state(_("On behalf of: %(value)s."), view.on_behalf_of.name)
        elif view.attribution == View.Attribution.COLLECTIVE:
            sentences.append([self.text(_("Expressed by several together."))])
        number = Reference(("consultation", view.consultation_id), self.language)
        sentences.append(fill(_("Consultation: paragraph %(number)s."), self.language, number=number))
        return Paragraph(sentences, ("view", view.pk))
