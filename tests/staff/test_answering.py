"""Answering many comments on one page: what is saved, what is not, and that nothing typed is lost."""

import pytest
from django.conf import settings

from consultations import services
from consultations.models import Disposition, Submission
from tests import factories
from tests.staff.pages import (
    answered,
    comments_url,
    form_of,
    make_closed_call,
    make_comments,
    make_sealed_call,
    row,
    row_of,
    row_words,
    tree,
    words,
)

pytestmark = pytest.mark.django_db

URL = "/en/staff/comments/"


def send(browser, changes, *, act="save", url=URL, **headers):
    """Open the page, type, and press a button."""
    data = form_of(browser.get(url)) | changes
    return browser.post(url, data | ({"act": act} if act else {}), headers=headers)


class TestSaving:
    def test_fifty_answers_in_one_go(self, desk, staff):
        comments = make_comments(50)
        typed = {}
        for number, comment in enumerate(comments):
            typed |= row(comment, decision="accepted", reason=f"Reason {number}.")
        page = desk.get(URL)
        assert len(form_of(page)) < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
        response = desk.post(URL, form_of(page) | typed | {"act": "save"}, follow=True)
        assert response.redirect_chain == [(URL, 302)]
        assert "50 answers were saved." in words(response)
        assert answered(*comments) == {
            comment.pk: ("accepted", f"Reason {number}.", False) for number, comment in enumerate(comments)
        }
        assert set(Disposition.objects.values_list("decided_by", "language", "revision")) == {(staff.pk, "en", 1)}

    def test_rows_that_were_not_touched_stay_as_they_are(self, desk):
        first, second = make_comments(2)
        before = factories.make_answer(first, published=False, reason="Line one.\nLine two.")
        send(desk, row(second, decision="noted"))
        before.refresh_from_db()
        assert before.revision == 1
        assert answered(first, second)[second.pk] == ("noted", "", False)

    def test_says_where_there_was_nothing_to_save(self, desk):
        make_comments(1)
        data = form_of(desk.get(URL))
        assert "Nothing was changed." in words(desk.post(URL, data | {"act": "save"}, follow=True))

    def test_keeps_to_the_page_and_filters(self, desk):
        (comment,) = make_comments(1)
        url = comments_url(answer="none", call=comment.submission.call_id)
        assert send(desk, row(comment, decision="noted"), url=url).url == url

    def test_stores_what_came_of_the_comment_and_the_language_of_the_reason(self, desk):
        (comment,) = make_comments(1)
        later = factories.make_draft(published=False, declaration=comment.clause.draft.declaration)
        key = f"{later.ordinal}/art_2"
        send(desk, row(comment, decision="accepted", reason="نعم.", language="ar", resulting_clause=key))
        answer = Disposition.objects.get()
        assert (answer.resulting_clause, answer.language) == (later.clauses.get(eid="art_2"), "ar")
        page = desk.get(URL)
        assert form_of(page)[f"c{comment.pk}-resulting_clause"] == key
        reason = tree(page).xpath(f"//textarea[@name='c{comment.pk}-reason']")[0]
        assert (reason.get("lang"), reason.get("dir")) == ("ar", "rtl")

    @pytest.mark.parametrize(
        ("values", "said"),
        [
            ({"reason": "Because."}, "Choose a decision."),
            ({"decision": "agreed"}, "Select a valid choice."),
            ({"decision": "noted", "reason": "a\u202eb"}, "turns the direction of the text around"),
            ({"decision": "noted", "resulting_clause": "nowhere"}, "There is no clause “nowhere”."),
            ({"decision": "noted", "resulting_clause": "9/art_99"}, "There is no clause “9/art_99”."),
            ({"decision": "noted", "resulting_clause": "²/art_1"}, "There is no clause “²/art_1”."),
        ],
    )
    def test_what_is_refused_is_said_in_its_row_and_kept(self, desk, values, said):
        wrong, right = make_comments(2)
        response = send(desk, row(wrong, **values) | row(right, decision="noted", reason="Thanks."))
        assert response.status_code == 422
        assert answered(wrong, right) == {right.pk: ("noted", "Thanks.", False)}
        assert said in words(response)
        assert "1 answer was saved." in words(response)
        assert tree(response).xpath(f"//*[@role='alert']//a[@href='#row-{wrong.pk}']")
        assert "answer-row--failed" in row_of(response, wrong).get("class")
        kept = {name: value for name, value in values.items() if value != "agreed"}
        assert row(wrong, **kept).items() <= form_of(response).items()

    def test_clause_of_an_earlier_draft_or_another_declaration_is_refused(self, desk):
        older = factories.make_draft()
        call = factories.make_call(factories.make_draft(declaration=older.declaration))
        (comment,) = make_comments(1, call=call)
        for draft in (older, factories.make_draft()):
            response = send(desk, row(comment, decision="noted", resulting_clause=f"{draft.ordinal}/art_1"))
            assert (response.status_code, "or in a later one" in words(response)) == (422, True)
        assert not Disposition.objects.exists()

    def test_text_is_shown_as_it_was_typed(self, desk):
        evil = "<script>alert(1)</script><b>bold</b>"
        comment = factories.make_filed_comment(rationale=evil, operation="replace", proposed_text=evil)
        send(desk, row(comment, decision="noted", reason=evil))
        source = desk.get(URL).content.decode()
        assert "<script>alert" not in source
        assert "<b>bold" not in source
        assert form_of(desk.get(URL))[f"c{comment.pk}-reason"] == evil

    def test_more_rows_than_a_page_has_are_refused(self, desk):
        response = desk.post(URL, {"rows": ",".join(map(str, range(1, 52))), "act": "save"})
        assert (response.status_code, "At most 50 comments" in words(response)) == (400, True)

    def test_more_inputs_than_a_page_has_are_refused(self, desk):
        fields = {f"c1-{number}": "" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}
        assert desk.post(URL, fields).status_code == 400

    @pytest.mark.parametrize("rows", ["", "x", "²", "9" * 30, "-1"])
    def test_rows_that_are_none_do_nothing(self, desk, rows):
        assert desk.post(URL, {"rows": rows, "act": "save"}).status_code == 302

    def test_sealed_comment_can_neither_be_answered_nor_found_out(self, desk):
        (sealed,) = make_comments(1, call=make_sealed_call())
        forged = {"rows": str(sealed.pk), "act": "save"} | row(
            sealed, decision="noted", reason="!", revision="0", shown=""
        )
        unknown = {key.replace(str(sealed.pk), "999999"): value for key, value in forged.items()} | {"rows": "999999"}
        answers = [desk.post(URL, data) for data in (forged, unknown)]
        assert [(each.status_code, each.url) for each in answers] == [(302, URL)] * 2
        alone = [
            desk.post(URL, data | {"save-row": data["rows"]}, headers={"HX-Request": "true"})
            for data in (forged, unknown)
        ]
        assert [each.status_code for each in alone] == [404, 404]
        assert not Disposition.objects.exists()


