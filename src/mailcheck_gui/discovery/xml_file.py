"""XML of strangers: no document types, no entities, bounded in size, depth and number.

The bounds make parsing linear; what lies outside a file is never fetched.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError, TreeBuilder

from mailcheck_gui.model.finding import Message, message

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

XML_LIMIT = 256 * 1024
"""Bytes of a file."""

DEPTH_LIMIT = 100
"""Elements inside one another; autoconfig needs 5."""

ELEMENTS_LIMIT = 10_000
"""Elements of a file; the longest of Mozilla's database has some 100."""

_PAGE = re.compile(rb"\s*(<!--.*?-->\s*)?<(!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_PAGE_LOOK = 1024


class _TooMuchError(Exception):
    """A file beyond the bounds."""


class _BoundedBuilder(TreeBuilder):
    """Builds a tree and stops at the bounds."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = 0
        self._elements = 0

    def start(self, tag: str, attrs: Mapping[str, str], /) -> Element:
        self._depth += 1
        self._elements += 1
        if self._depth > DEPTH_LIMIT or self._elements > ELEMENTS_LIMIT:
            raise _TooMuchError
        return super().start(tag, dict(attrs))

    def end(self, tag: str, /) -> Element:
        self._depth -= 1
        return super().end(tag)


def read_xml(data: bytes) -> Element | Message:
    """Return the root of a file, or a sentence that says why it cannot be read. Never raises."""
    if len(data) > XML_LIMIT:
        return message("The file is longer than {limit} KiB.", limit=XML_LIMIT // 1024)
    data = data.lstrip(b" \t\r\n")  # blank lines above the declaration are a frequent slip
    if not data.strip(b"\0"):
        return message("The file is empty.")
    if is_web_page(data):
        return message("A web page came in place of settings.")
    return _parsed(data)


def is_web_page(data: bytes) -> bool:
    """Whether the bytes begin as HTML does."""
    return _PAGE.match(data[:_PAGE_LOOK]) is not None


def _parsed(data: bytes) -> Element | Message:
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser

    parser = DefusedXMLParser(target=_BoundedBuilder(), forbid_dtd=True)
    try:
        parser.feed(data)
        root: Element = parser.close()
    except DefusedXmlException:
        return message("The file holds a document type or entities, which are not read.")
    except _TooMuchError:
        return message("The file holds too many elements.")
    except ParseError as error:
        line, column = error.position
        return message(
            "The file is not well-formed XML, at line {line}, column {column}.",
            line=line,
            column=column + 1,
        )
    except (ValueError, LookupError):  # an encoding that the parser does not know
        return message("The file is written in an unknown encoding.")
    return root


def local_name(element: Element) -> str:
    """Return an element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def children(element: Element, name: str) -> list[Element]:
    """Return the child elements of a name, in order."""
    return [child for child in element if local_name(child) == name]


def text_of(element: Element, name: str) -> str:
    """Return the text of the first child of a name without blanks around it, "" without one."""
    return next(((child.text or "").strip() for child in children(element, name)), "")
