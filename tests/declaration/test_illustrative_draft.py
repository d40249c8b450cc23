"""The bundled draft as a file: complete in both languages, numbered as Akoma Ntoso has it, linked to every element."""

import re
import tomllib
from collections import Counter
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