class TestConflict:
    def test_one_of_many_rows_is_told_and_the_others_are_saved(self, desk):
        comments = make_comments(5)
        data = form_of(desk.get(URL))
        colleague = factories.make_staff(name="Colleague")
        factories.make_answer(
            comments[2], published=False, user=colleague, decision="not_accepted", reason="Too early."
        )
        for comment in comments:
            data |= row(comment, decision="accepted", reason="Mine.")
        response = desk.post(URL, data | {"act": "save"})
        assert response.status_code == 422
        assert "4 answers were saved." in words(response)
        assert "1 row was not done" in words(response)
        conflict = row_words(response, comments[2])
        assert "A colleague answered this comment meanwhile." in conflict
        assert "What stands now: not accepted Colleague Too early." in conflict
        assert form_of(response)[f"c{comments[2].pk}-reason"] == "Mine."
        assert answered(*comments)[comments[2].pk] == ("not_accepted", "Too early.", False)
        # What stands has been read: the same row saved again is a decision.
        desk.post(URL, form_of(response) | {"act": "save"})
        assert answered(*comments) == dict.fromkeys((each.pk for each in comments), ("accepted", "Mine.", False))

    def test_row_that_a_colleague_changed_is_no_conflict_where_it_was_not_touched(self, desk):
        first, second = make_comments(2)
        data = form_of(desk.get(URL)) | row(second, decision="noted")
        factories.make_answer(first, published=False)
        assert desk.post(URL, data | {"act": "save"}).status_code == 302
        assert answered(first)[first.pk][0] == "accepted"

    def test_answer_published_meanwhile_is_not_changed(self, desk):
        (comment,) = make_comments(1)
        answer = factories.make_answer(comment, published=False)
        data = form_of(desk.get(URL)) | row(comment, reason="Better.")
        services.publish_dispositions(dispositions=[answer], user=factories.make_staff())
        response = desk.post(URL, data | {"act": "save"})
        assert (response.status_code, form_of(response)[f"c{comment.pk}-reason"]) == (422, "Better.")
        again = desk.post(URL, form_of(response) | {"act": "save"})
        assert "This answer is published. Retract it before you change it." in row_words(again, comment)
        assert answered(comment)[comment.pk] == ("accepted", "It makes the text clearer.", True)

    def test_filing_withdrawn_meanwhile_keeps_what_was_typed(self, desk):
        (comment,) = make_comments(1)
        data = form_of(desk.get(URL)) | row(comment, decision="noted", reason="Long thought about.")
        Submission.objects.update(status="withdrawn")
        response = desk.post(URL, data | {"act": "save"})
        assert response.status_code == 422
        assert "cannot be answered by you now" in row_words(response, comment)
        assert form_of(response)[f"c{comment.pk}-reason"] == "Long thought about."


