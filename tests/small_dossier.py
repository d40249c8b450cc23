"""A record with one entry of each kind, in files that a test can break."""

from pathlib import Path

FILES: dict[str, str] = {
    "organs.toml": """\
[[organ]]
code = "hrc"
name.en = "Council"
name.ar = "المجلس"

[[organ]]
code = "ga"
kind = "organ"
is_active = true
name.en = "Assembly"
""",
    "states.csv": """\
alpha3,m49,status,regional_group,name_ar,name_zh,name_en,name_fr,name_ru,name_es,note_en,note_ar
BRA,076,member_state,latin,البرازيل,巴西,Brazil,Brésil,Бразилия,Brasil,,
BEL,056,member_state,,بلجيكا,比利时,Belgium,Belgique,Бельгия,Bélgica,,
""",
    "groups.toml": """\
[[group]]
code = "latin"
kind = "regional"
name.en = "Latin American States"

[[group]]
code = "eu"
kind = "regional_organization"
name.en = "European Union"

[[group.membership]]
state = "BEL"
joined_on = 1958-01-01
note.en = "A founder."
""",
    "documents.toml": """\
[[document]]
symbol = "A/68/176"
organ = "ga"
published_on = "2013"
title.en = "Report"

[[document.edition]]
language = "ar"
url = "https://docs.un.org/ar/A/68/176"

[[document]]
slug = "concept-note"
title.en = "Concept note"
""",
    "mandates.toml": """\
[[mandate]]
slug = "solidarity"
parent_organ = "hrc"
source = "A/68/176"
source_paragraphs = "1-3"
name.en = "Independent Expert"

[[mandate.holder]]
ordinal = 1
name.en = "Somebody"
appointed_on = "2011-08"

[[mandate.phase]]
ordinal = 1
status = "done"
name.en = "Laying the ground"
""",
    "resolutions.toml": """\
[[resolution]]
symbol = "A/HRC/RES/21/10"
organ = "hrc"
adopted_on = "2012-09-27"
mandate = "solidarity"
document = "A/68/176"
sponsors = ["BRA"]

[[resolution.request]]
position = 1
label = "a"
kind = "study"
addressee_mandate = "solidarity"
summary.en = "Study."

[[resolution.request]]
position = 2
label = "b"
kind = "report"
addressee_mandate = "solidarity"
summary.en = "Report."
""",
    "elements.toml": """\
[[element]]
code = "26a"
kind = "consideration"
position = 1
theme.en = "Realities"
text.en = "Stand on facts."

[[element]]
code = "26b"
kind = "consideration"
position = 2
theme.en = "Bases"
text.en = "Point to bases."
""",
    "legal_bases.toml": """\
[[legal_basis]]
slug = "charter"
position = 1
document = "concept-note"
instrument.en = "Charter"
""",
    "stakeholders.toml": """\
[[stakeholder]]
slug = "ohchr"
kind = "un_entity"
name.en = "Office"
""",
    "consultations.toml": """\
[[consultation]]
slug = "meetings"
format = "bilateral"
when = "2012-09"
states = ["BEL"]
groups = ["eu"]
categories = ["ngos"]
phases = ["solidarity#1"]
is_public = true
name.en = "Meetings"

[[consultation.view]]
position = 1
attribution = "party"
state = "BEL"
on_behalf_of = "eu"
elements = ["26a"]
summary.en = "A view."

[[consultation.view]]
position = 2
summary.en = "Another view."
""",
    "questionnaires.toml": """\
[[questionnaire]]
slug = "questionnaire"
sent_by = "solidarity#1"
recipients = ["member_states"]
consultation = "meetings"
name.en = "Questionnaire"

[[questionnaire.question]]
label = "a"
position = 1
elements = ["26b"]
text.en = "What do you think?"
""",
    "outcomes.toml": """\
[[outcome]]
slug = "summit"
kind = "summit"
requests = ["A/HRC/RES/21/10#a"]
elements = ["26b"]
name.en = "Summit"
""",
    "deliverables.toml": """\
[[deliverable]]
slug = "second-report"
after = "first-report"
name.en = "Second report"

[[deliverable]]
slug = "first-report"
due = "2013"
requests = ["A/HRC/RES/21/10#b"]
name.en = "First report"
""",
    "activities.toml": """\
[[activity]]
slug = "panel"
kind = "panel"
part_of = "forum"
when = "2011-10"
requests = ["A/HRC/RES/21/10#a"]
name.en = "Panel"

[[activity]]
slug = "forum"
kind = "forum"
host_state = "BRA"
documents = ["A/68/176", "concept-note"]
consultations = ["meetings"]
phases = ["solidarity#1"]
name.en = "Forum"
""",
}


def write_dossier(folder: Path, changed: dict[str, str | bytes | None] | None = None) -> Path:
    """Write the files into a folder, some of them changed; one that is none is left out."""
    for name, text in {**FILES, **(changed or {})}.items():
        if isinstance(text, bytes):
            (folder / name).write_bytes(text)
        elif text is not None:
            (folder / name).write_text(text, encoding="utf-8")
    return folder


def replaced(file: str, old: str, new: str) -> dict[str, str | bytes | None]:
    """The file with one passage replaced, which must be there exactly once."""
    assert FILES[file].count(old) == 1, f"{old!r} is not there once in {file}"
    return {file: FILES[file].replace(old, new)}
