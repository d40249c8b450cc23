"""Comments that say the same or nearly so are found, only where staff may read them, and nothing is lost by it."""

import datetime as dt
from collections.abc import Iterable

import pytest
from django.core.cache import cache
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from consultations import alike, services
from consultations.models import AlikeGroup, Call, Comment
from consultations.services.alike import group_due
from tests import factories
from tests.promises import promise_broken

LONG = "We support this paragraph, because peoples who help one another in times of need live longer in peace."


def say(*texts: str, **fields: object) -> list[Comment]:
    """Comments that were never stored, on the whole text, with these reasons."""
    return [
        Comment(pk=number, target="whole_text", rationale=text, language="en", **fields)
        for number, text in enumerate(texts, start=1)
    ]


def group(comments: Iterable[Comment]) -> list[tuple[bool, list[int]]]:
    return [
        (found.is_exact, [each.comment.pk for each in found.members])  # type: ignore[misc]
        for found in alike.find_alike(comments)
    ]


class TestFinding:
    def test_same_words_whatever_their_capitals_marks_and_spaces(self) -> None:
        assert group(say("It is  right.", "it is right", "It is wrong, and long.")) == [(True, [1, 2])]

    def test_nearly_the_same_words(self) -> None:
        near = LONG.replace("in times of need", "in times of great need")
        (found,) = alike.find_alike(say(LONG, "Something else altogether was said here.", near, LONG))
        assert [each.comment.pk for each in found.members] == [1, 3, 4]
        assert found.members[0].likeness == found.members[2].likeness == 1
        assert alike.NEAR <= found.members[1].likeness < 1

    def test_language_written_without_spaces(self) -> None:
        words = "各国人民和个人有权享有国际团结，并在需要时相互帮助，以实现和平与发展。"
        assert group(say(words, words.replace("和平与发展", "和平和发展"))) == [(False, [1, 2])]

    def test_what_differs_in_more_than_words_is_apart(self) -> None:
        one, other = say(LONG, LONG)
        for name, value in (("position", "opposes"), ("language", "fr"), ("operation", "delete"), ("clause_id", 7)):
            kept = getattr(other, name)
            setattr(other, name, value)
            assert group([one, other]) == [], name
            setattr(other, name, kept)
        assert group([one, other]) == [(True, [1, 2])]

    def test_no_chain_from_one_thing_to_another(self) -> None:
        words = [f"word{number}" for number in range(60)]
        texts = [
            " ".join(["new" if place < changed else word for place, word in enumerate(words)])
            for changed in range(0, 60, 4)
        ]
        for found in alike.find_alike(say(*texts)):
            first = found.members[0]
            assert first.likeness == 1
            assert all(each.likeness >= alike.NEAR for each in found.members)

    def test_too_long_to_compare_is_found_only_where_it_is_the_same(self) -> None:
        text = "abcdefghij " * (alike.MAX_COMPARED // 10)
        assert group(say(text, text, text + "k")) == [(True, [1, 2])]

    @given(
        st.lists(st.sampled_from([LONG, LONG + "!", LONG[:-9], "", "It is right.", "It is not right."]), max_size=12)
    )
    def test_every_comment_is_in_one_group_at_most_and_same_words_are_together(self, texts: list[str]) -> None:
        groups = alike.find_alike(say(*texts))
        placed = [each.comment.pk for found in groups for each in found.members]
        assert len(placed) == len(set(placed))
        place_of = {each.comment.pk: place for place, found in enumerate(groups) for each in found.members}
        for number, text in enumerate(texts, start=1):
            same = [n for n, other in enumerate(texts, start=1) if other == text]
            if len(same) > 1:
                assert {place_of[n] for n in same} == {place_of[number]}

    def test_work_grows_with_the_comments_and_not_with_their_square(self, monkeypatch: pytest.MonkeyPatch) -> None:
        compared = 0
        ratio = alike.fuzz.ratio

        def count(*args: object, **kwargs: object) -> float:
            nonlocal compared
            compared += 1
            return ratio(*args, **kwargs)  # type: ignore[arg-type]

        monkeypatch.setattr(alike.fuzz, "ratio", count)
        # Every one shares much with all others, and none is like another.
        alike.find_alike(say(*(f"The same beginning. {number * 7919:0200b}" for number in range(600))))
        assert compared <= 600 * alike.MAX_CANDIDATES


@pytest.mark.django_db
class TestKeeping:
    def make(self, *texts: str, call: Call | None = None) -> Call:
        call = call or factories.make_call()
        for text in texts:
            factories.make_filed_comment(call, rationale=text)
        return call

    def groups(self) -> list[tuple[str, list[str]]]:
        return [
            (
                found.kind,
                [each.comment.rationale for each in found.members.select_related("comment").order_by("comment_id")],
            )
            for found in AlikeGroup.objects.order_by("id")
        ]

    def test_groups_are_kept_with_their_kind(self) -> None:
        near = LONG.replace("longer", "long")
        services.group_alike(call=self.make("It is right.", LONG, "IT IS RIGHT.", near, "Other."))
        assert self.groups() == [("exact", ["It is right.", "IT IS RIGHT."]), ("near", [LONG, near])]

    def test_found_again_it_stays_the_same_and_what_changed_is_found_anew(self) -> None:
        call = self.make("It is right.", "It is right.", LONG, LONG)
        first = {found.pk for found in services.group_alike(call=call)}
        assert {found.pk for found in services.group_alike(call=call)} == first
        self.make(LONG, call=call)
        second = {found.pk for found in services.group_alike(call=call)}
        assert len(first & second) == 1
        assert [len(texts) for _kind, texts in self.groups()] == [2, 3]

    def test_nothing_sealed_superseded_or_unfiled_is_looked_at(self) -> None:
        call = self.make(
            "It is right.", "It is right.", call=factories.make_call(publication_rule="together_after_closing")
        )
        factories.make_comment(factories.make_submission(call), rationale="It is right.")
        assert services.group_alike(call=call) == []
        after = call.closes_at + dt.timedelta(seconds=1)
        assert [found.members.count() for found in services.group_alike(call=call, at=after)] == [2]
        comment = Comment.objects.filter(submission__status="submitted").latest("id")
        services.withdraw_submission(
            submission=comment.submission, user=factories.focal_point(comment.submission.delegation)
        )
        assert services.group_alike(call=call, at=after) == []

    def test_other_calls_keep_theirs(self) -> None:
        services.group_alike(call=self.make("It is right.", "It is right."))
        services.group_alike(call=self.make("Other."))
        assert len(self.groups()) == 1

    def test_likeness_is_a_share(self) -> None:
        comment = factories.make_filed_comment()
        found = AlikeGroup.objects.create(call=comment.submission.call, kind="near", found_at=timezone.now())
        broken = promise_broken(lambda: found.members.create(comment=comment, likeness=1.5))
        assert broken == "consultations_alike_likeness_is_a_share"


@pytest.mark.django_db
class TestWithoutAnybodyAsking:
    @pytest.fixture(autouse=True)
    def _nothing_kept(self) -> None:
        cache.clear()

    def due(self, at: dt.datetime) -> Call | None:
        return group_due(at=at)

    def test_done_once_and_again_an_hour_after_something_came_in_or_when_the_call_has_closed(self) -> None:
        call, now = factories.make_call(), timezone.now()
        for _number in range(2):
            factories.make_filed_comment(call, rationale=LONG)
        assert self.due(now) == call
        assert AlikeGroup.objects.count() == 1
        assert self.due(now + dt.timedelta(hours=2)) is None
        factories.make_filed_comment(call, rationale=LONG)
        assert self.due(now + dt.timedelta(minutes=30)) is None
        assert self.due(now + dt.timedelta(minutes=61)) == call
        assert AlikeGroup.objects.get().members.count() == 3
        assert self.due(call.closes_at) == call
        assert self.due(call.closes_at + dt.timedelta(days=1)) is None

    def test_sealed_call_is_looked_through_from_its_release_and_one_call_comes_after_another(self) -> None:
        sealed = factories.make_call(publication_rule="together_after_closing")
        opened = factories.make_call()
        for call in (sealed, opened):
            factories.make_filed_comment(call, rationale=LONG)
        now = timezone.now()
        assert [self.due(now), self.due(now)] == [opened, None]
        after = max(sealed.closes_at, opened.closes_at)
        assert {self.due(after), self.due(after)} == {sealed, opened}

    def test_call_with_very_many_comments_waits_for_somebody_to_ask(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("consultations.services.alike.MAX_GROUPED", 0)
        factories.make_filed_comment(rationale=LONG)
        assert self.due(timezone.now()) is None
