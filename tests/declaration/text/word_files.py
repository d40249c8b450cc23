"""Word files made by hand, as small as they can be."""

import io
import zipfile
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
XML = '<?xml version="1.0" encoding="UTF-8"?>'

_KINDS = {
    "styles": "styles",
    "numbering": "numbering",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "header1": "header",
    "footer1": "footer",
    "comments": "comments",
}


def run(text, *, bold=False, hidden=False):
    properties = f"<w:rPr>{'<w:b/>' if bold else ''}{'<w:vanish/>' if hidden else ''}</w:rPr>"
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*content, style="", list_id=None, level=0, centred=False, indent=None):
    """A paragraph of runs (or plain texts), in a list if it is given one."""
    runs = "".join(each if each.startswith("<") else run(each) for each in content)
    numbering = (
        f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>' if list_id is not None else ""
    )
    properties = (
        (f'<w:pStyle w:val="{style}"/>' if style else "")
        + numbering
        + (f'<w:ind w:left="{indent}"/>' if indent is not None else "")
        + ('<w:jc w:val="center"/>' if centred else "")
    )
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def table(*rows):
    """A table whose cells are plain texts or paragraphs."""
    cells = (
        "".join(f"<w:tc>{cell if cell.startswith('<') else paragraph(cell)}</w:tc>" for cell in row) for row in rows
    )
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def level(number, number_format, text, *, start=1, style="", restart=None, left=None, legal=False):
    """One level of a list's definition."""
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{number_format}"/>'
        + (f'<w:lvlRestart w:val="{restart}"/>' if restart is not None else "")
        + (f'<w:pStyle w:val="{style}"/>' if style else "")
        + ("<w:isLgl/>" if legal else "")
        + f'<w:lvlText w:val="{escape(text)}"/>'
        + (f'<w:pPr><w:ind w:left="{left}"/></w:pPr>' if left is not None else "")
        + "</w:lvl>"
    )


def numbering(*lists, uses=None):
    """Definitions of lists; `uses` gives lists in use as (definition, overrides), each definition once without it."""
    definitions = "".join(
        f'<w:abstractNum w:abstractNumId="{index}">{"".join(levels)}</w:abstractNum>'
        for index, levels in enumerate(lists)
    )
    uses = uses if uses is not None else [(index, "") for index in range(len(lists))]
    used = "".join(
        f'<w:num w:numId="{key}"><w:abstractNumId w:val="{definition}"/>{overrides}</w:num>'
        for key, (definition, overrides) in enumerate(uses, start=1)
    )
    return definitions + used


def style(key, name, *, based_on="", properties="", run_properties="", default=False):
    return (
        f'<w:style w:type="paragraph" w:styleId="{key}"{" w:default=" + chr(34) + "1" + chr(34) if default else ""}>'
        f'<w:name w:val="{name}"/>'
        + (f'<w:basedOn w:val="{based_on}"/>' if based_on else "")
        + f"<w:pPr>{properties}</w:pPr><w:rPr>{run_properties}</w:rPr></w:style>"
    )


def word_file(body, *, namespace=W, main_type=MAIN, relations="", extra=None, prolog=XML, drop=(), **parts):
    """The bytes of a Word file with this body, and with parts by name: styles, numbering, footnotes, header1 …."""
    roots = {"header1": "hdr", "footer1": "ftr"}
    xml = {
        f"word/{name}.xml": f'{XML}<w:{roots.get(name, name)} xmlns:w="{namespace}">{content}</w:{roots.get(name, name)}>'
        for name, content in parts.items()
    }
    links = "".join(f'<Relationship Id="r{name}" Type="{R}/{_KINDS[name]}" Target="{name}.xml"/>' for name in parts)
    files = {
        "[Content_Types].xml": (
            f'{XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{main_type}"/></Types>'
        ),
        "_rels/.rels": (
            f'{XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>'
        ),
        "word/document.xml": (
            f'{prolog}<w:document xmlns:w="{namespace}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
            f'xmlns:r="{R}"><w:body>{body}</w:body></w:document>'
        ),
        "word/_rels/document.xml.rels": (
            f'{XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f"{links}{relations}</Relationships>"
        ),
        **xml,
        **(extra or {}),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            if name not in drop:
                archive.writestr(name, content)
    return buffer.getvalue()
