"""Rows for tests, made without surprises: each function makes what it is named for, and what that must have.

A draft's clauses can only be added while it is in preparation; `make_draft` therefore takes them at once and publishes
at the end. What was filed is filed through the services, so that tests see what a site would hold.
"""

import datetime as dt
import itertools
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from consultations import services
from consultations.models import Call, Comment, Delegation, Disposition, Membership, Submission, User
from declaration.models import (
    Clause,
    Declaration,
    Descent,
    Document,
    Draft,
    Group,
    GroupMembership,
    Organ,
    Resolution,
    Stakeholder,
    State,
    TextImport,
    Wording,
)
from declaration.services import imports, publish_draft

PASSWORD = "correct horse battery staple"

_numbers = itertools.count(1)
_state_numbers = itertools.count()

CLAUSES: list[tuple[str, str, str, str, str]] = [
    # eid, kind, label, heading, text
    ("preamble", "preamble", "", "Preamble", ""),
    ("preamble__rec_1", "preambular_paragraph", "1", "", "Recalling that peoples help one another,"),
    ("art_1", "article", "1", "Solidarity", ""),
    ("art_1__para_1", "paragraph", "1", "", "Everyone has the right to solidarity."),
    ("art_1__para_1__subpara_a", "subparagraph", "a", "", "In times of need;"),
    ("art_2", "article", "2", "Duties", "States cooperate with one another in good faith."),
]
ARABIC = {
    "preamble": ("الديباجة", ""),
    "preamble__rec_1": ("", "إذ يذكّر بأن الشعوب تتعاون فيما بينها،"),
    "art_1": ("التضامن", ""),
    "art_1__para_1": ("", "لكل إنسان الحق في التضامن."),
    "art_1__para_1__subpara_a": ("", "في أوقات الشدة؛"),
    "art_2": ("الواجبات", "تتعاون الدول بعضها مع بعض بحسن نية."),
}


def make_user(email: str | None = None, **fields: Any) -> User:
    """A person who can sign in with `PASSWORD`."""
    return User.objects.create_user(email or f"person{next(_numbers)}@example.org", PASSWORD, **fields)


def make_staff(email: str | None = None, **fields: Any) -> User:
    """One of the mandate holder's staff."""
    return make_user(email or f"staff{next(_numbers)}@example.org", is_staff=True, **fields)


def make_state(alpha3: str | None = None, **fields: Any) -> State:
    """An invented State, unless said of a code between XGA and XWZ: tests name codes outside these."""
    if alpha3 is None:
        first, second = divmod(next(_state_numbers) % (17 * 26), 26)
        alpha3 = f"X{chr(ord('G') + first)}{chr(ord('A') + second)}"
    values = {"status": State.Status.INVENTED_STATE, "name": {"en": f"State {alpha3}", "ar": f"دولة {alpha3}"}}
    return State.objects.create(alpha3=alpha3, **values | fields)


def make_stakeholder(slug: str | None = None, **fields: Any) -> Stakeholder:
    """An invented organization."""
    slug = slug or f"organization-{next(_numbers)}"
    values = {"kind": Stakeholder.Kind.NGO, "name": {"en": f"Organization {slug}"}, "is_invented": True}
    return Stakeholder.objects.create(slug=slug, **values | fields)


def make_group(code: str | None = None, **fields: Any) -> Group:
    """A group of States."""
    code = code or f"group-{next(_numbers)}"
    values = {"kind": Group.Kind.OTHER, "name": {"en": f"Group {code}"}}
    return Group.objects.create(code=code, **values | fields)


def make_delegation(party: State | Stakeholder | Group | None = None, **fields: Any) -> Delegation:
    """A delegation of a party, of a new invented State unless said."""
    party = party or make_state()
    return Delegation.objects.create(**{party._meta.model_name: party}, **fields)


