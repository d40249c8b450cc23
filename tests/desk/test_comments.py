"""Writing, changing and deleting comments, and what is told when it cannot be done. Nothing typed is ever lost."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from consultations import services
from consultations.models import Call, Comment, Membership
from tests import factories
from tests.desk.pages import add_url, comment_data, edit_data, edit_url, only_comment, page_url, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission():
    return factories.make_submission()


@pytest.fixture
def person(submission, client):
    person = factories.make_member(submission.delegation, Membership.Role.CONTRIBUTOR, name="Leo Marsh")
    client.force_login(person)
    return person


@pytest.fixture
def comment(submission, person):
    return factories.make_comment(
        submission, operation="replace", proposed_text="All have the right to solidarity.", rationale="Shorter."
    )


class TestAdding:
    def test_form_opens_with_the_wording_of_the_clause_that_the_link_names(self, client, submission, person):
        page = words(client.get(add_url(submission, clause="art_1__para_1")))
        assert "Everyone has the right to solidarity." in page
        assert '<option value="art_1__para_1" selected>Article 1, paragraph 1</option>' in page
        assert "Article 1 – " in page  # what the clause stands in

    def test_link_can_ask_for_a_replacement_that_starts_from_the_present_wording(self, client, submission, person):
        response = client.get(add_url(submission, clause="art_1__para_1", operation="replace"))
        assert response.context["form"].initial["proposed_text"] == "Everyone has the right to solidarity."
        assert response.context["preview"].changes_nothing

    def test_wording_is_in_the_language_of_the_page(self, client, submission, person):
        page = words(client.get(add_url(submission, clause="art_1__para_1").replace("/en/", "/ar/")))
        assert "لكل إنسان الحق في التضامن." in page
        assert '<option value="ar" selected>' in page

    def test_without_clause_the_draft_is_shown_to_choose_from(self, client, submission, comment):
        response = client.get(add_url(submission))
        assert [(choice.line.clause.eid, choice.own) for choice in response.context["choices"]] == [
            ("preamble", 0),
            ("preamble__rec_1", 0),
            ("art_1", 0),
            ("art_1__para_1", 1),
            ("art_1__para_1__subpara_a", 0),
            ("art_2", 0),
        ]
        assert f"{add_url(submission)}?clause=art_2" in words(response)

    def test_clause_of_no_draft_is_no_page(self, client, submission, person):
        assert client.get(add_url(submission, clause="art_99")).status_code == 404

    def test_comment_is_stored_as_it_was_typed(self, client, submission, person):
        response = client.post(add_url(submission), comment_data(rationale="Line one.\r\nLine two. "))
        comment = only_comment()
        assert response["Location"] == f"{page_url(submission)}#comment-{comment.pk}"
        assert (comment.clause.eid, comment.position, comment.operation) == (
            "art_1__para_1",
            "supports_with_amendment",
            "replace",
        )
        assert comment.proposed_text == "Everyone has the full right to solidarity."
        assert comment.rationale == "Line one.\nLine two."
        assert comment.updated_by == person

    def test_comment_on_the_whole_text_names_no_clause_though_the_form_still_does(self, client, submission, person):
        client.post(add_url(submission), comment_data(target="whole_text", operation="none", proposed_text=""))
        assert only_comment().clause is None

    @pytest.mark.parametrize(
        ("clause", "following"),
        [
            ("art_1__para_1", "?clause=art_1__para_1__subpara_a"),
            ("art_1", "?clause=art_1__para_1"),
            ("art_2", "#comment-"),
        ],
    )
    @pytest.mark.usefixtures("person")
    def test_saving_can_lead_to_the_next_clause_with_words(self, client, submission, clause, following):
        response = client.post(add_url(submission), comment_data(clause=clause, save="next"))
        assert following in response["Location"]

    def test_first_clause_is_the_next_after_the_whole_text(self, client, submission, person):
        data = comment_data(target="whole_text", operation="none", proposed_text="", save="next")
        assert client.post(add_url(submission), data)["Location"].endswith("?clause=preamble__rec_1")

    def test_saving_can_stay(self, client, submission, person):
        response = client.post(add_url(submission), comment_data(save="stay"))
        assert response["Location"] == edit_url(only_comment())

    def test_saving_tells_the_browser_which_words_it_need_not_keep_any_more(self, client, submission, person):
        url = add_url(submission, clause="art_1__para_1")
        key = client.get(url).context["draft_key"]
        response = client.post(url, comment_data())
        assert response.cookies["saved_form"].value == key

    def test_form_says_what_the_delegation_already_wrote_on_the_clause(self, client, submission, comment):
        page = words(client.get(add_url(submission, clause="art_1__para_1")))
        assert f'href="{edit_url(comment)}"' in page


class TestButtons:
    def test_preview_shows_the_redline_and_stores_nothing(self, client, submission, person):
        data = comment_data(preview="1")
        del data["save"]
        response = client.post(add_url(submission), data)
        assert response.status_code == 200
        assert not Comment.objects.exists()
        page = words(response)
        assert "full </ins>" in page or "<ins" in page
        assert "Nothing is left out." in page
        assert [tuple(piece) for piece in response.context["preview"].redline] == [
            ("equal", "Everyone has the "),
            ("insert", "full "),
            ("equal", "right to solidarity."),
        ]

    def test_preview_answers_htmx_with_the_fragment_alone(self, client, submission, person):
        data = comment_data(preview="1")
        response = client.post(add_url(submission), data, headers={"HX-Request": "true"})
        page = words(response)
        assert "<html" not in page
        assert "<form" not in page
        assert 'hx-swap-oob="true"' in page
        assert "Everyone has the right to solidarity." in page
        assert "HX-Request" in response["Vary"]
        assert not Comment.objects.exists()

    def test_preview_tells_what_could_not_be_taken(self, client, submission, person):
        response = client.post(add_url(submission), comment_data(preview="1", proposed_text="a\u202eb"))
        assert "U+202E" in response.context["preview"].problem

    def test_preview_of_nothing_typed_yet_is_nothing(self, client, submission, person):
        response = client.post(add_url(submission), comment_data(preview="1", proposed_text=" \r\n"))
        assert not response.context["preview"].redline
        assert not response.context["preview"].problem

    def test_preview_of_another_language_compares_with_that_wording(self, client, submission, person):
        data = comment_data(preview="1", language="ar", proposed_text="لكل إنسان الحق الكامل في التضامن.")
        response = client.post(add_url(submission), data)
        assert [piece.op for piece in response.context["preview"].redline] == ["equal", "insert", "equal"]

    def test_prefill_starts_from_the_present_wording(self, client, submission, person):
        response = client.post(add_url(submission), comment_data(prefill="1", proposed_text="", operation="none"))
        form = response.context["form"]
        assert form["proposed_text"].value() == "Everyone has the right to solidarity."
        assert form["operation"].value() == "replace"
        assert form["rationale"].value() == "Nothing is left out."

    def test_prefill_takes_nothing_away_that_was_typed(self, client, submission, person):
        response = client.post(add_url(submission), comment_data(prefill="1", proposed_text="My own words."))
        assert response.status_code == 422
        assert "My own words." in words(response)
        assert "Empty the field" in words(response)

    def test_another_clause_can_be_shown_without_losing_what_was_typed(self, client, submission, person):
        response = client.post(add_url(submission), comment_data(show="1", clause="art_2"))
        assert "States cooperate with one another in good faith." in words(response)
        assert "Nothing is left out." in words(response)
        assert not Comment.objects.exists()


class TestRefusals:
    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"proposed_text": "a\x00b"}, "proposed_text"),
            ({"proposed_text": "a\x07b"}, "proposed_text"),
            ({"rationale": "a\u202eb"}, "rationale"),
            ({"proposed_text": ""}, "proposed_text"),
            ({"operation": "none"}, "proposed_text"),
            ({"operation": "insert"}, "operation"),
            ({"operation": "sing"}, "operation"),
            ({"position": "likes"}, "position"),
            ({"language": "fr"}, "language"),
            ({"clause": "art_99"}, "clause"),
            ({"clause": ""}, "clause"),
            ({"proposed_text": "Everyone has the right to solidarity."}, "proposed_text"),
            ({"operation": "none", "proposed_text": "", "position": "", "rationale": ""}, "rationale"),
        ],
    )
    def test_refusal_stands_beside_its_field_and_keeps_what_was_typed(self, client, submission, person, changes, field):
        data = comment_data(**changes)
        response = client.post(add_url(submission), data)
        assert response.status_code in (400, 422)
        form = response.context["form"]
        assert list(form.errors) == [field]
        assert f'href="#{form[field].id_for_label or form[field].auto_id}"' in words(response)
        assert form["proposed_text"].value() == data["proposed_text"]
        assert form["rationale"].value() == data["rationale"]
        assert not Comment.objects.exists()

    def test_clause_of_another_draft_is_refused(self, client, submission, person):
        factories.make_draft(clauses=[("art_77", "article", "77", "Elsewhere", "Elsewhere.")])
        response = client.post(add_url(submission), comment_data(clause="art_77"))
        assert response.context["form"].errors == {
            "clause": ["This clause belongs to another draft than the one of this call."]
        }

    def test_markup_is_kept_as_it_was_typed_and_never_read_as_markup(self, client, submission, person):
        markup = '<script>alert(1)</script> & "quotes" <b>bold</b>'
        client.post(add_url(submission), comment_data(rationale=markup, proposed_text=markup))
        comment = only_comment()
        assert (comment.rationale, comment.proposed_text) == (markup, markup)
        for url in (page_url(submission), edit_url(comment)):
            page = words(client.get(url))
            assert "<script>alert" not in page
            assert escape(markup) in page

    def test_two_megabytes_are_refused_and_given_back(self, client, submission, person):
        text = "solidarity " * 200_000
        response = client.post(add_url(submission), comment_data(proposed_text=text))
        assert response.status_code == 400
        assert "50000 characters" in response.context["form"].errors["proposed_text"][0].replace(",", "")
        assert text.strip() in words(response)
        assert not response.context["preview"].redline

    def test_call_that_closed_while_it_was_written(self, client, submission, person):
        close(submission.call)
        response = client.post(add_url(submission), comment_data())
        assert response.status_code == 400
        assert "This call closed on" in words(response)
        assert "Everyone has the full right to solidarity." in words(response)
        assert not Comment.objects.exists()
        # Opened afterwards, the form is refused before anything is typed.
        response = client.get(add_url(submission))
        assert response.status_code == 400
        assert "This call closed on" in words(response)

    def test_submission_that_was_cleared_while_it_was_written(self, client, submission, person, comment):
        services.clear_submission(submission=submission, user=factories.focal_point(submission.delegation))
        response = client.post(edit_url(comment), edit_data(comment, rationale="My better reasons."))
        assert response.status_code == 409
        assert "has been cleared" in words(response)
        assert "My better reasons." in words(response)

    def test_person_who_became_an_observer_while_writing(self, client, submission, person):
        person.memberships.update(role=Membership.Role.OBSERVER)
        response = client.post(add_url(submission), comment_data())
        assert response.status_code == 403
        assert "Everyone has the full right to solidarity." in words(response)
        assert not Comment.objects.exists()

    def test_person_who_was_removed_while_writing_learns_nothing_more(self, client, submission, person):
        person.memberships.all().delete()
        assert client.post(add_url(submission), comment_data()).status_code == 404

    def test_refusals_are_said_in_the_language_of_the_page(self, client, submission, person):
        url = add_url(submission).replace("/en/", "/ar/")
        response = client.post(url, comment_data(operation="sing"))
        assert response.status_code == 422
        assert 'dir="rtl"' in words(response)


class TestTwoAtOnce:
    def test_second_is_told_and_sees_both_versions(self, client, submission, comment):
        mine = edit_data(comment, proposed_text="All people have the right to solidarity.")
        colleague = factories.focal_point(submission.delegation)
        colleague.name = "Amina Haddad"
        colleague.save()
        change(comment, colleague, rationale="Shorter, and clearer.", position="opposes")
        response = client.post(edit_url(comment), mine)
        assert response.status_code == 409
        page = words(response)
        assert "A colleague changed this comment meanwhile" in page
        assert "Amina Haddad" in page
        assert {(each.label, each.theirs, each.yours) for each in response.context["differences"]} == {
            ("Position", "opposes", "supports"),
            ("Proposed wording", "All have the right to solidarity.", "All people have the right to solidarity."),
            ("Reasons", "Shorter, and clearer.", "Shorter."),
        }
        comment.refresh_from_db()
        assert comment.rationale == "Shorter, and clearer."

    def test_saving_again_is_a_decision(self, client, submission, comment):
        mine = edit_data(comment, rationale="Mine.")
        change(comment, factories.focal_point(submission.delegation), rationale="Theirs.")
        form = client.post(edit_url(comment), mine).context["form"]
        assert form["revision"].value() == comment.revision + 1
        assert client.post(edit_url(comment), form.data).status_code == 302
        comment.refresh_from_db()
        assert comment.rationale == "Mine."

    def test_what_a_colleague_deleted_is_offered_as_new(self, client, submission, comment):
        mine = edit_data(comment, rationale="Still needed.")
        pk = comment.pk
        services.delete_comment(comment=comment, user=comment.updated_by, expected_revision=comment.revision)
        url = reverse("desk-comment-edit", args=[submission.pk, pk])
        response = client.post(url, mine)
        assert response.status_code == 409
        assert "A colleague deleted this comment meanwhile" in words(response)
        assert f'action="{add_url(submission)}"' in words(response)
        form = response.context["form"]
        assert form["rationale"].value() == "Still needed."
        assert client.post(add_url(submission), form.data).status_code == 302
        assert only_comment().rationale == "Still needed."
        assert client.get(url).status_code == 404

    def test_comment_of_another_submission_is_not_reached_through_ones_own(self, client, submission, comment):
        other = factories.make_comment(factories.make_submission())
        url = reverse("desk-comment-edit", args=[submission.pk, other.pk])
        assert client.get(url).status_code == 404
        response = client.post(url, edit_data(other, rationale="Overwritten."))
        assert response.status_code == 409
        assert response.context["is_deleted"]
        other.refresh_from_db()
        assert other.rationale == "It is right."


class TestDeleting:
    def url(self, comment):
        return reverse("desk-comment-delete", args=[comment.submission_id, comment.pk])

    def test_it_is_asked_first(self, client, submission, comment):
        page = words(client.get(self.url(comment)))
        assert "Shorter." in page
        assert Comment.objects.exists()
        response = client.post(self.url(comment), {"revision": comment.revision})
        assert response["Location"] == page_url(submission)
        assert not Comment.objects.exists()

    def test_what_a_colleague_changed_meanwhile_is_shown_first(self, client, submission, comment):
        change(comment, factories.focal_point(submission.delegation), rationale="Now better.")
        response = client.post(self.url(comment), {"revision": comment.revision})
        assert response.status_code == 409
        assert "Now better." in words(response)
        assert Comment.objects.exists()

    def test_deleted_twice_is_deleted(self, client, submission, comment):
        url = self.url(comment)
        client.post(url, {"revision": comment.revision})
        assert client.post(url, {"revision": comment.revision})["Location"] == page_url(submission)

    @pytest.mark.parametrize("revision", ["", "nine", "٣", "99"])
    def test_revision_that_is_none_deletes_nothing(self, client, submission, comment, revision):
        assert client.post(self.url(comment), {"revision": revision}).status_code == 409
        assert Comment.objects.exists()


class TestComingFromTheText:
    def test_page_of_a_clause_offers_it_while_a_call_is_open(self, client, submission):
        draft = submission.call.draft
        url = reverse("clause-detail", args=[draft.ordinal, "art_2"])
        link = f"{reverse('desk-comment-add')}?draft={draft.ordinal}&amp;clause=art_2"
        assert link in words(client.get(url))
        close(submission.call)
        assert link not in words(client.get(url))

    def test_one_place_leads_to_the_form(self, client, submission, person):
        url = reverse("desk-comment-add", query={"draft": submission.call.draft.ordinal, "clause": "art_2"})
        assert client.get(url)["Location"] == add_url(submission, clause="art_2")

    def test_place_without_submission_asks_before_it_begins_one(self, client):
        call = factories.make_call()
        delegation = factories.make_delegation()
        client.force_login(factories.focal_point(delegation))
        response = client.get(reverse("desk-comment-add", query={"draft": call.draft.ordinal, "clause": "art_2"}))
        assert response.status_code == 200
        assert not delegation.submissions.exists()
        start = reverse("desk-submission-start", args=[delegation.key, call.pk])
        assert f'action="{start}"' in words(response)
        response = client.post(start, {"clause": "art_2"})
        assert response["Location"] == add_url(delegation.submissions.get(), clause="art_2")

    def test_several_places_are_listed(self, client, submission, person):
        other = factories.make_delegation()
        other.memberships.create(user=person, role="contributor")
        response = client.get(reverse("desk-comment-add", query={"draft": submission.call.draft.ordinal}))
        assert [place.delegation for place in response.context["places"]] == [submission.delegation, other]

    def test_person_who_cannot_write_is_told(self, client, submission):
        client.force_login(factories.make_member(submission.delegation, Membership.Role.OBSERVER))
        url = reverse("desk-comment-add", query={"draft": submission.call.draft.ordinal, "clause": "art_2"})
        assert "You cannot comment on this draft now" in words(client.get(url))

    def test_unpublished_draft_is_no_page(self, client, person):
        draft = factories.make_draft(published=False)
        url = reverse("desk-comment-add", query={"draft": draft.ordinal, "clause": "art_2"})
        assert client.get(url).status_code == 404


def close(call):
    Call.objects.filter(pk=call.pk).update(closes_at=timezone.now() - dt.timedelta(seconds=1))


def change(comment, user, **changes):
    """A colleague saves the comment from a page of her own."""
    fresh = Comment.objects.select_related("submission", "clause").get(pk=comment.pk)
    names = ("target", "clause", "category", "position", "operation", "proposed_text", "rationale", "language")
    values = {name: getattr(fresh, name) for name in names} | changes
    services.edit_comment(comment=fresh, user=user, expected_revision=fresh.revision, **values)
