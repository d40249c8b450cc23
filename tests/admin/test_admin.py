"""The admin: who comes in, that its pages open, and what it does not show or change."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.urls import reverse

from consultations.services import ensure_staff_group
from declaration.models import Draft, Organ, Wording
from tests import factories

pytestmark = pytest.mark.django_db

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def blocked_by_the_content_policy(source):
    """What the policy would not let a browser run or apply."""
    inline = re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", source)
    return inline + re.findall(r"<style\b|<[^>]*\sstyle\s*=|<[^>]*\son[a-z]+\s*=\s*[\"']|javascript:", source)


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_page_opens_for_an_administrator(desk, entries, model, language, direction):
    pages = {
        "list": address(model, "changelist"),
        "search": address(model, "changelist") + "?q=a",
        "entry": address(model, "change", entries[model].pk),
        "history": address(model, "history", entries[model].pk),
        "add": address(model, "add"),
    }
    for name, url in pages.items():
        response = desk.get(url, headers={"accept-language": language})
        if name == "add" and not admin.site._registry[model].has_add_permission(response.wsgi_request):
            assert response.status_code == 403
            continue
        if name == "search" and not admin.site._registry[model].search_fields:
            continue
        assert response.status_code == 200, name
        source = response.content.decode()
        assert f'dir="{direction}"' in source, name
        assert blocked_by_the_content_policy(source) == [], name
        assert "default-src 'none'" in response["Content-Security-Policy"]


def test_first_page_and_lists_of_an_app_open(desk):
    for url in ("/admin/", *(reverse("admin:app_list", args=[app]) for app in ("declaration", "consultations"))):
        response = desk.get(url)
        assert (response.status_code, blocked_by_the_content_policy(response.content.decode())) == (200, [])


class TestWhoComesIn:
    def test_everybody_signs_in_where_the_whole_site_does(self, client):
        response = client.get("/admin/declaration/draft/", follow=True)
        assert response.redirect_chain[-1] == (
            "/en/account/login/?next=%2Fadmin%2Fdeclaration%2Fdraft%2F",
            302,
        )
        factories.make_user("administrator@example.org", is_staff=True, is_superuser=True)
        signed_in = client.post(
            "/en/account/login/",
            {"login": "administrator@example.org", "password": factories.PASSWORD, "next": "/admin/declaration/draft/"},
        )
        assert signed_in.url == "/admin/declaration/draft/"
        assert client.get(signed_in.url).status_code == 200

    def test_delegations_do_not(self, client):
        client.force_login(factories.make_member(factories.make_delegation()))
        assert client.get("/admin/", follow=True).status_code == 404

    def test_staff_without_permissions_see_nothing(self, client, entries):
        client.force_login(factories.make_staff())
        assert "declaration" not in client.get("/admin/").content.decode().partition("<main")[2]
        for model in MODELS:
            assert client.get(address(model, "changelist")).status_code == 403, model
            assert client.get(address(model, "change", entries[model].pk)).status_code == 403, model

    def test_staff_curate_the_record_and_no_rights(self, client, entries):
        staff = factories.make_staff()
        staff.groups.add(ensure_staff_group())
        client.force_login(staff)
        expected = {"auth.Group": 403}
        for model in MODELS:
            status = client.get(address(model, "changelist")).status_code
            assert status == expected.get(model._meta.label, 200), model


class TestSealed:
    @pytest.fixture
    def sealed(self):
        """A filing for a group in a call under embargo."""
        call = factories.make_call(publication_rule="together_after_closing")
        group = factories.make_group("secret-group", name={"en": "Group that speaks"})
        submission = factories.make_submission(call, on_behalf_of=group)
        factories.make_comment(submission)
        return factories.file_submission(submission)

    def test_filing_is_neither_listed_nor_found_nor_counted(self, desk, sealed):
        model = type(sealed)
        for query in ("", "?q=X", f"?q={sealed.delegation.key}", "?status__exact=submitted", "?_facets=True"):
            page = desk.get(address(model, "changelist") + query).content.decode()
            assert str(sealed.delegation) not in page, query
            assert "0 submissions" in page, query
        # Django leads whoever asks for what does not exist to the first page.
        assert desk.get(address(model, "change", sealed.pk)).status_code == 302
        assert desk.get(address(model, "history", sealed.pk)).status_code == 302

    def test_nobody_comes_to_sign_in_as_one_who_filed_it(self, desk, sealed):
        person = sealed.submitted_by
        page = desk.get(address(type(person), "change", person.pk))
        assert page.status_code == 200
        assert not re.search(r'name="(?:email|password|usable_password)"|\.\./password/', page.content.decode())
        password = reverse("admin:auth_user_password_change", args=[person.pk])
        assert desk.get(password).status_code == 403
        new = {"usable_password": "true", "password1": "another long word", "password2": "another long word"}
        assert desk.post(password, new).status_code == 403
        assert type(person).objects.get(pk=person.pk).password == person.password

    def test_nobody_is_put_into_its_delegation(self, desk, sealed, administrator):
        page = desk.get(address(type(sealed.delegation), "change", sealed.delegation.pk)).content.decode()
        assert 'name="memberships-0-role"' not in page
        assert 'name="memberships-__prefix__-user"' not in page

    def test_nothing_that_refers_to_it_can_be_asked_to_be_removed(self, desk, sealed):
        for entry in (
            sealed,
            sealed.call,
            sealed.delegation,
            sealed.on_behalf_of,
            sealed.submitted_by,
            sealed.call.draft,
            sealed.comments.get().clause,
        ):
            response = desk.get(address(type(entry), "delete", entry.pk))
            assert response.status_code in {302, 403}, entry


class TestPublished:
    def test_draft_and_clause_are_only_shown(self, desk, entries):
        draft = entries[Draft]
        for entry in (draft, draft.clauses.first()):
            url = address(type(entry), "change", entry.pk)
            source = desk.get(url).content.decode()
            assert 'name="_save"' not in source
            assert not re.search(r'<(?:input|select|textarea)[^>]*name="(?:kind|label|name_en|stage)"', source)
            assert desk.post(url, {"name_en": "Changed", "label": "99"}).status_code == 403
        draft.refresh_from_db()
        assert str(draft) != "Changed"
        assert not Wording.objects.filter(text="Changed").exists()

    def test_draft_in_preparation_is_published_by_its_action(self, desk):
        ready = factories.make_draft(published=False)
        empty = factories.make_draft(published=False, clauses=[])
        data = {"action": "publish", "_selected_action": [ready.pk, empty.pk]}
        source = desk.post(address(Draft, "changelist"), data, follow=True).content.decode()
        assert f"Draft {ready.ordinal} has been published." in source
        assert f"Draft {empty.ordinal}: This draft has no clause." in source
        assert [Draft.objects.get(pk=draft.pk).status for draft in (ready, empty)] == ["published", "preparing"]

    def test_action_is_for_those_who_may_change_drafts(self, client):
        draft = factories.make_draft(published=False)
        staff = factories.make_staff()
        staff.user_permissions.add(Permission.objects.get(codename="view_draft"))
        client.force_login(staff)
        client.post(address(Draft, "changelist"), {"action": "publish", "_selected_action": [draft.pk]})
        draft.refresh_from_db()
        assert draft.status == Draft.Status.PREPARING


def test_texts_are_typed_in_each_language_and_stored(desk, entries):
    organ = entries[Organ]
    url = address(Organ, "change", organ.pk)
    source = desk.get(url).content.decode()
    arabic = re.search(r'<input[^>]*name="name_ar"[^>]*>', source)
    assert arabic
    assert 'dir="rtl"' in arabic[0]
    data = {"code": organ.code, "slug": organ.code, "kind": organ.kind, "name_en": "Council", "name_ar": "المجلس"}
    assert desk.post(url, data).status_code == 302
    organ.refresh_from_db()
    assert organ.name == {"en": "Council", "ar": "المجلس"}