def make_member(delegation: Delegation, role: str = Membership.Role.FOCAL_POINT, **fields: Any) -> User:
    """A person with a role in a delegation."""
    user = make_user(**fields)
    Membership.objects.create(user=user, delegation=delegation, role=role)
    return user


def make_organ(code: str | None = None, **fields: Any) -> Organ:
    """A body."""
    code = code or f"organ-{next(_numbers)}"
    return Organ.objects.create(code=code, **{"name": {"en": f"Organ {code}"}} | fields)


def make_resolution(symbol: str | None = None, **fields: Any) -> Resolution:
    """A resolution without requests."""
    symbol = symbol or f"A/HRC/RES/90/{next(_numbers)}"
    values: dict[str, Any] = {"slug": symbol.replace("/", "-"), "title": {"en": f"Resolution {symbol}"}}
    if "organ" not in fields:
        values["organ"] = make_organ()
    return Resolution.objects.create(symbol=symbol, **values | fields)


def make_import(
    *texts: str,
    draft: Draft | None = None,
    document: Document | None = None,
    corrections: Iterable[dict[str, Any]] = (),
) -> TextImport:
    """A text that is being brought in, into a document unless a draft is given; corrections are of the first text."""
    if draft is None and document is None:
        document = Document.objects.create(slug=f"report-{next(_numbers)}", title={"en": "A report"})
    text_import = imports.begin_import(draft=draft, document=document)
    for text in texts or ("1. The first paragraph.\n2. The second paragraph.",):
        imports.add_text(text_import=text_import, data=text.encode(), file_name="text.txt")
    first = text_import.texts.order_by("position")[0]
    for correction in corrections:
        text_import.refresh_from_db()
        imports.correct_text(text=first, correction=correction, expected_revision=text_import.revision)
    text_import.refresh_from_db()
    return text_import


def make_draft(
    *,
    published: bool = True,
    languages: tuple[str, ...] = ("en", "ar"),
    clauses: list[tuple[str, str, str, str, str]] | None = None,
    declaration: Declaration | None = None,
    **fields: Any,
) -> Draft:
    """A draft with clauses (eid, kind, label, heading, English text), published unless said; Arabic for `CLAUSES`."""
    number = next(_numbers)
    declaration = declaration or Declaration.objects.create(slug=f"declaration-{number}", title={"en": "Declaration"})
    values = {"ordinal": number, "name": {"en": f"Draft {number}", "ar": f"مشروع {number}"}, "stage": Draft.Stage.ZERO}
    draft = Draft.objects.create(declaration=declaration, languages=list(languages), **values | fields)
    made: dict[str, Clause] = {}
    for position, (eid, kind, label, heading, text) in enumerate(CLAUSES if clauses is None else clauses, start=1):
        clause = Clause.objects.create(
            draft=draft,
            eid=eid,
            wid=eid,
            kind=kind,
            label=label,
            position=position,
            parent=made.get(eid.rpartition("__")[0]),
        )
        made[eid] = clause
        for language in languages:
            foreign_heading, foreign_text = ARABIC.get(eid, (heading, text)) if language == "ar" else (heading, text)
            Wording.objects.create(clause=clause, language=language, heading=foreign_heading, text=foreign_text)
    if published and draft.supersedes_id:
        # All of it is new.
        draft.clauses.update(is_origin_confirmed=True)
    return publish_draft(draft=draft) if published else draft


def make_next_draft(
    before: Draft,
    clauses: list[tuple[str, str, str, str, str]],
    descents: Iterable[tuple[str | Clause, str, str]],
    *,
    published: bool = True,
    confirmed: bool = True,
    **fields: Any,
) -> Draft:
    """A draft that supersedes another, of clauses as `make_draft` takes them, its lineage confirmed unless said.

    `descents` are (eid in the draft before or any earlier clause, eid in the new draft, kind).
    """
    values = {"declaration": before.declaration, "supersedes": before, "languages": tuple(before.languages)}
    draft = make_draft(published=False, clauses=clauses, **values | fields)
    old = {clause.eid: clause for clause in before.clauses.all()}
    new = {clause.eid: clause for clause in draft.clauses.all()}
    for ancestor, descendant, kind in descents:
        clause = ancestor if isinstance(ancestor, Clause) else old[ancestor]
        Descent.objects.create(ancestor=clause, descendant=new[descendant], kind=kind)
    if confirmed:
        draft.clauses.update(is_origin_confirmed=True)
    return publish_draft(draft=draft) if published else draft