class TestOneRow:
    def test_htmx_gets_the_row_alone(self, desk):
        first, second = make_comments(2)
        typed = row(first, decision="noted", reason="Thanks.", revision="0", shown="", language="en")
        response = desk.post(URL, typed | {"save-row": first.pk}, headers={"HX-Request": "true"})
        assert (response.status_code, "HX-Request" in response["Vary"]) == (200, True)
        fragment = tree(response)
        assert (fragment.tag, fragment.get("id")) == ("li", f"row-{first.pk}")
        assert "Saved." in words(response)
        assert answered(first, second) == {first.pk: ("noted", "Thanks.", False)}
        again = form_of(desk.get(URL))
        assert again[f"c{first.pk}-shown"] in response.content.decode()

    def test_htmx_is_told_of_refusals_and_conflicts_by_status(self, desk):
        (comment,) = make_comments(1)
        typed = row(comment, reason="Mine.", revision="0", shown="", language="en") | {"save-row": comment.pk}
        assert desk.post(URL, typed, headers={"HX-Request": "true"}).status_code == 422
        factories.make_answer(comment, published=False)
        response = desk.post(URL, typed | row(comment, decision="noted"), headers={"HX-Request": "true"})
        assert (response.status_code, "What stands now" in words(response)) == (409, True)

    def test_without_javascript_the_other_rows_keep_what_was_typed(self, desk):
        first, second, _third = make_comments(3)
        typed = row(first, decision="noted") | row(second, decision="accepted", reason="Half a thought")
        response = send(desk, typed | {"save-row": first.pk}, act="")
        assert response.status_code == 200
        assert answered(first, second) == {first.pk: ("noted", "", False)}
        assert form_of(response)[f"c{second.pk}-reason"] == "Half a thought"
        assert "not saved" in row_words(response, second)
        assert send(desk, row(first, decision="accepted") | {"save-row": first.pk}, act="").status_code == 302

    def test_button_names_only_its_own_row(self, desk):
        first, _second = make_comments(2)
        button = tree(desk.get(URL)).get_element_by_id(f"save-{first.pk}")
        names = button.get("hx-params").split(",")
        own = [name for name in form_of(desk.get(URL)) if name.startswith(f"c{first.pk}-")]
        assert (button.get("name"), button.get("value"), button.get("hx-post")) == ("save-row", str(first.pk), URL)
        assert set(own) <= set(names)
        assert all(name in {"csrfmiddlewaretoken", "save-row"} or name.startswith(f"c{first.pk}-") for name in names)


