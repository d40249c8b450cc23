"""A client that is generated from the schema does the main job, in English and in Arabic."""

import importlib
import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import translation
from drf_spectacular.generators import SchemaGenerator

from consultations.models import Membership
from tests import factories

PACKAGE = "generated_client"
FILED_ALREADY = "This submission was filed already. It was not filed twice."

EXPECTED = {
    "en": {
        "clause": "Everyone has the right to solidarity.",
        "proposal": "Everyone has the right to international solidarity.",
        "inserted": ["international "],
        "citation": "Article 1, paragraph 1",
        "reason": "It makes the text clearer.",
    },
    "ar": {
        "clause": "لكل إنسان الحق في التضامن.",
        "proposal": "لكل إنسان الحق في التضامن الدولي.",
        "inserted": [" الدولي"],
        "citation": "الفقرة 1 من المادة 1",
        "reason": "هذا يزيد النص وضوحا.",
    },
}


@pytest.fixture(scope="module")
def call_of(tmp_path_factory: Any) -> Callable[..., Any]:
    """Generate the client; return what finds one of its operations, classes or choices by name."""
    folder = tmp_path_factory.mktemp("client")
    (folder / "schema.json").write_text(
        json.dumps(SchemaGenerator().get_schema(request=None, public=True), default=str)
    )
    # The generator does not know these; who generates a client says the same (docs/api.md).
    unknown = ("application/graphml+xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
    lines = [f"  {each}: application/octet-stream" for each in unknown]
    overrides = "\n".join(["content_type_overrides:", *lines, ""])
    (folder / "config.yml").write_text(f"post_hooks: []\n{overrides}")
    generate = [sys.executable, "-m", "openapi_python_client", "generate", "--path", "schema.json"]
    options = ["--meta", "none", "--output-path", PACKAGE, "--config", "config.yml", "--fail-on-warning"]
    done = subprocess.run([*generate, *options], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    sys.path.insert(0, str(folder))

    def find(name: str) -> Any:
        return importlib.import_module(f"{PACKAGE}.{name}")

    yield find
    sys.path.remove(str(folder))
    for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
        del sys.modules[name]


class Reader:
    """Somebody who works through the generated client, in a language."""

    def __init__(self, find: Callable[..., Any], base_url: str, language: str) -> None:
        self.find = find
        self.models = find("models")
        self.settings = {"base_url": base_url, "headers": {"Accept-Language": language}}
        self.client = find("client").Client(**self.settings)

    def sign_in(self, email: str) -> None:
        """Ask for a token, and send it from now on."""
        asked = self.models.TokenInputRequest(email=email, password=factories.PASSWORD)
        token = self.do("tokens.tokens_create", body=asked).token
        self.client = self.find("client").AuthenticatedClient(**self.settings, token=token, prefix="Token")

    def do(self, operation: str, *keys: Any, **what: Any) -> Any:
        """Do one thing, and return what the answer says."""
        return self.find(f"api.{operation}").sync(*keys, client=self.client, **what)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_main_job(language: str, call_of: Callable[..., Any], live_server: Any, settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    said = EXPECTED[language]
    draft = factories.make_draft(published=False)
    delegation = factories.make_delegation(factories.make_state("XAA"))
    factories.make_member(delegation, Membership.Role.FOCAL_POINT, email="ana@example.org", name="Ana")
    factories.make_staff("vera@example.org")
    staff, desk, public = (Reader(call_of, live_server.url, language) for _ in range(3))
    models = public.models

    # Staff publish the draft and call for comments.
    staff.sign_in("vera@example.org")
    assert staff.do("staff.staff_drafts_publish", draft.ordinal).status == models.DraftStatus.PUBLISHED
    call = staff.do(
        "staff.staff_calls_create",
        body=models.CallInputRequest.from_dict(
            {
                "draft": draft.ordinal,
                "title": {"en": "Call", "ar": "دعوة"},
                "opens_at": "2026-01-01T09:00:00Z",
                "closes_at": "2099-01-01T18:00:00Z",
                "audience": ["member_states"],
                "languages": ["en", "ar"],
            }
        ),
    )
    assert staff.do("staff.staff_calls_open", call.id).is_open

    # The delegation reads the text, writes three comments, and files them.
    desk.sign_in("ana@example.org")
    clauses = desk.do(
        "drafts.drafts_clauses_list", draft.ordinal, language=models.DraftsClausesListLanguage(language)
    ).results
    clause = next(clause for clause in clauses if clause.eid == "art_1__para_1")
    assert [wording.text for wording in clause.wordings] == [said["clause"]]
    assert clause.citation == said["citation"]
    [open_call] = desk.do("desk.desk_calls_list").results
    submission = desk.do(
        "desk.desk_submissions_create",
        body=models.SubmissionStartRequest(
            call=open_call.id, delegation=open_call.own[0].delegation.key, language=models.Language(language)
        ),
    )
    assert [each.code for each in desk.do("desk.desk_submissions_missing_list", submission.id)] == ["nothing_said"]
    operation, position = models.Operation, models.Position
    for comment in (
        models.CommentInputRequest(
            clause=clause.eid,
            position=position.SUPPORTS_WITH_AMENDMENT,
            operation=operation.REPLACE,
            proposed_text=said["proposal"],
        ),
        models.CommentInputRequest(
            target=models.Target.AFTER_CLAUSE,
            clause="art_2",
            operation=operation.INSERT,
            proposed_text=said["proposal"],
            rationale=said["reason"],
        ),
        models.CommentInputRequest(clause="art_2", position=position.OPPOSES, operation=operation.DELETE),
    ):
        written = desk.do("desk.desk_submissions_comments_create", submission.id, body=comment)
        assert written.language == models.Language(language)
    agreed = models.FilingConfirmationRequest(consents_to_publication=True, consents_to_attribution=True)
    filed = desk.do("desk.desk_submissions_submit", submission.id, body=agreed)
    assert (filed.status, filed.comment_count) == (models.SubmissionStatus.SUBMITTED, 3)
    again = desk.do("desk.desk_submissions_submit", submission.id, body=agreed)
    assert [error.code for error in again.errors] == ["submission_filed"]
    with translation.override(language):
        assert again.errors[0].detail == translation.gettext(FILED_ALREADY)

    # Staff answer all, and publish the answers.
    answers = []
    for comment in staff.do("staff.staff_comments_list").results:
        assert comment.party.key == "XAA"
        answered = staff.do(
            "staff.staff_comments_answer",
            comment.id,
            body=models.AnswerInputRequest(revision=0, decision=models.Decision.ACCEPTED, reason=said["reason"]),
        )
        answers.append(answered.answer.id)
    assert [comment.answer for comment in public.do("comments.comments_list").results] == [None] * 3
    published = staff.do("staff.staff_dispositions_publish", body=models.ChosenAnswersRequest(ids=answers))
    assert sorted(published.ids) == sorted(answers)

    # Who is not signed in reads comment, redline and answer.
    [listed] = public.do("comments.comments_list", clause=clause.eid).results
    comment = public.do("comments.comments_retrieve", listed.id)
    assert (comment.party.name.en, comment.proposed_text) == ("State XAA", said["proposal"])
    assert (comment.answer.decision, comment.answer.reason) == (models.Decision.ACCEPTED, said["reason"])
    assert [piece.text for piece in comment.redline if piece.op == models.Change.INSERT] == said["inserted"]
    counted = public.do("drafts.drafts_clauses_retrieve", draft.ordinal, clause.eid)
    assert (counted.positions.comments, counted.positions.supports_with_amendment) == (1, 1)