def make_call(draft: Draft | None = None, *, opened: bool = True, **fields: Any) -> Call:
    """A call for everyone, open from yesterday to tomorrow unless said."""
    now = timezone.now()
    values: dict[str, Any] = {
        "title": {"en": "Call for comments", "ar": "دعوة إلى تقديم تعليقات"},
        "opens_at": now - dt.timedelta(days=1),
        "closes_at": now + dt.timedelta(days=1),
        "audience": ["member_states", "observer_states", "groups", "stakeholders"],
        "languages": ["en", "ar"],
        "status": Call.Status.OPEN if opened else Call.Status.PREPARING,
    }
    return Call.objects.create(draft=draft or make_draft(), **values | fields)


def make_submission(
    call: Call | None = None, delegation: Delegation | None = None, *, user: User | None = None, **fields: Any
) -> Submission:
    """A submission that is being written."""
    call = call or make_call()
    delegation = delegation or make_delegation()
    user = user or focal_point(delegation)
    at = call.opens_at + dt.timedelta(minutes=1)
    submission = services.start_submission(call=call, delegation=delegation, user=user, at=at)
    for name, value in fields.items():
        setattr(submission, name, value)
    group = fields.get("on_behalf_of")
    if group and delegation.state:
        # Only a member speaks for a group.
        GroupMembership.objects.get_or_create(group=group, state=delegation.state)
    if fields:
        submission.save(update_fields=list(fields))
    return submission


def make_comment(submission: Submission, clause: Clause | str | None = "art_1__para_1", **fields: Any) -> Comment:
    """A comment in a submission that is being written, on a clause given as such or by its eid."""
    if isinstance(clause, str):
        clause = submission.call.draft.clauses.get(eid=clause)
    values: dict[str, Any] = {"position": "supports", "rationale": "It is right."}
    if clause is None:
        values["target"] = Comment.Target.WHOLE_TEXT
    return services.add_comment(
        submission=submission,
        user=focal_point(submission.delegation),
        clause=clause,
        at=submission.call.opens_at + dt.timedelta(minutes=1),
        **values | fields,
    )


def file_submission(submission: Submission, *, at: dt.datetime | None = None) -> Submission:
    """File a submission, a little after its call opened unless said."""
    at = at or submission.call.opens_at + dt.timedelta(minutes=2)
    return services.submit_submission(submission=submission, user=focal_point(submission.delegation), at=at)


def make_filed_comment(call: Call | None = None, delegation: Delegation | None = None, **fields: Any) -> Comment:
    """A comment of a submission that has been filed."""
    submission = make_submission(call, delegation)
    comment = make_comment(submission, **fields)
    file_submission(submission)
    comment.refresh_from_db()
    return comment


def make_answer(comment: Comment, *, published: bool = True, user: User | None = None, **fields: Any) -> Disposition:
    """An answer to a filed comment, published unless said."""
    user = user or make_staff()
    values = {"decision": Disposition.Decision.ACCEPTED, "reason": "It makes the text clearer."}
    disposition = services.answer_comment(comment=comment, user=user, **values | fields)
    if published:
        services.publish_dispositions(dispositions=[disposition], user=user)
        disposition.refresh_from_db()
    return disposition


def focal_point(delegation: Delegation) -> User:
    """The delegation's focal point, made where there is none."""
    membership = delegation.memberships.filter(role=Membership.Role.FOCAL_POINT).select_related("user").first()
    return membership.user if membership else make_member(delegation)
