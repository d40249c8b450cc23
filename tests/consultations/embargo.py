"""What the embargo test stands on: a record with a sealed call in it, people outside, and what they are shown."""

import datetime as dt
import functools
import hashlib
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from django.contrib.messages.storage.cookie import CookieStorage
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from consultations import services
from consultations.models import Attachment, Call, CoSponsor, Delegation, DelegationNote, Submission, User
from declaration.models import GroupMembership
from tests import addresses, factories
from tests.addresses import Route, Values
from tests.api import record

FIRST_ROW, FIRST_SEALED_ROW, NO_ROW = 700, 900_001, 999_983
"""The primary keys from which rows are counted: those of the record, and those that are sealed. The last is nobody's."""

SECRET = "Zirconium"
"""A word that stands in everything that is filed under seal, and nowhere else."""

PACKED = b"PK\x03\x04"
"""How a file that is a ZIP archive begins, a Word file among them."""

TOKEN = re.compile(rb'(name="(?:csrfmiddlewaretoken|entry_key)" value=")[^"]+')
FORM = re.compile(r"<form\b[^>]*>(?:(?!</form>).)*</form>", re.DOTALL)
SELECT = re.compile(r'<select[^>]*\bname="([^"]+)"[^>]*>(.*?)</select>', re.DOTALL)
OPTION = re.compile(r'<option[^>]*\bvalue="([^"]+)"')
SEARCH = re.compile(r'<input[^>]*\bname="(q|search|text)"')
MOST_OPTIONS = 2
"""So many choices of each filter are asked for; which one it is makes no difference to what a list is made from."""

OK = 200


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.at = timezone.now().replace(microsecond=0)

    def __call__(self) -> dt.datetime:
        """Tell the time."""
        self.at += dt.timedelta(milliseconds=1)
        return self.at


