"""The site that the browser visits: the record, the illustrative draft and the demonstration, as `manage.py dev` loads them.

Beside them it holds what they have none of: a submission that was cleared, a draft and a call in preparation, a person who
belongs to no delegation.
"""

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.test.utils import override_settings
from pytest_django.live_server_helper import LiveServer

from activities.importers.dossier_kinds import WHOLE_RECORD
from activities.models import Activity, Deliverable, Outcome
from consultations import services
from consultations.demonstration import PASSWORD
from consultations.importers.demonstration import load_demonstration
from consultations.models import Call, Consultation, Questionnaire, Submission, User
from declaration.importers.dossier import load_dossier
from declaration.models import Clause, Document, Draft, Mandate, Resolution
from declaration.services import withdraw_draft
from declaration.services.corrigenda import issue_corrigendum
from declaration.services.imports import commit_import
from tests import factories
from tests.browser.heard import prepare_heard

HOST: Final = "127.0.0.1"

ADMINISTRATOR: Final = "administrator@example.org"
STAFF: Final = {"en": "staff@example.org", "ar": "staff.arabic@example.org"}
WRITING: Final = "focal.point@aradia.example"
"""Whose delegation has a submission in writing."""
FILED: Final = "focal.point@esmeria.example"
"""Whose delegation has filed in the call that is open."""
CLEARED: Final = "cleared@example.org"
"""Whose delegation has a submission that was cleared."""
ALONE: Final = "alone@example.org"
"""Who belongs to no delegation."""


REPORT = (
    "I. Introduction\n1. The first paragraph:\n(a) One item;\n(b) Another item.\n2. The second, after resolution 23/12."
)
TEXTS = (
    "Article 1\nEveryone has the right.\nArticle 2\nStates act. See resolution 23/12.",
    "المادة 1\nلكل فرد هذا الحق.\nالمادة 2\nتعمل الدول.\nالمادة 3\nمادة زائدة.",
)
"""Texts that are brought in: a report, and one that does not match in two languages."""


@dataclass
class Site:
    """A site that is being served, and the keys in the addresses of its pages."""

    url: str
    keys: Mapping[str, object]
    password: str = PASSWORD

    def address(self, language: str, path: str) -> str:
        """Return the address of a page: of its path with the keys put in, which begins with / where it has no language."""
        path = path.format_map(self.keys)
        return self.url + path if path.startswith("/") else f"{self.url}/{language}/{path}"


class LastingFiles(StaticFilesHandler):
    """Serves style sheets, scripts and fonts to be kept by the browser, as a site in the world does."""

    def serve(self, request: HttpRequest) -> HttpResponseBase:
        """Serve a file."""
        response = super().serve(request)
        response.headers["Cache-Control"] = "max-age=3600"
        return response


@contextlib.contextmanager
def serve_site() -> Iterator[Site]:
    """Load everything into the database, which is to be empty, and serve it."""
    # Everybody knows the demonstration's password, so that its accounts have one only under DEBUG.
    with override_settings(DEBUG=True):
        load_dossier(WHOLE_RECORD)
        load_demonstration(force=True)
    keys = _prepare()
    with override_settings(ALLOWED_HOSTS=[HOST]):
        server = LiveServer(HOST, start=False)
        server.thread.static_handler = LastingFiles
        server.start()
        try:
            yield Site(server.url, keys)
        finally:
            server.stop()


def _prepare() -> dict[str, object]:
    """Make what the demonstration has none of; return the keys of what pages show."""
    draft = Draft.objects.get(ordinal=1)
    open_call, closed_call = Call.objects.order_by("-closes_at")
    filings = Submission.objects.filter(call=open_call)
    writing = filings.get(status=Submission.Status.DRAFT)
    cleared = _clear(open_call)
    _let_in(factories.make_user(ALONE))
    second = Draft.objects.get(ordinal=2)
    preparing = factories.make_draft(published=False, ordinal=3, declaration=draft.declaration, supersedes=second)
    preparing_call = factories.make_call(second, opened=False)
    corrected = draft.clauses.get(eid="art_9__para_1")
    issue_corrigendum(
        clause=corrected, language="ar", heading="", text="نص مصحح.", reason={"en": "A slip.", "ar": "سهو."}
    )
    brought_in = factories.make_import(REPORT)
    commit_import(text_import=brought_in, expected_revision=brought_in.revision)
    first, second = _make_two_drafts()
    return prepare_heard(open_call, closed_call, second) | {
        "first_draft": first.ordinal,
        "compared_draft": second.ordinal,
        "import": factories.make_import(*TEXTS, draft=factories.make_draft(published=False, clauses=[])).pk,
        "read_document": brought_in.document.slug,
        "open_call": open_call.pk,
        "closed_call": closed_call.pk,
        "preparing_call": preparing_call.pk,
        "preparing_draft": preparing.ordinal,
        "writing": writing.pk,
        "comment": writing.comments.order_by("number")[0].pk,
        "cleared": cleared.pk,
        "filed": filings.get(delegation__state__alpha3="XAE").pk,
        "activity": Activity.objects.order_by("slug")[0].slug,
        "consultation": Consultation.objects.filter(views__isnull=False).order_by("slug")[0].slug,
        "questionnaire": Questionnaire.objects.order_by("slug")[0].slug,
        "outcome": Outcome.objects.order_by("slug")[0].slug,
        "deliverable": Deliverable.objects.order_by("slug")[0].slug,
        "document": Document.objects.order_by("slug")[0].slug,
        "mandate": Mandate.objects.main().slug,
        "resolution": Resolution.objects.order_by("slug")[0].slug,
        "clause": Clause.objects.get(draft=draft, eid="art_9__para_1").pk,
    }


def _make_two_drafts() -> tuple[Draft, Draft]:
    """Make two drafts of another declaration, withdrawn so that the text that stands is still the illustrative one."""
    first = factories.make_draft(ordinal=41)
    changed = [(*clause[:4], clause[4].replace("States", "All States")) for clause in factories.CLAUSES[:-1]]
    descents = [(clause[0], clause[0], "amended") for clause in changed]
    second = factories.make_next_draft(first, changed, descents, ordinal=42)
    return first, withdraw_draft(draft=second)


def _clear(call: Call) -> Submission:
    """Write and clear a submission of a further delegation."""
    delegation = factories.make_delegation(factories.make_state("XAG"))
    user = factories.make_member(delegation, email=CLEARED)
    _let_in(user)
    submission = services.start_submission(call=call, delegation=delegation, user=user)
    clause = call.draft.clauses.get(eid="art_2__para_1")
    services.add_comment(submission=submission, user=user, clause=clause, position="supports", rationale="It is right.")
    submission.refresh_from_db()
    return services.clear_submission(submission=submission, user=user)


def _let_in(user: User) -> None:
    """Give a person the password that all others of the demonstration have."""
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
