"""The bundled draft as a file: complete in both languages, numbered as Akoma Ntoso has it, linked to every element.

Below it the demonstration on that draft: what its invented delegations propose fits the clauses that they propose it on.
"""

import re
import tomllib
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest

from declaration.text.eids import EID_PATTERN, Step, make_eid
from declaration.text.hygiene import problems

ROOT = Path(__file__).resolve().parents[2]
DOSSIER = ROOT / "declaration" / "dossier"
ELEMENTS = {f"26{letter}" for letter in "abcdefgh"} | {f"27{letter}" for letter in "abcde"}
PARENTS = {
    "preamble": {None},
    "preambular_paragraph": {"preamble"},
    "part": {None},
    "article": {"part"},
    "paragraph": {"article", "annex"},
    "subparagraph": {"paragraph"},
    "item": {"subparagraph"},
    "annex": {None},
}
ARABIC = re.compile(r"[\u0621-\u064a]")
LATIN = re.compile(r"[A-Za-z]")


def read(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)


FILE = read(DOSSIER / "illustrative_draft.toml")
CLAUSES: list[dict[str, Any]] = FILE["clause"]
BY_EID = {clause["eid"]: clause for clause in CLAUSES}


def of_kind(kind: str) -> list[dict[str, Any]]:
    return [clause for clause in CLAUSES if clause["kind"] == kind]


def children(eid: str) -> list[dict[str, Any]]:
    return [clause for clause in CLAUSES if clause.get("parent") == eid]


def printed(clause: dict[str, Any], language: str) -> list[str]:
    return [clause[language].get("heading", ""), clause[language].get("text", "")]


def test_the_draft_says_that_it_is_illustrative():
    draft = FILE["draft"]
    assert draft["is_illustrative"] is True
    assert (draft["ordinal"], draft["stage"], draft["languages"]) == (1, "zero", ["en", "ar"])
    assert "A/68/176" in draft["note"]["en"]
    assert "A/68/176" in draft["note"]["ar"]
    assert FILE["declaration"]["mandate"] in {mandate["slug"] for mandate in read(DOSSIER / "mandates.toml")["mandate"]}


def test_the_text_is_long_enough_to_be_negotiated():
    assert len(of_kind("preambular_paragraph")) >= 10
    assert len(of_kind("article")) >= 10
    assert len(CLAUSES) >= 60
    assert len([article for article in of_kind("article") if children(article["eid"])]) >= 10
    assert len({clause["parent"].split("__")[0] for clause in of_kind("subparagraph")}) >= 10
    assert of_kind("item")
    assert [clause["eid"] for clause in CLAUSES if clause.get("label", "").endswith(" bis")] == ["art_4__para_2bis"]


def test_identifiers_are_unique_and_well_formed():
    assert [eid for eid, times in Counter(clause["eid"] for clause in CLAUSES).items() if times > 1] == []
    assert [eid for eid in BY_EID if not re.match(EID_PATTERN, eid)] == []


def path_to(clause: dict[str, Any]) -> list[Step]:
    above = path_to(BY_EID[clause["parent"]]) if "parent" in clause else []
    is_recital = clause["kind"] == "preambular_paragraph"
    ordinal = of_kind("preambular_paragraph").index(clause) + 1 if is_recital else None
    return [*above, Step(clause["kind"], clause.get("label", ""), ordinal)]


def test_an_identifier_is_what_kind_number_and_place_make_it():
    assert [clause["eid"] for clause in CLAUSES] == [make_eid(path_to(clause)) for clause in CLAUSES]


def test_a_parent_exists_fits_and_stands_before_its_children():
    seen: dict[str, str] = {}
    for clause in CLAUSES:
        parent = clause.get("parent")
        assert parent is None or parent in seen, f"{clause['eid']} stands before its parent {parent}"
        assert seen.get(parent) in PARENTS[clause["kind"]], f"{clause['eid']} cannot stand below {parent}"
        seen[clause["eid"]] = clause["kind"]


def test_children_follow_their_parent_without_another_clause_between():
    open_path: list[str] = []
    for clause in CLAUSES:
        parent = clause.get("parent")
        while open_path and open_path[-1] != parent:
            open_path.pop()
        assert parent is None or open_path, f"{clause['eid']} stands apart from {parent}"
        open_path.append(clause["eid"])


