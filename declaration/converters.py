"""Parts of addresses that Django has no name for; importing this module makes them known."""

from django.urls import register_converter
from django.urls.converters import StringConverter


class EidConverter(StringConverter):
    """The identifier of a clause, such as `art_3__para_1`: `<eid:eid>`."""

    regex = r"[0-9A-Za-z_.\-]+"


register_converter(EidConverter, "eid")
