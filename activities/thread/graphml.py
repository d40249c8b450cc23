"""The thread as GraphML 1.0, which programs that draw and measure graphs read."""

from collections.abc import Callable
from typing import Final

from lxml import etree

from activities.thread.graph import Thread
from activities.thread.nodes import Node

CONTENT_TYPE: Final = "application/graphml+xml"
NAMESPACE: Final = "http://graphml.graphdrawing.org/xmlns"

_NO_XML: Final = {code: None for code in range(32) if chr(code) not in "\t\n\r"} | {0xFFFE: None, 0xFFFF: None}
"""Characters that no XML file can hold."""

_OF_NODES: Final[dict[str, Callable[[Node], str]]] = {
    "kind": lambda node: node.kind.value,
    "title": str,
    "language": lambda node: node.shown_language,
    "detail": lambda node: str(node.detail),
    "date": lambda node: node.when.edtf if node.when else "",
}


def write_graphml(thread: Thread, address: Callable[[str], str]) -> bytes:
    """Return a directed graph: things with kind, title and its language, detail, date (EDTF) and address; links with relation.

    Titles are in the active language where there is one in it. `address` makes a path into an address. The data
    `is_whole` of the graph tells whether it holds everything that was asked for.
    """
    root = etree.Element(f"{{{NAMESPACE}}}graphml", nsmap={None: NAMESPACE})
    for name in (*_OF_NODES, "url"):
        _declare(root, name, "node")
    _declare(root, "relation", "edge")
    _declare(root, "is_whole", "graph", "boolean")
    graph = etree.SubElement(root, f"{{{NAMESPACE}}}graph", id="thread", edgedefault="directed")
    _data(graph, "is_whole", "false" if thread.more else "true")
    for node in thread.nodes:
        element = etree.SubElement(graph, f"{{{NAMESPACE}}}node", id=node.key)
        for name, read in _OF_NODES.items():
            _data(element, name, read(node))
        _data(element, "url", address(node.url))
    for link in thread.links:
        element = etree.SubElement(graph, f"{{{NAMESPACE}}}edge", source=link.before.key, target=link.after.key)
        _data(element, "relation", link.relation.value)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written


def _declare(root: etree._Element, name: str, about: str, kind: str = "string") -> None:
    attributes = {"id": name, "for": about, "attr.name": name, "attr.type": kind}
    etree.SubElement(root, f"{{{NAMESPACE}}}key", attributes)


def _data(element: etree._Element, name: str, text: str) -> None:
    if text:
        etree.SubElement(element, f"{{{NAMESPACE}}}data", key=name).text = text.translate(_NO_XML)