def test_numbers_run_without_a_gap():
    assert [clause["label"] for clause in of_kind("article")] == [str(n + 1) for n in range(len(of_kind("article")))]
    assert [clause for clause in of_kind("preambular_paragraph") if "label" in clause] == []
    for parent in CLAUSES:
        labels = [clause["label"] for clause in children(parent["eid"]) if clause["kind"] == "paragraph"]
        plain = [label for label in labels if not label.endswith(" bis")]
        assert plain == [str(n + 1) for n in range(len(plain))]
        letters = [clause["label"] for clause in children(parent["eid"]) if clause["kind"] == "subparagraph"]
        assert letters == [chr(ord("a") + n) for n in range(len(letters))]
        romans = [clause["label"] for clause in children(parent["eid"]) if clause["kind"] == "item"]
        assert romans == ["i", "ii", "iii", "iv", "v"][: len(romans)]


@pytest.mark.parametrize("clause", CLAUSES, ids=list(BY_EID))
def test_every_clause_is_in_both_languages(clause):
    for english, arabic in zip(printed(clause, "en"), printed(clause, "ar"), strict=True):
        assert bool(english) == bool(arabic)
        assert english == english.strip()
        assert arabic == arabic.strip()
        assert not ARABIC.search(english)
        assert not LATIN.search(arabic)
        assert problems(english) == []
        assert problems(arabic) == []
        # Square brackets show what is not agreed: the same in each language, and matched.
        assert re.findall(r"[\[\]]", english) == re.findall(r"[\[\]]", arabic)
        assert english.count("[") == english.count("]")
    assert any(printed(clause, "en"))


@pytest.mark.parametrize("clause", CLAUSES, ids=list(BY_EID))
def test_a_clause_ends_as_its_place_asks(clause):
    text = {language: clause[language].get("text", "") for language in ("en", "ar")}
    if not text["en"]:
        assert clause["kind"] in {"part", "article", "annex"}
        return
    expected = {",": "،", ";": "؛", ".": ".", ":": ":"}
    ending = text["en"].rstrip("]")[-1]
    assert text["ar"].rstrip("]")[-1] == expected[ending]
    if clause["kind"] in {"paragraph", "subparagraph"}:
        assert (ending == ":") == bool(children(clause["eid"]))
    if clause["kind"] in {"subparagraph", "item"} and not children(clause["eid"]):
        siblings = children(clause["parent"])
        following = CLAUSES[CLAUSES.index(clause) + 1]["kind"] if clause is not CLAUSES[-1] else ""
        is_last = clause is siblings[-1] and (clause["kind"] == "subparagraph" or following != "subparagraph")
        assert ending == ("." if is_last else ";")


def test_status_is_bracketed_where_words_stand_in_brackets():
    allowed = {"open", "bracketed", "agreed_ad_referendum", "agreed"}
    for clause in CLAUSES:
        assert clause["status"] in allowed
        assert (clause["status"] == "bracketed") == ("[" in "".join(printed(clause, "en"))), clause["eid"]
    assert {clause["status"] for clause in CLAUSES} == allowed


def test_every_element_is_reflected_and_every_link_leads_somewhere():
    reflected = {code for clause in CLAUSES for code in clause.get("elements", [])}
    assert reflected == ELEMENTS
    assert reflected == {element["code"] for element in read(DOSSIER / "elements.toml")["element"]}
    assert all(clause.get("elements") != [] and clause.get("legal_bases") != [] for clause in CLAUSES)


def test_every_legal_basis_is_cited():
    cited = {slug for clause in CLAUSES for slug in clause.get("legal_bases", [])}
    assert cited == {basis["slug"] for basis in read(DOSSIER / "legal_bases.toml")["legal_basis"]}


REVISION = read(DOSSIER / "illustrative_revision.toml")
CHANGES = [*REVISION["change"], *REVISION["addition"]]


@pytest.mark.parametrize("change", CHANGES, ids=[change.get("clause") or change["after"] for change in CHANGES])
def test_the_second_draft_changes_clauses_of_the_first(change):
    clause = BY_EID[change.get("clause") or change["after"]]
    for language in ("en", "ar"):
        text = change.get(language, {}).get("text", "")
        assert bool(ARABIC.search(text)) == (language == "ar" and bool(text))
        assert problems(text) == []
        assert text != clause[language].get("text") or not text
        assert text.count("[") == text.count("]")


