"""Broken files of the record: each is told where it is broken, and nothing is loaded."""

import pytest
from django.core.management import CommandError, call_command

from activities.importers.dossier_kinds import WHOLE_RECORD
from declaration.importers.dossier import InvalidFiles, load_dossier
from declaration.importers.problems import MAX_SHOWN
from declaration.models import Organ
from tests.dossier import count_events, count_rows
from tests.small_dossier import FILES, replaced, write_dossier

pytestmark = pytest.mark.django_db

LOADED = [kind.model for top in WHOLE_RECORD for kind in top.family()]


def load(folder, changed=None):
    return load_dossier(WHOLE_RECORD, directory=write_dossier(folder, changed))


BROKEN = {
    "toml": (
        replaced("organs.toml", 'code = "ga"', "code = ga"),
        ["organs.toml:7: This is not TOML, at column 8: Invalid value."],
    ),
    "toml that ends too early": (
        {"organs.toml": '[[organ]]\ncode = """'},
        ["organs.toml:2: This is not TOML, at the end of the file: Unterminated string."],
    ),
    "a key that is there twice": (
        replaced("organs.toml", 'code = "ga"\n', 'code = "ga"\ncode = "gb"\n'),
        ["organs.toml:8: This is not TOML, at column 12: Cannot overwrite a value."],
    ),
    "byte order mark": (
        {"organs.toml": b"\xef\xbb\xbf[[organ]]"},
        ["organs.toml:1: This file begins with a byte order mark. Save it as UTF-8 without one."],
    ),
    "byte order mark in a table": (
        {"states.csv": b"\xef\xbb\xbfalpha3"},
        ["states.csv:1: This file begins with a byte order mark. Save it as UTF-8 without one."],
    ),
    "another encoding": (
        {"organs.toml": '[[organ]]\ncode = "hrc"\nname.en = "Céline"\n'.encode("latin-1")},
        ["organs.toml:3: This line is not UTF-8 (byte 36 of the file). Save the file as UTF-8."],
    ),
    "no file": ({"organs.toml": None}, ["organs.toml: This file is missing:"]),
    "unknown table": (
        {"organs.toml": FILES["organs.toml"] + '\n[[organs]]\ncode = "x"\n'},
        ["organs.toml, field “organs”: This file holds entries under [[organ]], and nothing else."],
    ),
    "table instead of entries": (
        {"organs.toml": '[organ]\ncode = "hrc"\n'},
        ["organs.toml, field “organ”: Write each entry under a heading of its own: [[organ]]."],
    ),
    "unknown field": (
        replaced("organs.toml", 'kind = "organ"', 'kindd = "organ"'),
        ["organs.toml:6, organ 2 (ga), field “kindd”: This is not known here. Is “kind” meant?"],
    ),
    "computed field": (
        replaced("documents.toml", 'published_on = "2013"', "published_on_earliest = 2013-01-01"),
        ["documents.toml:1, document 1 (A/68/176), field “published_on_earliest”: This is not known here."],
    ),
    "unknown choice": (
        replaced("organs.toml", 'kind = "organ"', 'kind = "organ of state"'),
        ["organs.toml:6, organ 2 (ga), field “kind”: Value 'organ of state' is not a valid choice."],
    ),
    "wrong type": (
        replaced("organs.toml", "is_active = true", 'is_active = "yes"'),
        ["organs.toml:6, organ 2 (ga), field “is_active”: Expected: true or false. Found: a text in quotation marks."],
    ),
    "number as text": (
        replaced("legal_bases.toml", "position = 1", 'position = "1"'),
        ["legal_bases.toml:1, legal_basis 1 (charter), field “position”: Expected: a whole number. Found: a text"],
    ),
    "truth value as number": (
        replaced("legal_bases.toml", "position = 1", "position = true"),
        [
            "legal_bases.toml:1, legal_basis 1 (charter), field “position”: Expected: a whole number. Found: true or false."
        ],
    ),
    "negative number": (
        replaced("legal_bases.toml", "position = 1", "position = -1"),
        ["field “position”: Ensure this value is greater than or equal to 0."],
    ),
    "number that is too large": (
        replaced("legal_bases.toml", "position = 1", "position = 99999999999999999999"),
        ["field “position”: Ensure this value is less than or equal to 32767."],
    ),
    "text instead of languages": (
        replaced("organs.toml", 'name.en = "Assembly"', 'name = "Assembly"'),
        ['organs.toml:6, organ 2 (ga), field “name”: Write a text for each language, as in name.en = "…".'],
    ),
    "unknown language": (
        replaced("organs.toml", 'name.en = "Assembly"', 'name.en = "Assembly"\nname.de = "Versammlung"'),
        ["organs.toml:6, organ 2 (ga), field “name”: “de” is not one of the languages"],
    ),
    "missing language": (
        replaced("organs.toml", 'name.en = "Assembly"', 'name.ar = "الجمعية"'),
        ["organs.toml:6, organ 2 (ga), field “name”: The text in this language is missing: English."],
    ),
    "empty text": (
        replaced("organs.toml", 'name.en = "Assembly"', 'name.en = "Assembly"\nname.ar = ""'),
        ["organs.toml:6, organ 2 (ga), field “name”: The text in “ar” is empty."],
    ),
    "missing field": (
        replaced("elements.toml", 'text.en = "Stand on facts."\n', ""),
        ["elements.toml:1, element 1 (26a), field “text”: This is missing."],
    ),
    "missing key": (
        replaced("organs.toml", 'code = "ga"\n', ""),
        ["organs.toml:6, organ 2, field “code”: This is missing."],
    ),
    "bad key": (
        replaced("organs.toml", 'code = "ga"', 'code = "g a"'),
        [
            "organs.toml:6, organ 2 (g a), field “code”: Enter a valid “slug”",
            "documents.toml:1, document 1 (A/68/176), field “organ”: There is no organ “ga”. Add it, or correct the name.",
        ],
    ),
    "date that is none": (
        replaced("documents.toml", 'published_on = "2013"', 'published_on = "2013-02-30"'),
        ["documents.toml:1, document 1 (A/68/176), field “published_on”: “2013-02-30” is not in the calendar."],
    ),
    "symbol that is none": (
        replaced("documents.toml", 'symbol = "A/68/176"', 'symbol = "68/176"'),
        [
            "documents.toml:1, document 1 (68/176), field “symbol”: This is not the symbol",
            "mandates.toml:1, mandate 1 (solidarity), field “source”: There is no document “A/68/176”.",
            "resolutions.toml:1, resolution 1 (A/HRC/RES/21/10), field “document”: There is no document",
            "activities.toml:9, activity 2 (forum), field “documents”: There is no document",
        ],
    ),
    "document without symbol and slug": (
        replaced("documents.toml", 'slug = "concept-note"\n', ""),
        ["documents.toml:11, document 2, field “slug”: This is missing."],
    ),
    "missing link": (
        replaced("mandates.toml", 'parent_organ = "hrc"', 'parent_organ = "hrcc"'),
        ["mandates.toml:1, mandate 1 (solidarity), field “parent_organ”: There is no organ “hrcc”. Is “hrc” meant?"],
    ),
    "missing link in a list": (
        replaced("activities.toml", 'requests = ["A/HRC/RES/21/10#a"]', 'requests = ["A/HRC/RES/7/5#z"]'),
        ["activities.toml:1, activity 1 (panel), field “requests”: There is no request “A/HRC/RES/7/5#z”."],
    ),
    "link that is there twice": (
        replaced("activities.toml", '["A/68/176", "concept-note"]', '["concept-note", "concept-note"]'),
        ["activities.toml:9, activity 2 (forum), field “documents”: “concept-note” is there more than once."],
    ),
    "link that is a number": (
        replaced("mandates.toml", 'parent_organ = "hrc"', "parent_organ = 3"),
        ["field “parent_organ”: Expected: a text in quotation marks. Found: a whole number."],
    ),
    "list that is none": (
        replaced("activities.toml", '["A/HRC/RES/21/10#a"]', '"A/HRC/RES/21/10#a"'),
        [
            "activities.toml:1, activity 1 (panel), field “requests”: Expected: a list. Found: a text in quotation marks."
        ],
    ),
    "field of an entry within an entry": (
        replaced("resolutions.toml", 'kind = "report"', 'kind = "reprot"'),
        ["resolutions.toml:16, resolution 1 (A/HRC/RES/21/10), request 2 (b), field “kind”: Value 'reprot'"],
    ),
    "rule about several fields": (
        replaced("resolutions.toml", 'adopted_on = "2012-09-27"', "vote_for = 3"),
        ["resolutions.toml:1, resolution 1 (A/HRC/RES/21/10): Give all three figures of the vote, or none."],
    ),
    "two addressees": (
        replaced("resolutions.toml", 'label = "a"\n', 'label = "a"\naddressee_organ = "ga"\n'),
        ["resolutions.toml:9, resolution 1 (A/HRC/RES/21/10), request 1 (a): A request is addressed to exactly one"],
    ),
    "same key": (
        replaced("organs.toml", 'code = "ga"', 'code = "hrc"'),
        ["organs.toml:6, organ 2 (hrc), field “code”: organ 1 (hrc) has the same: hrc."],
    ),
    "same key within an entry": (
        replaced("resolutions.toml", 'label = "b"', 'label = "a"'),
        ["request 2 (a), field “label”: resolution 1 (A/HRC/RES/21/10), request 1 (a) has the same: a."],
    ),
    "same number": (
        replaced("elements.toml", "position = 2", "position = 1"),
        ["elements.toml:8, element 2 (26b), field “position”: element 1 (26a) has the same: 1."],
    ),
    "entries that stand in one another": (
        replaced("activities.toml", 'slug = "forum"\n', 'slug = "forum"\npart_of = "panel"\n'),
        ["field “part_of”: These entries stand in one another: panel → forum → panel."],
    ),
    "character that nobody sees": (
        replaced("stakeholders.toml", 'name.en = "Office"', 'acronym = "O\\u202eX"\nname.en = "Office"'),
        ["stakeholders.toml:1, stakeholder 1 (ohchr), field “acronym”: Character 2 (U+202E) turns the direction"],
    ),
    "null character": (
        replaced("stakeholders.toml", 'name.en = "Office"', 'name.en = "Off\\u0000ice"'),
        ["stakeholders.toml:1, stakeholder 1 (ohchr), field “name”: English: Character 4 is a null character"],
    ),
    "text that is too long": (
        replaced("stakeholders.toml", 'name.en = "Office"', f'acronym = "{"A" * 30}"\nname.en = "Office"'),
        ["field “acronym”: Ensure this value has at most 20 characters (it has 30)."],
    ),
    "unknown column": (
        {"states.csv": FILES["states.csv"].replace("alpha3,m49", "alpha3,code")},
        ["states.csv:1, field “m49”: This column is missing.", "states.csv:1, field “code”: This column is not known."],
    ),
    "column that is there twice": (
        {"states.csv": FILES["states.csv"].replace("alpha3,m49", "alpha3,m49,m49")},
        ["states.csv:1, field “m49”: This column is there more than once."],
    ),
    "row that is too short": (
        {"states.csv": FILES["states.csv"] + "FRA,250,member_state\n"},
        ["states.csv:4: This row has 3 cells, and the heading has 12."],
    ),
    "open quotation mark": (
        {"states.csv": FILES["states.csv"] + 'FRA,"250,member_state\n'},
        ["states.csv:4: This row cannot be read: unexpected end of data."],
    ),
    "real State with an invented State's code": (
        replaced("states.csv", "BRA,076", "XBR,076"),
        [
            "states.csv:2, state 1 (XBR): Codes from XAA to XZZ are for invented States, and only for them.",
            "resolutions.toml:1, resolution 1 (A/HRC/RES/21/10), field “sponsors”: There is no State “BRA”.",
            "activities.toml:9, activity 2 (forum), field “host_state”: There is no State “BRA”.",
        ],
    ),
    "group of a State": (
        replaced("states.csv", "member_state,latin", "member_state,latinn"),
        [
            "states.csv:2, state 1 (BRA), membership 1 (latinn), field “group”: There is no group “latinn”. Is “latin” meant?"
        ],
    ),
    "State that speaks for a group which it had not joined": (
        replaced("consultations.toml", 'when = "2012-09"', 'when = "1957"'),
        ["consultations.toml:12, consultation 1 (meetings), view 1 (1): The database does not take this entry"],
    ),
    "consultation that ends before it starts": (
        replaced("consultations.toml", 'when = "2012-09"', 'when = "2012-09/2012-08"'),
        ["consultations.toml:1, consultation 1 (meetings), field “when”: "],
    ),
    "holder that nobody was": (
        replaced("questionnaires.toml", "solidarity#1", "solidarity#2"),
        ["field “sent_by”: There is no mandate holder “solidarity#2”. Is “solidarity#1” meant?"],
    ),
    "clauses, which the files do not give": (
        replaced("consultations.toml", 'elements = ["26a"]', 'clauses = ["art_1"]'),
        ["consultations.toml:12, consultation 1 (meetings), view 1 (1), field “clauses”: This is not known here."],
    ),
    "two States with one code": (
        replaced("states.csv", "BEL,056", "BEL,076"),
        ["states.csv:3, state 2 (BEL), field “m49”: "],
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_entry_names_file_entry_and_field_and_loads_nothing(case, tmp_path):
    changed, expected = BROKEN[case]
    with pytest.raises(InvalidFiles) as refused:
        load(tmp_path, changed)
    said = str(refused.value)
    for part in expected:
        assert part in said
    # Nothing that only follows from the mistake is told as well.
    assert len(refused.value.problems) == len(expected), said
    assert count_rows(*LOADED) == [0] * len(LOADED)


def test_all_problems_are_told_at_once(tmp_path):
    changed = {
        **replaced("organs.toml", 'kind = "organ"\nis_active = true', 'kind = "x"\nis_active = 1'),
        **replaced("elements.toml", "position = 2", "position = -2"),
        "stakeholders.toml": "=",
    }
    with pytest.raises(InvalidFiles) as refused:
        load(tmp_path, changed)
    assert str(refused.value).splitlines() == [
        "Nothing was loaded, because of 4 problems:",
        "  stakeholders.toml:1: This is not TOML, at column 1: Invalid statement.",
        "  organs.toml:6, organ 2 (ga), field “is_active”: Expected: true or false. Found: a whole number.",
        "  organs.toml:6, organ 2 (ga), field “kind”: Value 'x' is not a valid choice.",
        "  elements.toml:8, element 2 (26b), field “position”: Ensure this value is greater than or equal to 0.",
    ]


def test_a_long_list_of_problems_is_cut(tmp_path):
    many = "".join(f'[[stakeholder]]\nslug = "s{n}"\nkind = "x"\nname.en = "S"\n' for n in range(MAX_SHOWN + 7))
    with pytest.raises(InvalidFiles) as refused:
        load(tmp_path, {"stakeholders.toml": many})
    lines = str(refused.value).splitlines()
    assert len(lines) == MAX_SHOWN + 2
    assert lines[-1] == "  … and 7 more."


def test_a_broken_change_of_a_loaded_record_changes_nothing(tmp_path):
    load(tmp_path)
    before = count_events()
    changed = {
        **replaced("organs.toml", "Assembly", "General Assembly"),
        **replaced("activities.toml", 'kind = "forum"', 'kind = "fourum"'),
    }
    with pytest.raises(InvalidFiles):
        load(tmp_path, changed)
    assert count_events() == before
    assert Organ.objects.get(code="ga").name == {"en": "Assembly"}


def test_command_ends_with_the_problems(tmp_path):
    write_dossier(tmp_path, replaced("organs.toml", 'code = "ga"', "code = 5"))
    with pytest.raises(CommandError, match=r"organs.toml:6, organ 2 \(5\), field “code”"):
        call_command("load_dossier", directory=tmp_path)
    with pytest.raises(CommandError, match="There is no folder"):
        call_command("load_dossier", directory=tmp_path / "nowhere")
