"""Writing a draft in the staff pages, without scripts: nothing typed is lost, whatever a colleague does meanwhile."""

import pytest
from django.urls import reverse

from declaration.models import Clause, Corrigendum, Draft, Wording
from declaration.services import editing
from declaration.services.texts import NewWording
from tests import factories
from tests.staff.pages import form_of, tree, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    return factories.make_draft(published=False)


def url(name, draft, eid=None, **query):
    keys = [draft.ordinal, *([eid] if eid else [])]
    return reverse(f"staff-{name}", args=keys, query=query or None)


def english(draft, eid):
    return Wording.objects.get(clause__draft=draft, clause__eid=eid, language="en").text


def reword(draft, eid, text, language="en"):
    clause = draft.clauses.get(eid=eid)
    stands = clause.wordings.filter(language=language).first()
    editing.reword_clause(
        clause=clause,
        wordings={language: NewWording(text=text)},
        expected_revisions={language: stands.revision if stands else 0},
    )


class TestBeginning:
    def test_draft_from_nothing(self, desk):
        typed = {
            "title_en": "Declaration on rivers",
            "name_en": "Zero draft",
            "stage": "zero",
            "languages": ["en", "ar"],
        }
        response = desk.post(reverse("staff-draft-add"), typed)
        draft = Draft.objects.get()
        assert response.url == url("draft-detail", draft)
        assert (draft.status, draft.languages) == ("preparing", ["en", "ar"])
        assert draft.declaration.slug == "declaration-on-rivers"

    def test_draft_of_a_text_that_is_there(self, desk):
        older = factories.make_draft()
        typed = {"declaration": older.declaration_id, "name_en": "First", "stage": "first", "languages": ["en"]}
        desk.post(reverse("staff-draft-add"), typed | {"supersedes": older.pk})
        draft = Draft.objects.order_by("pk").last()
        assert (draft.declaration_id, draft.supersedes_id, draft.ordinal) == (
            older.declaration_id,
            older.pk,
            older.ordinal + 1,
        )

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"name_en": "X", "stage": "zero", "languages": ["en"]}, "write the title of a new one"),
            ({"title_en": "T", "stage": "zero", "languages": ["en"]}, "Name of the draft"),
            ({"title_en": "T", "name_en": "X", "stage": "zero"}, "Languages"),
        ],
    )
    def test_says_what_is_missing_and_keeps_the_rest(self, desk, typed, said):
        response = desk.post(reverse("staff-draft-add"), typed)
        assert (response.status_code, said in words(response)) == (422, True)
        assert not Draft.objects.exists()

    def test_languages_are_added_and_taken_off_only_on_purpose(self, desk, draft):
        page = url("draft-edit", draft)
        data = form_of(desk.get(page), "draft-form") | {"languages": ["en", "fr"]}
        refused = desk.post(page, data)
        assert (refused.status_code, "have words in" in words(refused)) == (400, True)
        assert desk.post(page, data | {"removes_wordings": "on"}).status_code == 302
        draft.refresh_from_db()
        assert set(draft.languages) == {"en", "fr"}
        assert not Wording.objects.filter(clause__draft=draft, language="ar").exists()

    def test_colleague_who_changed_the_draft_first(self, desk, draft):
        page = url("draft-edit", draft)
        data = form_of(desk.get(page), "draft-form") | {"languages": ["ar", "en"]}
        desk.post(page, data | {"name_en": "Theirs"})
        response = desk.post(page, data | {"name_en": "Mine"})
        assert response.status_code == 409
        assert [name in words(response) for name in ("en: Theirs", "en: Mine")] == [True, True]
        again = form_of(response, "draft-form") | {"languages": ["ar", "en"]}
        assert again["name_en"] == "Mine"
        assert desk.post(page, again).status_code == 302
        assert Draft.objects.get(pk=draft.pk).name["en"] == "Mine"

    def test_published_draft_is_not_changed(self, desk):
        draft = factories.make_draft()
        response = desk.post(url("draft-edit", draft), {"name_en": "Words that took long"})
        assert response.status_code == 409
        assert "Words that took long" in response.content.decode()