class TestPublishing:
    def test_saves_and_publishes_what_has_a_reason(self, desk):
        typed, prepared, unreasoned, untouched = make_comments(4)
        factories.make_answer(prepared, published=False)
        factories.make_answer(unreasoned, published=False, reason="")
        response = send(desk, row(typed, decision="noted", reason="Thanks."), act="publish-complete")
        assert response.status_code == 302
        assert answered(typed, prepared, unreasoned, untouched) == {
            typed.pk: ("noted", "Thanks.", True),
            prepared.pk: ("accepted", "It makes the text clearer.", True),
            unreasoned.pk: ("accepted", "", False),
        }

    def test_publishes_the_chosen_rows_alone(self, desk):
        chosen, other = make_comments(2)
        for comment in (chosen, other):
            factories.make_answer(comment, published=False)
        send(desk, row(chosen, tick="on"), act="publish")
        assert [answered(each)[each.pk][2] for each in (chosen, other)] == [True, False]

    @pytest.mark.parametrize("act", ["publish", "publish-complete"])
    def test_without_a_reason_an_answer_is_saved_and_its_row_marked(self, desk, act):
        without, complete = make_comments(2)
        typed = row(without, decision="noted", tick="on") | row(complete, decision="noted", reason="Thanks.", tick="on")
        response = send(desk, typed, act=act)
        assert response.status_code == 422
        assert answered(without, complete) == {
            without.pk: ("noted", "", False),
            complete.pk: ("noted", "Thanks.", True),
        }
        marked = row_words(response, without)
        assert "Saved, but not published" in marked
        assert "has no reason" in marked
        # The row shows what stands, so that adding the reason is no conflict.
        mended = form_of(response) | row(without, reason="Now it has one.", tick="on")
        assert desk.post(URL, mended | {"act": act}).status_code == 302
        assert answered(without)[without.pk] == ("noted", "Now it has one.", True)

    def test_row_without_a_decision_is_marked(self, desk):
        (comment,) = make_comments(1)
        response = send(desk, row(comment, tick="on"), act="publish")
        assert (response.status_code, "Choose a decision." in row_words(response, comment)) == (422, True)

    def test_nobody_publishes_what_she_has_not_read(self, desk):
        (comment,) = make_comments(1)
        answer = factories.make_answer(comment, published=False)
        data = form_of(desk.get(URL)) | row(comment, tick="on")
        services.answer_comment(
            comment=comment,
            user=factories.make_staff(),
            decision="not_accepted",
            reason="No.",
            expected_revision=answer.revision,
        )
        response = desk.post(URL, data | {"act": "publish"})
        assert (response.status_code, answered(comment)[comment.pk]) == (422, ("not_accepted", "No.", False))
        assert "A colleague changed this answer meanwhile." in row_words(response, comment)
        assert form_of(response)[f"c{comment.pk}-reason"] == "No."