def test_a_clause_of_the_second_draft_is_bracketed_where_it_has_brackets():
    for change in REVISION["change"]:
        texts = [change[code]["text"] for code in ("en", "ar") if code in change]
        status = change.get("status", BY_EID[change["clause"]]["status"])
        if len(texts) == 2:
            assert {"[" in text for text in texts} == {status == "bracketed"}


DEMONSTRATION = read(ROOT / "consultations" / "dossier" / "demonstration.toml")
SUBMISSIONS: list[dict[str, Any]] = DEMONSTRATION["submission"]
REMARKS = [(submission, comment) for submission in SUBMISSIONS for comment in submission.get("comment", [])]
FILED = {(submission["call"], submission["delegation"]): submission for submission in SUBMISSIONS}
COUNTS = Counter((submission["call"], submission["delegation"]) for submission, _comment in REMARKS)
"""How many comments each delegation made in each call: what is filed again begins with what was filed."""

CALLS = {call["key"]: call for call in DEMONSTRATION["call"]}
PARTIES = [delegation.get("state") or delegation["stakeholder"] for delegation in DEMONSTRATION["delegation"]]


def test_only_invented_parties_take_positions():
    states = {state["alpha3"]: state for state in DEMONSTRATION["state"]}
    assert len(states) >= 6
    assert [code for code in states if not re.fullmatch(r"X[A-Z]{2}", code)] == []
    assert {state["status"] for state in states.values()} == {"invented_state"}
    assert {tuple(sorted(state["name"])) for state in states.values()} == {("ar", "en", "es", "fr", "ru", "zh")}
    assert all(stakeholder["is_invented"] for stakeholder in DEMONSTRATION["stakeholder"])
    parties = set(states) | {stakeholder["slug"] for stakeholder in DEMONSTRATION["stakeholder"]}
    assert set(PARTIES) == parties
    assert {submission["delegation"] for submission in SUBMISSIONS} <= parties
    real = (DOSSIER / "states.csv").read_text(encoding="utf-8")
    assert [name for state in states.values() for name in state["name"].values() if name in real] == []


def test_people_have_addresses_that_can_never_be_registered():
    users = DEMONSTRATION["user"]
    addresses = [user["email"] for user in users]
    assert len(set(addresses)) == len(addresses)
    assert [address for address in addresses if not re.search(r"@(example\.org|[a-z-]+\.example)$", address)] == []
    roles = {"administrator", "staff", "focal_point", "contributor", "observer"}
    assert {user["role"] for user in users} == roles
    assert {user["delegation"] for user in users if user["role"] == "focal_point"} == set(PARTIES)
    assert all(("delegation" in user) == (user["role"] not in {"administrator", "staff"}) for user in users)


def test_one_call_is_open_and_one_is_closed_and_answered():
    closed, is_open = CALLS["first-round"], CALLS["second-round"]
    first, second = DEMONSTRATION["draft"]
    assert first["published_in_days"] < closed["opens_in_days"] < closed["closes_in_days"] < 0
    assert closed["closes_in_days"] < second["published_in_days"] < is_open["opens_in_days"]
    assert is_open["opens_in_days"] < 0 < is_open["closes_in_days"]
    assert is_open["publication_rule"] == "as_received"
    assert [call["draft"] for call in CALLS.values()] == [first["ordinal"], second["ordinal"]]
    assert first["ordinal"] == FILE["draft"]["ordinal"] == REVISION["draft"]["supersedes"]
    assert {disposition["call"] for disposition in DEMONSTRATION["disposition"]} == {"first-round"}