class TestOneClause:
    eid = "art_1__para_1"

    def page(self, desk, draft, **changes):
        return form_of(desk.get(url("clause-edit", draft, self.eid)), "clause-form") | changes

    def test_saves_words_number_and_status_in_one_go(self, desk, draft):
        data = self.page(desk, draft, **{"en-text": "All.", "ar-text": "الكل.", "label": "1 bis"})
        response = desk.post(
            url("clause-edit", draft, self.eid), data | {"negotiating_status": "agreed", "save": "save"}
        )
        assert response.url == url("draft-outline", draft) + "#art_1__para_1bis"
        assert english(draft, "art_1__para_1bis") == "All."
        assert draft.clauses.get(eid="art_1__para_1bis").negotiating_status == "agreed"
        assert draft.clauses.filter(eid="art_1__para_1bis__subpara_a").exists()

    def test_fields_have_the_direction_of_their_language(self, desk, draft):
        page = tree(desk.get(url("clause-edit", draft, self.eid)))
        assert [(each.get("lang"), each.get("dir")) for each in page.xpath("//textarea")] == [
            ("en", "ltr"),
            ("ar", "rtl"),
        ]

    def test_saving_without_a_change_changes_nothing(self, desk, draft):
        desk.post(url("clause-edit", draft, self.eid), self.page(desk, draft) | {"save": "save"})
        clause = draft.clauses.get(eid=self.eid)
        assert (clause.revision, clause.wordings.get(language="en").revision) == (1, 1)

    @pytest.mark.parametrize(("button", "where"), [("next", "art_1__para_1__subpara_a"), ("stay", "art_1__para_1")])
    def test_leads_on(self, desk, draft, button, where):
        data = self.page(desk, draft) | {"save": button}
        assert desk.post(url("clause-edit", draft, self.eid), data).url == url("clause-edit", draft, where)

    def test_previews_the_redline_and_brackets_and_stores_nothing(self, desk, draft):
        data = self.page(desk, draft, **{"en-text": "Everyone has the [right to solidarity."})
        response = desk.post(url("clause-edit", draft, self.eid), data | {"preview": "1"})
        assert tree(response).xpath("//ins")[0].text == "["
        assert "no counterpart" in words(response)
        response = desk.post(url("clause-edit", draft, self.eid), self.page(desk, draft) | {"bracket": "1"})
        assert form_of(response, "clause-form")["en-text"] == "[Everyone has the right to solidarity.]"
        assert form_of(response, "clause-form")["negotiating_status"] == "bracketed"
        assert english(draft, self.eid) == "Everyone has the right to solidarity."

    def test_footnotes_are_shown_with_their_language(self, desk, draft):
        note = {"label": "1", "text": "See the Charter.", "position": 8, "is_in_heading": False}
        Wording.objects.filter(clause__draft=draft, clause__eid=self.eid, language="en").update(footnotes=[note])
        assert "See the Charter." in words(desk.get(url("clause-edit", draft, self.eid)))

    def test_refusal_is_said_at_its_field_and_everything_is_kept(self, desk, draft):
        data = self.page(desk, draft, **{"en-text": "a\u202eb", "ar-text": "كلمات"})
        response = desk.post(url("clause-edit", draft, self.eid), data | {"save": "save"})
        assert response.status_code == 400
        assert tree(response).xpath("//*[@role='alert']//a[@href='#id_en-text']")
        assert form_of(response, "clause-form")["ar-text"] == "كلمات"
        assert draft.clauses.get(eid=self.eid).wordings.get(language="ar").revision == 1

    def test_number_that_is_taken_is_said(self, desk, draft):
        other = url("clause-edit", draft, "art_2")
        data = form_of(desk.get(other), "clause-form") | {"label": "1", "save": "save"}
        response = desk.post(other, data)
        assert (response.status_code, "number already" in words(response)) == (400, True)

    def test_text_is_shown_as_it_was_typed(self, desk, draft):
        evil = "<script>alert(1)</script>"
        reword(draft, self.eid, evil)
        for name in ("clause-edit", "clause-history", "clause-remove", "clause-split", "clause-merge"):
            assert evil not in desk.get(url(name, draft, self.eid)).content.decode()

    def test_published_draft_is_refused_and_words_are_given_back(self, desk):
        draft = factories.make_draft()
        response = desk.post(url("clause-edit", draft, self.eid), {"en-text": "Words that took long"})
        assert response.status_code == 409
        assert "Words that took long" in response.content.decode()

    def test_words_typed_before_the_session_ended_wait(self, client, staff, draft):
        client.force_login(staff)
        data = self.page(client, draft, **{"en-text": "Typed in time."})
        client.logout()
        address = url("clause-edit", draft, self.eid)
        assert client.post(address, data).status_code == 302
        client.force_login(staff)
        page = client.get(address)
        assert form_of(page, "clause-form")["en-text"] == "Typed in time."
        assert "not saved yet" in words(page)