def count_rows_from(first: int) -> None:
    """Let the primary keys of all tables be counted from here on, so that rows are known by them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_depend d ON d.objid = c.oid AND d.deptype = 'i'"
            " JOIN pg_class t ON t.oid = d.refobjid WHERE c.relkind = 'S' AND t.relname ~ %s",
            ["^(activities|consultations|declaration)_"],
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f'ALTER SEQUENCE "{name}" RESTART WITH {first}')


@dataclass
class Record:
    """A sealed call, the delegations that file in it, and the readers outside of them."""

    sealed: Call
    first: Delegation
    second: Delegation
    sponsor: Delegation
    readers: dict[str, User | None] = field(default_factory=dict)
    insider: User | None = None


def make_record() -> Record:
    """Make one entry of each kind, a public filing with its answer, and a sealed call in which nothing was filed yet."""
    count_rows_from(FIRST_ROW)
    organ = record.make_organ("x")
    document = record.make_document("x", organ)
    record.make_resolution("7", organ, record.make_mandate("x", organ, document), document)
    element, basis = record.make_foundations(1, document)
    draft = record.make_founded_draft([element], [basis])
    soon = timezone.now() + dt.timedelta(days=20, hours=12, minutes=30)
    sealed = factories.make_call(
        draft,
        publication_rule="together_after_closing",
        title={"en": "Sealed round"},
        closes_at=soon,
        takes_late=True,
    )
    state = factories.make_state("XAA", name={"en": "Avalonia"})
    first = factories.make_delegation(state)
    second = factories.make_delegation(factories.make_stakeholder("rivers", name={"en": "Rivers First"}))
    group = factories.make_group("africa", kind="regional")
    GroupMembership.objects.create(group=group, state=state)
    made = Record(sealed, first, second, factories.make_delegation(factories.make_state("XDD")))
    answered = factories.make_filed_comment(factories.make_call(draft, closes_at=soon), first)
    factories.make_answer(answered)
    factories.make_answer(factories.make_filed_comment(answered.submission.call), published=False)
    other = factories.make_delegation(factories.make_state("XCC"))
    factories.make_submission(sealed, other)
    factories.make_import()
    factories.make_draft(published=False)
    for delegation in (first, second, made.sponsor):
        factories.focal_point(delegation)
    made.insider = factories.focal_point(first)
    made.readers = {
        "public": None,
        "another delegation": factories.focal_point(other),
        "staff": factories.make_staff(name="Vera"),
        "administrator": factories.make_staff(name="Root", is_superuser=True),
    }
    services.add_to_staff(user=made.readers["staff"])
    return made


def write(submission: Submission) -> None:
    """Write all that can be written before a filing."""
    user = factories.focal_point(submission.delegation)
    for clause in ("art_1__para_1", "art_2", None):
        factories.make_comment(submission, clause, rationale=f"{SECRET} is rare.", position="opposes")
    data = f"{SECRET} attached".encode()
    Attachment.objects.create(
        submission=submission,
        file=ContentFile(data, name="zirconium.pdf"),
        name=f"{SECRET}.pdf",
        content_type="application/pdf",
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        uploaded_by=user,
        uploaded_at=timezone.now(),
    )
    DelegationNote.objects.create(submission=submission, text=f"{SECRET}?", author=user, written_at=timezone.now())


def file_first(made: Record) -> None:
    """One delegation writes, clears, wins a co-sponsor and files; another one clears what it wrote."""
    submission = factories.make_submission(made.sealed, made.first, general_comment=f"{SECRET} in general.")
    write(submission)
    user = factories.focal_point(made.first)
    services.clear_submission(submission=submission, user=user)
    CoSponsor.objects.create(
        submission=submission,
        delegation=made.sponsor,
        status=CoSponsor.Status.JOINED,
        asked_by=user,
        asked_at=timezone.now(),
        answered_by=factories.focal_point(made.sponsor),
        answered_at=timezone.now(),
    )
    services.submit_submission(submission=submission, user=user)
    waiting = factories.make_submission(made.sealed, made.second, general_comment=SECRET)
    write(waiting)
    services.clear_submission(submission=waiting, user=factories.focal_point(made.second))


def file_again(made: Record) -> None:
    """The first delegation files anew; the other one files, and withdraws what it filed."""
    user = factories.focal_point(made.first)
    again = services.start_submission(call=made.sealed, delegation=made.first, user=user)
    factories.make_comment(again, "art_1", rationale=f"{SECRET} once more.")
    services.submit_submission(submission=again, user=user)
    other = factories.focal_point(made.second)
    waiting = Submission.objects.in_writing().get(call=made.sealed, delegation=made.second)
    filed = services.submit_submission(submission=waiting, user=other)
    services.withdraw_submission(submission=filed, user=other)


def _unpack(body: bytes) -> bytes:
    if not body.startswith(PACKED):
        return body
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        return b"".join(name.encode() + packed.read(name) for name in packed.namelist())


@dataclass(frozen=True)
class Answer:
    """What a reader is shown: all of it that could tell something."""

    status: int
    headers: tuple[tuple[str, str], ...]
    cookies: tuple[str, ...]
    body: bytes

    @classmethod
    def of(cls, response: Any) -> "Answer":
        """Read a response, without what is another one each time by itself: two visits in a row differ in it.

        That is the token of a form, or its key, and with it the ETag, which is a digest of the page; and when a page that nobody may store
        ends to be fresh, which is the machine's clock. Of a packed file what is in it counts, not the moment of packing. What a
        page has the next one say is read from its cookie.
        """
        body = _unpack(b"".join(response.streaming_content) if response.streaming else response.content)
        changing = {"etag"} if TOKEN.search(body) else set()
        if "no-store" in response.headers.get("Cache-Control", ""):
            changing.add("expires")
        named = ((name.lower(), value) for name, value in response.headers.items())
        headers = tuple(sorted((name, value) for name, value in named if name not in changing))
        cookies = (*sorted(response.cookies), *_read_messages(response))
        return cls(response.status_code, headers, cookies, TOKEN.sub(rb"\1", body))

    def without(self, *values: Any) -> "Answer":
        """Return the same with values of the address, which a page may repeat, taken out."""
        body, headers, cookies = self.body, self.headers, self.cookies
        for plain in (form for value in map(str, values) for form in (quote(value), value)):
            headers = tuple((name, text.replace(plain, "")) for name, text in headers if name != "content-length")
            cookies = tuple(text.replace(plain, "") for text in cookies)
            body = body.replace(plain.encode(), b"")
        return Answer(self.status, headers, cookies, body)

    def tell(self, other: "Answer") -> str:
        """Say in which of its parts another answer differs."""
        if self.status != other.status:
            return f"status {self.status} → {other.status}"
        if self.headers != other.headers:
            return f"headers {sorted(set(self.headers) ^ set(other.headers))}"
        if self.cookies != other.cookies:
            return f"cookies {self.cookies} → {other.cookies}"
        if self.body == other.body:
            return ""
        mine, theirs = self.body.decode(errors="replace"), other.body.decode(errors="replace")
        at = next(
            (n for n, (a, b) in enumerate(zip(mine, theirs, strict=False)) if a != b), min(len(mine), len(theirs))
        )
        return f"body …{mine[max(at - 80, 0) : at + 80]!r} → …{theirs[max(at - 80, 0) : at + 80]!r}"


list_routes = functools.cache(addresses.list_routes)
"""Every address there is: reading the schema takes seconds, and it stays the same."""

Visit = dict[str, Answer]
"""What a reader was shown: {address: answer}."""

Narrowed = Callable[[Route], bool]
"""Whether the filters of a route are tried too."""

MOST_ROWS, MOST_SEALED = 1, 2
"""So many rows of a kind are asked for: of those that were there before, and of those that are sealed."""


class Reader:
    """Somebody who asks for every address there is."""

    def __init__(self, user: User | None) -> None:
        self.client = Client(raise_request_exception=False)
        if user:
            self.client.force_login(user)
        self.routes = list_routes()

    def ask(self, address: str) -> Answer:
        """Ask for one address. What an earlier page had the next one say is not said on this one."""
        self.client.cookies.pop("messages", None)
        return Answer.of(self.client.get(address))

    def ask_all(
        self,
        values: Values,
        *,
        is_narrowed: Narrowed,
        routes: Callable[[Route], bool] = bool,
        fill: "Callable[[Route, Values], list[str]] | None" = None,
    ) -> Visit:
        """Ask for every address and, where they are to be narrowed, for what filters of pages and schema let one choose.

        `fill` says with which rows the places of a route are filled, where not with those that were made first.
        """
        answers: Visit = {}
        for route in filter(routes, self.routes):
            for address in (fill or fill_few)(route, values):
                answer = answers.get(address) or self.ask(address)
                answers[address] = answer
                for query in _list_queries(route, answer) if is_narrowed(route) else ():
                    answers[f"{address}?{query}"] = self.ask(f"{address}?{query}")
        return answers

    def ask_for_sealed(self, there: Values, since: int, *, routes: Callable[[Route], bool] = bool) -> list[str]:
        """Ask for what was filed under its own keys: say where the answer is another one than for what does not exist.

        The other places of a route are filled with what is `there` for everybody.
        """
        new, found, asked = Values(none=NO_ROW, since=since), [], set()
        for route in filter(routes, self.routes):
            base = [there.of(*place)[0] for place in route.places]
            for n, place in enumerate(route.places):
                keys = () if place[1] in addresses.WORDS else _list_sealed(new.of(*place)[:-1], since)
                if not keys or (address := route.fill([*base[:n], keys[0], *base[n + 1 :]])) in asked:
                    continue
                asked.add(address)
                found += self._compare(route, base, n, keys)
        return found

    def _compare(self, route: Route, base: list[Any], place: int, keys: Sequence[Any]) -> Iterator[str]:
        decoy = NO_ROW if isinstance(keys[0], int) else _disguise(keys[0])
        unknown = self.ask(route.fill([*base[:place], decoy, *base[place + 1 :]])).without(decoy)
        for key in keys:
            address = route.fill([*base[:place], key, *base[place + 1 :]])
            if told := unknown.tell(self.ask(address).without(key)):
                yield f"{route.name} {address}: {told}"


def fill_few(route: Route, values: Values) -> list[str]:
    """Return a route's addresses for the rows that were made first: every word in the place of a word, one row elsewhere."""
    choices = [values.of(*place)[: None if place[1] in addresses.WORDS else MOST_ROWS] for place in route.places]
    longest = max(map(len, choices), default=1)
    together = (tuple(each[min(n, len(each) - 1)] for each in choices) for n in range(longest))
    return [route.fill(filled) for filled in together]


