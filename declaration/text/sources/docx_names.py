"""The names of a Word file's elements. Two namespaces are in use: the transitional one, and the strict one of ISO/IEC 29500."""

from lxml import etree


class Names:
    """The qualified names of a document's elements and attributes: `names["p"]`, in the namespace that its root has."""

    def __init__(self, root: etree._Element) -> None:
        self.namespace = etree.QName(root).namespace or ""
        self._names: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        qualified = self._names.get(name)
        if qualified is None:
            qualified = self._names[name] = f"{{{self.namespace}}}{name}"
        return qualified

    def value(self, element: etree._Element | None, default: str = "") -> str:
        """Return the attribute `val` of an element, the default if there is neither."""
        return default if element is None else element.get(self["val"], default)

    def is_on(self, element: etree._Element | None) -> bool:
        """Whether a property that is on by its presence is there and not switched off."""
        return element is not None and self.value(element, "true") not in {"0", "false", "off", "none"}

    def number(self, element: etree._Element | None, attribute: str = "val") -> int | None:
        """Return an attribute as a whole number, `None` if it is none."""
        text = "" if element is None else element.get(self[attribute], "")
        try:
            return int(text) if len(text) <= 9 else None  # noqa: PLR2004 (longer numbers are no measures)
        except ValueError:
            return None


def local_name(element: etree._Element) -> str:
    """Return an element's name without its namespace; empty for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