class TestTwoPeople:
    eid = "art_1__para_1"

    def start(self, desk, draft, **typed):
        return form_of(desk.get(url("clause-edit", draft, self.eid)), "clause-form") | typed | {"save": "save"}

    def send(self, desk, draft, data):
        return desk.post(url("clause-edit", draft, self.eid), data)

    def test_who_change_two_languages_both_save(self, desk, draft):
        mine = self.start(desk, draft, **{"ar-text": "لي."})
        reword(draft, self.eid, "Theirs.")
        assert self.send(desk, draft, mine).status_code == 302
        assert english(draft, self.eid) == "Theirs."
        assert Wording.objects.get(clause__eid=self.eid, language="ar").text == "لي."

    def test_who_change_the_same_see_both_and_overwrite_knowingly(self, desk, draft):
        mine = self.start(desk, draft, **{"en-text": "Mine."})
        reword(draft, self.eid, "Theirs.")
        response = self.send(desk, draft, mine)
        assert response.status_code == 409
        assert english(draft, self.eid) == "Theirs."
        shown = words(response)
        assert "Theirs." in shown
        again = form_of(response, "clause-form")
        assert again["en-text"] == "Mine."
        assert self.send(desk, draft, again | {"save": "save"}).status_code == 302
        assert english(draft, self.eid) == "Mine."

    def test_who_change_the_same_can_take_what_stands(self, desk, draft):
        mine = self.start(desk, draft, **{"en-text": "Mine.", "ar-text": "لي."})
        reword(draft, self.eid, "Theirs.")
        conflict = self.send(desk, draft, mine)
        taken = self.send(desk, draft, form_of(conflict, "clause-form") | {"take": "en-text"})
        data = form_of(taken, "clause-form")
        assert (data["en-text"], data["ar-text"]) == ("Theirs.", "لي.")
        self.send(desk, draft, data | {"save": "save"})
        assert english(draft, self.eid) == "Theirs."

    def test_changes_in_different_places_are_put_together(self, desk, draft):
        mine = self.start(desk, draft, **{"en-text": "Everyone has the right to lasting solidarity."})
        reword(draft, self.eid, "Each person has the right to solidarity.")
        conflict = self.send(desk, draft, mine)
        both = self.send(desk, draft, form_of(conflict, "clause-form") | {"combine": "en-text"})
        data = form_of(both, "clause-form")
        assert data["en-text"] == "Each person has the right to lasting solidarity."
        self.send(desk, draft, data | {"save": "save"})
        assert english(draft, self.eid) == "Each person has the right to lasting solidarity."

    def test_third_change_in_between_is_seen_too(self, desk, draft):
        mine = self.start(desk, draft, **{"en-text": "Mine."})
        reword(draft, self.eid, "Theirs.")
        again = form_of(self.send(desk, draft, mine), "clause-form") | {"save": "save"}
        reword(draft, self.eid, "Theirs again.")
        assert self.send(desk, draft, again).status_code == 409
        assert english(draft, self.eid) == "Theirs again."

    def test_clause_that_was_renumbered_meanwhile_is_found(self, desk, draft):
        mine = self.start(desk, draft, **{"en-text": "Mine."})
        article = draft.clauses.get(eid="art_1")
        editing.edit_clause(clause=article, values=editing.ClauseValues(label="7"), expected_revision=1)
        assert desk.get(url("clause-edit", draft, self.eid)).url == url("clause-edit", draft, "art_7__para_1")
        assert self.send(desk, draft, mine).status_code == 302
        assert english(draft, "art_7__para_1") == "Mine."

    def test_words_for_a_clause_that_was_removed_come_in_as_a_new_one(self, desk, draft):
        mine = self.start(desk, draft, **{"en-text": "Mine."})
        editing.remove_clause(clause=draft.clauses.get(eid=self.eid), expected_revision=1)
        response = self.send(desk, draft, mine)
        assert (response.status_code, form_of(response, "clause-form")["en-text"]) == (409, "Mine.")
        form = form_of(response, "clause-form") | {"prefill": "1"}
        added = desk.post(url("clause-add", draft), form)
        assert form_of(added, "clause-form")["en-text"] == "Mine."
        assert desk.post(url("clause-add", draft), form_of(added, "clause-form")).status_code == 302
        assert Clause.objects.filter(draft=draft, wordings__text="Mine.").exists()

    def test_words_in_a_language_that_was_taken_off_are_given_back(self, desk, draft):
        mine = self.start(desk, draft, **{"ar-text": "كلمات طويلة."})
        Draft.objects.filter(pk=draft.pk).update(languages=["en"])
        response = self.send(desk, draft, mine)
        assert (response.status_code, "كلمات طويلة." in response.content.decode()) == (409, True)

    def test_words_of_a_new_clause_outlive_the_one_beside_it(self, desk, draft):
        address = url("clause-add", draft, place="after", beside="art_2")
        mine = form_of(desk.get(address), "clause-form") | {"en-text": "Mine."}
        article = draft.clauses.get(eid="art_2")
        editing.edit_clause(clause=article, values=editing.ClauseValues(label="7"), expected_revision=1)
        assert form_of(desk.get(address), "clause-form")["beside"] == "art_7"
        editing.remove_clause(clause=article, expected_revision=2)
        response = desk.post(address, mine)
        assert (response.status_code, "Mine." in response.content.decode()) == (409, True)