def _list_sealed(values: Sequence[Any], since: int) -> list[Any]:
    """Return keys that only what is sealed has: the small numbers that comments have in their submission are everybody's."""
    return [value for value in values if not isinstance(value, int) or value >= since][: 2 * MOST_SEALED : 2]


def _read_messages(response: Any) -> list[str]:
    if "messages" not in response.cookies:
        return []
    storage = CookieStorage(response.wsgi_request)
    return [str(message) for message in storage._decode(response.cookies["messages"].value) or ()]


def _disguise(key: str) -> str:
    """Return a key of the same shape that nobody has."""
    return re.sub(r"[a-zA-Z]", "q", re.sub(r"\d", "7", key))


def _list_queries(route: Route, answer: Answer) -> list[str]:
    """Return the queries that a route takes: those of the schema, and those of the filters on the page."""
    if answer.status != OK:
        return []
    parameters = route.parameters.items()
    found = [f"{name}={value}" for name, values in parameters for value in values[:MOST_OPTIONS] if value != ""]
    found += [f"{name}={value}" for name in route.parameters for value in NARROWED.get(name, ())]
    if not route.path.startswith(("en/", "admin/")):
        return found
    for form in FORM.findall(answer.body.decode(errors="replace")):
        if 'method="post"' in form.partition(">")[0]:
            continue
        for name, options in SELECT.findall(form):
            found += [f"{name}={value}" for value in OPTION.findall(options)[:MOST_OPTIONS]]
        found += [f"{name}={SECRET}" for name in SEARCH.findall(form)]
    return list(dict.fromkeys(found))


NARROWED: dict[str, tuple[Any, ...]] = {
    "call": (FIRST_ROW,),
    "party": ("XAA", "rivers"),
    "group": ("africa",),
    "state": ("XAA",),
    "search": (SECRET,),
    "q": (SECRET,),
    "submission": (FIRST_SEALED_ROW,),
    "comment": (FIRST_SEALED_ROW,),
    "clause": (FIRST_ROW,),
    "page": (2,),
    "page_size": (1,),
}
"""What is asked of the filters that take any text or number: all that would find what is sealed."""