def test_filings_fall_within_their_call_and_are_filed_by_their_own_people():
    of_delegation = {user["email"]: (user.get("delegation"), user["role"]) for user in DEMONSTRATION["user"]}
    # One delegation files again.
    assert len(FILED) == len(SUBMISSIONS) - 1
    assert [submission["status"] for submission in SUBMISSIONS].count("draft") == 1
    for submission in SUBMISSIONS:
        call, delegation = CALLS[submission["call"]], submission["delegation"]
        assert submission["language"] in call["languages"]
        if submission.get("source") == "letter":
            assert (
                of_delegation[submission["written_by"]] == of_delegation[submission["submitted_by"]] == (None, "staff")
            )
            assert call["opens_in_days"] <= submission["received_in_days"] < call["closes_in_days"]
            assert call["closes_in_days"] < submission["started_in_days"] <= submission["submitted_in_days"] < 0
            continue
        assert of_delegation[submission["written_by"]] in {(delegation, "focal_point"), (delegation, "contributor")}
        assert call["opens_in_days"] <= submission["started_in_days"] < min(0, call["closes_in_days"])
        if submission["status"] == "submitted":
            assert of_delegation[submission["submitted_by"]] == (delegation, "focal_point")
            assert submission["started_in_days"] < submission["submitted_in_days"] < 0
    late = [each for each in SUBMISSIONS if each.get("submitted_in_days", -99) > CALLS[each["call"]]["closes_in_days"]]
    assert [(each["call"], each["delegation"]) for each in late] == [("first-round", "XAE"), ("first-round", "XAF")]


@pytest.mark.parametrize(
    ("submission", "comment"), REMARKS, ids=[f"{s['call']}-{s['delegation']}-{c.get('clause', '')}" for s, c in REMARKS]
)
def test_a_comment_fits_its_target(submission, comment):
    clause, proposed = comment.get("clause"), comment.get("proposed_text", "")
    assert (comment["target"] == "whole_text") == (clause is None)
    assert clause is None or clause in BY_EID
    fits = {"clause": {"none", "replace", "delete"}, "after_clause": {"none", "insert"}, "whole_text": {"none"}}
    assert comment["operation"] in fits[comment["target"]]
    assert bool(proposed) == (comment["operation"] in {"replace", "insert"})
    assert comment["rationale"]
    is_arabic = submission["language"] == "ar"
    for text in (submission["general_comment"], comment["rationale"], proposed):
        assert bool(ARABIC.search(text)) == (is_arabic and bool(text))
        assert not (is_arabic and LATIN.search(text))
        assert problems(text) == []


@pytest.mark.parametrize(
    ("submission", "comment"),
    [(s, c) for s, c in REMARKS if c["operation"] == "replace"],
    ids=[f"{s['call']}-{s['delegation']}-{c['clause']}" for s, c in REMARKS if c["operation"] == "replace"],
)
def test_a_replacement_is_the_clause_with_some_words_changed(submission, comment):
    text = BY_EID[comment["clause"]][submission["language"]]["text"]
    proposed = comment["proposed_text"]
    assert proposed != text
    assert SequenceMatcher(None, text, proposed, autojunk=False).ratio() > 0.5
    assert proposed.rstrip("]")[-1] == text.rstrip("]")[-1]


def test_positions_divide():
    positions: dict[str, set[str]] = {}
    for submission, comment in REMARKS:
        if submission["status"] == "submitted" and "clause" in comment and "position" in comment:
            positions.setdefault(comment["clause"], set()).add(comment["position"])
    assert positions["art_9__para_1"] == {
        "supports",
        "supports_with_amendment",
        "reserves",
        "opposes",
        "asks_for_clarification",
    }
    assert len([clause for clause in positions if len(positions[clause]) >= 3]) >= 3


def test_about_half_of_the_closed_call_is_answered_in_the_language_of_the_comment():
    answers = DEMONSTRATION["disposition"]
    asked = [comment for submission, comment in REMARKS if submission["call"] == "first-round"]
    assert 0.4 <= len(answers) / len(asked) <= 0.6
    staff = {user["email"] for user in DEMONSTRATION["user"] if user["role"] == "staff"}
    keys = [(answer["call"], answer["delegation"], answer["comment"]) for answer in answers]
    assert len(set(keys)) == len(keys)
    for answer in answers:
        submission = FILED[(answer["call"], answer["delegation"])]
        assert 1 <= answer["comment"] <= COUNTS[(answer["call"], answer["delegation"])]
        assert answer["language"] == submission["language"]
        assert answer["decided_by"] in staff
        assert answer["reason"]
        assert answer.get("published_in_days", -1) > CALLS[answer["call"]]["closes_in_days"]
    assert {answer["decision"] for answer in answers} == {
        "accepted",
        "accepted_in_part",
        "not_accepted",
        "noted",
        "deferred",
    }