class TestStructure:
    def test_adds_with_the_number_that_comes_next(self, desk, draft):
        for query, number in (
            ({"place": "into", "beside": "art_1"}, "2"),
            ({"place": "after", "beside": "art_1"}, "1 bis"),
            ({"place": "after", "beside": "art_2"}, "3"),
            ({"place": "after", "beside": "art_2", "as": "alt"}, "2 alt"),
            ({"place": "into", "beside": "art_2"}, "1"),
            ({}, "3"),
        ):
            form = form_of(desk.get(url("clause-add", draft, **query)), "clause-form")
            assert form["label"] == number, query
        address = url("clause-add", draft, place="after", beside="art_2", **{"as": "alt"})
        form = form_of(desk.get(address), "clause-form")
        assert form["en-text"] == english(draft, "art_2")
        response = desk.post(address, form | {"en-text": "States help."})
        assert response.url == url("draft-outline", draft) + "#art_2alt"

    def test_refused_clause_keeps_what_was_typed(self, desk, draft):
        data = form_of(desk.get(url("clause-add", draft)), "clause-form") | {"label": "1", "en-text": "Long words."}
        response = desk.post(url("clause-add", draft), data)
        assert (response.status_code, form_of(response, "clause-form")["en-text"]) == (400, "Long words.")

    def test_moves_splits_merges_and_removes(self, desk, draft):
        desk.post(url("clause-move", draft, "art_1__para_1"), {"place": "into", "beside": "art_2", "revision": 1})
        assert draft.clauses.filter(eid="art_2__para_1__subpara_a").exists()
        split = url("clause-split", draft, "art_2__para_1")
        form = form_of(desk.get(split), "split-form") | {"en-at": "8", "ar-at": "4"}
        assert form["label"] == "2"
        desk.post(split, form)
        assert english(draft, "art_2__para_2") == "has the right to solidarity."
        merge = url("clause-merge", draft, "art_2__para_1")
        desk.post(merge, form_of(desk.get(merge), "merge-form"))
        assert english(draft, "art_2__para_1") == "Everyone has the right to solidarity."
        assert draft.clauses.filter(eid="art_2__para_1__subpara_a").exists()
        remove = url("clause-remove", draft, "art_2")
        page = desk.get(remove)
        assert "3 clauses are removed" in words(page)
        desk.post(remove, form_of(page, "remove-form"))
        assert set(draft.clauses.values_list("eid", flat=True)) == {"preamble", "preamble__rec_1", "art_1"}

    def test_stale_pages_change_nothing(self, desk, draft):
        remove = url("clause-remove", draft, "art_2")
        form = form_of(desk.get(remove), "remove-form")
        editing.edit_clause(
            clause=draft.clauses.get(eid="art_2"),
            values=editing.ClauseValues(negotiating_status="agreed"),
            expected_revision=1,
        )
        assert desk.post(remove, form).status_code == 409
        assert desk.post(url("clause-split", draft, "art_2"), {"revision": "1", "en-at": "6"}).status_code == 409
        move = {"place": "before", "beside": "art_1", "revision": 1}
        assert desk.post(url("clause-move", draft, "art_2"), move).status_code == 409
        assert draft.clauses.order_by("position").last().eid == "art_2"

    def test_outline_moves_up_and_down(self, desk, draft):
        outline = url("draft-outline", draft)
        article = draft.clauses.get(eid="art_2")
        assert desk.post(outline, {"up": f"{article.pk}/1"}).url == f"{outline}#art_2"
        assert list(draft.clauses.order_by("position").values_list("eid", flat=True))[2] == "art_2"
        stale = desk.post(outline, {"down": f"{article.pk}/1"}, follow=True)
        assert "colleague changed" in words(stale)
        for odd in ("", "x", "9/9", f"{article.pk}/²"):
            assert desk.post(outline, {"up": odd}).status_code == 302

    def test_outline_says_what_is_missing(self, desk, draft):
        Wording.objects.filter(clause__eid="art_2", language="ar").delete()
        reword(draft, "art_1__para_1", "All [of us.")
        shown = words(desk.get(url("draft-outline", draft)))
        assert "missing: العربية" in shown
        assert "bracket without counterpart" in shown

    @pytest.mark.parametrize("count", [1, 3])
    def test_outline_takes_as_many_queries_for_one_clause_as_for_three(self, desk, count, django_assert_num_queries):
        rows = [(f"art_{number}", "article", str(number), "", "x") for number in range(1, count + 1)]
        draft = factories.make_draft(published=False, clauses=rows)
        with django_assert_num_queries(6):  # session, person, her delegations, draft, clauses, their words
            desk.get(url("draft-outline", draft))

    def test_history_says_who_changed_what(self, desk, staff, draft):
        page = url("clause-edit", draft, "art_2")
        desk.post(
            page, form_of(desk.get(page), "clause-form") | {"en-text": "States help one another.", "save": "save"}
        )
        response = desk.get(url("clause-history", draft, "art_2"))
        assert str(staff) in words(response)
        inserted = [each.text for each in tree(response).xpath("//p[@class='redline' and @lang]/ins")]
        assert any("help" in each for each in inserted)

    @pytest.mark.parametrize("count", [1, 3])
    def test_history_takes_as_many_queries_for_one_change_as_for_three(
        self, desk, draft, count, django_assert_num_queries
    ):
        for number in range(count):
            reword(draft, "art_2", f"Version {number}.")
        # session, person, her delegations, draft, clauses; events of the clause and of its words
        with django_assert_num_queries(7):
            desk.get(url("clause-history", draft, "art_2"))