class TestRetracting:
    def test_asks_first(self, desk):
        comments = make_comments(3)
        for comment in comments[:2]:
            factories.make_answer(comment)
        question = send(desk, row(comments[0], tick="on") | row(comments[2], tick="on"), act="retract")
        assert (question.status_code, "Retract 1 answer" in words(question)) == (200, True)
        assert answered(comments[0])[comments[0].pk][2] is True
        form = tree(question).xpath("//main//form")[0]
        response = desk.post(URL, dict(form.form_values()) | {"act": "retract-confirmed"}, follow=True)
        assert "1 answer was retracted." in words(response)
        assert [answered(each)[each.pk][2] for each in comments[:2]] == [False, True]

    @pytest.mark.parametrize("act", ["publish", "publish-complete", "retract"])
    def test_says_where_a_button_finds_nothing_to_do(self, desk, act):
        make_comments(1)
        data = form_of(desk.get(URL)) | {"act": act}
        assert f"Nothing was {'retracted' if act == 'retract' else 'published'}" in words(
            desk.post(URL, data, follow=True)
        )

    def test_published_answer_is_shown_without_inputs(self, desk):
        (comment,) = make_comments(1)
        factories.make_answer(comment, reason="Published words.")
        page = desk.get(URL)
        assert "Published words." in row_words(page, comment)
        assert not row_of(page, comment).xpath(".//textarea | .//select")
        assert send(desk, {}, act="retract").status_code == 302


class TestAlike:
    def alike(self, **values):
        return {f"alike-{name}": value for name, value in values.items()}

    def test_gives_the_chosen_rows_one_answer(self, desk):
        first, second, third = make_comments(3)
        typed = row(first, tick="on") | row(second, tick="on") | row(third, decision="accepted", reason="My own.")
        typed |= self.alike(decision="noted", reason="Thank you all.", language="en")
        response = desk.post(URL, form_of(desk.get(URL)) | typed | {"act": "alike"}, follow=True)
        assert "3 answers were saved." in words(response)
        assert answered(first, second, third) == {
            first.pk: ("noted", "Thank you all.", False),
            second.pk: ("noted", "Thank you all.", False),
            third.pk: ("accepted", "My own.", False),
        }

    def test_all_or_none_and_the_rows_in_the_way_are_marked(self, desk):
        free, published, typed = make_comments(3)
        factories.make_answer(published)
        ticks = row(free, tick="on") | row(published, tick="on")
        values = self.alike(decision="noted", reason="Thank you.")
        response = send(desk, ticks | values, act="alike")
        assert (response.status_code, answered(free)) == (422, {})
        assert "so none was" in words(response)
        assert "answer-row--failed" in row_of(response, published).get("class")
        assert form_of(response)["alike-reason"] == "Thank you."
        assert form_of(response)[f"c{free.pk}-tick"] == "on"
        unsaved = row(free, tick="on") | row(typed, tick="on", decision="noted", reason="Not to be overwritten.")
        response = send(desk, unsaved | values, act="alike")
        assert (response.status_code, answered(free, typed)) == (422, {})
        assert "What is typed in this row is not saved." in row_words(response, typed)
        assert form_of(response)[f"c{typed.pk}-reason"] == "Not to be overwritten."

    @pytest.mark.parametrize(
        ("ticked", "values", "said"),
        [
            (False, {"decision": "noted"}, "Choose the comments first"),
            (True, {"reason": "Because."}, "Choose a decision."),
            (True, {"decision": "noted", "resulting_clause": "x"}, "There is no clause “x”."),
        ],
    )
    def test_says_what_is_missing(self, desk, ticked, values, said):
        (comment,) = make_comments(1)
        response = send(desk, (row(comment, tick="on") if ticked else {}) | self.alike(**values), act="alike")
        assert (response.status_code, said in words(response)) == (422, True)
        assert not Disposition.objects.exists()

    def test_another_button_does_not_lose_what_was_typed_there(self, desk):
        (comment,) = make_comments(1)
        response = send(desk, row(comment, decision="noted") | self.alike(reason="Half a thought"))
        assert (response.status_code, form_of(response)["alike-reason"]) == (200, "Half a thought")
        assert "1 answer was saved." in words(response)


def test_closed_sealed_call_is_answered_like_any_other(desk):
    (comment,) = make_comments(1, call=make_closed_call(publication_rule="together_after_closing"))
    send(desk, row(comment, decision="noted"))
    assert answered(comment) == {comment.pk: ("noted", "", False)}
