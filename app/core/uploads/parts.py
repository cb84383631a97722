"""The XML inside an Office file: no document types, no entities, nothing that is loaded or run."""

import re
from urllib.parse import urlsplit

from app.core.uploads.kinds import Code, Refused

_BEFORE = 256
_ENCODING = re.compile(rb"""^<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9._\-]+)["']""")
_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)", re.IGNORECASE)
# Dynamic data exchange, data that is fetched on opening, controls and scripts, in the parts of all three programs.
_ACTS = re.compile(
    rb"DDEAUTO|instr(?:Text)?(?:\s[^>]*)?[>=]\s*[\"']?\s*DDE\s|<(?:\w+:)?ddeLink|refreshOnLoad\s*=\s*[\"'](?:1|true)"
    rb"|WEBSERVICE\s*\(|<(?:\w+:)?(?:script|foreignObject)\b"
    rb"|\bon(?:load|click|error|mouseover)\s*=|javascript:|vbscript:"
    rb"|ppaction://(?:macro|program|ole)|<(?:\w+:)?f\b[^>]*>[^<]*\|[^<]*!",
    re.IGNORECASE,
)
_LINKS = frozenset({"http", "https", "mailto", "tel", ""})
_ENDS = ("/hyperlink",)


class Watched:
    """Looks at a part as it is unpacked, piece by piece; what stands across two pieces is seen too."""

    def __init__(self, name: str) -> None:
        self.tail = b""
        self.begun = False
        self.name = name

    def feed(self, piece: bytes) -> None:
        seen = self.tail + piece
        if not self.begun:
            self._begin(seen)
        if _DTD.search(seen):
            raise Refused(Code.entities)
        if _ACTS.search(seen):
            raise Refused(Code.external)
        self.tail = seen[-_BEFORE:]

    def _begin(self, seen: bytes) -> None:
        self.begun = True
        seen = seen.removeprefix(b"\xef\xbb\xbf")
        told = _ENCODING.match(seen.lstrip())
        # In another encoding a document type could hide from the search above.
        if (told and told.group(1).lower() not in (b"utf-8", b"us-ascii", b"ascii")) or b"\0" in seen[:64]:
            raise Refused(Code.entities)


def relations(content: bytes) -> None:
    """What a part points at: pages on the web and addresses may be linked; nothing is fetched from outside."""
    from defusedxml import ElementTree
    from defusedxml.common import DefusedXmlException

    try:
        root = ElementTree.fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise Refused(Code.entities) from error
    except ElementTree.ParseError as error:
        raise Refused(Code.damaged) from error
    for each in root.iter():
        kind, target = each.get("Type", ""), each.get("Target", "")
        if re.search(r"/(?:vbaProject|wordVbaData|attachedToolbars|xlMacrosheet|xlIntlMacrosheet)$", kind):
            raise Refused(Code.macros)
        if re.search(r"/(?:oleObject|control|activeXControlBinary|frame|subDocument)$", kind):
            raise Refused(Code.embedded)
        if each.get("TargetMode", "").casefold() == "external":
            _outside(kind, target)


def _outside(kind: str, target: str) -> None:
    try:
        scheme = urlsplit(target).scheme.casefold()
    except ValueError:
        raise Refused(Code.external) from None
    if not kind.endswith(_ENDS) or scheme not in _LINKS or target.startswith(("\\\\", "//")):
        raise Refused(Code.external)