class TestCorrigenda:
    def test_is_recorded_beside_the_published_text(self, desk, client):
        draft = factories.make_draft()
        page = url("clause-correct", draft, "art_2", language="en")
        form = form_of(desk.get(page), "corrigendum-form")
        assert form["text"] == english(draft, "art_2")
        typed = form | {"text": "States cooperate in good faith.", "reason_en": "A slip of the pen."}
        preview = desk.post(page, typed | {"preview": "1"})
        assert "with one another" in tree(preview).xpath("//del")[0].text
        assert not Corrigendum.objects.exists()
        assert desk.post(page, typed).url.endswith("/clauses/art_2/#corrigenda")
        public = words(client.get(reverse("clause-detail", args=[draft.ordinal, "art_2"])))
        assert "A slip of the pen." in public
        assert english(draft, "art_2") in public

    def test_needs_a_reason_and_a_change(self, desk):
        draft = factories.make_draft()
        page = url("clause-correct", draft, "art_2", language="en")
        form = form_of(desk.get(page), "corrigendum-form")
        assert desk.post(page, form | {"text": "Other."}).status_code == 422
        response = desk.post(page, form | {"reason_en": "Why."})
        assert (response.status_code, "Nothing would be corrected" in words(response)) == (400, True)

    def test_second_of_two_people_sees_the_first(self, desk):
        draft = factories.make_draft()
        page = url("clause-correct", draft, "art_2", language="en")
        typed = form_of(desk.get(page), "corrigendum-form") | {"text": "One.", "reason_en": "Why."}
        desk.post(page, typed)
        response = desk.post(page, typed | {"text": "Two."})
        assert response.status_code == 409
        again = form_of(response, "corrigendum-form")
        assert (again["text"], again["number"]) == ("Two.", "1")
        assert desk.post(page, again).status_code == 302

    def test_is_only_for_what_is_published(self, desk, draft):
        assert desk.get(url("clause-correct", draft, "art_2")).status_code == 404
