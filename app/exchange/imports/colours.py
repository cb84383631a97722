"""Grounds of cells as RRGGBB, and what people would call them; what they mean is never said here."""

import colorsys
import re
from typing import Any

from app.core.words import N_, _

_THEME = re.compile(rb'<a:(?:sysClr[^>]*lastClr|srgbClr val)="([0-9A-Fa-f]{6})"')
# Where a theme's index stands in the theme's own list: light and dark change places.
_ORDER = (1, 0, 3, 2, 4, 5, 6, 7, 8, 9, 10, 11)
_NAMES = (
    (15, N_("red")), (50, N_("amber")), (68, N_("yellow")), (165, N_("green")), (200, N_("turquoise")),
    (255, N_("blue")), (320, N_("purple")), (361, N_("red")),
)  # fmt: skip


class Palette:
    """The ground of each of the workbook's styles, by the number of its fill."""

    def __init__(self, book: Any) -> None:
        theme = book.loaded_theme or b""
        found = [m.decode().upper() for m in _THEME.findall(theme if isinstance(theme, bytes) else theme.encode())]
        self.theme = found[:12] if len(found) >= 12 else []
        self.fills = [self._of(fill) for fill in book._fills]
        # By the number of its font.
        self.struck = [bool(font.strike) for font in book._fonts]

    def _of(self, fill: Any) -> str:
        if getattr(fill, "patternType", None) != "solid":
            return ""
        rgb = self._rgb(fill.fgColor)
        return "" if rgb in ("", "FFFFFF") else rgb

    def _rgb(self, colour: Any) -> str:
        if colour is None:
            return ""
        if colour.type == "rgb" and isinstance(colour.rgb, str):
            return colour.rgb[-6:].upper()
        if colour.type == "indexed":
            from openpyxl.styles.colors import COLOR_INDEX

            number = colour.indexed
            return COLOR_INDEX[number][-6:].upper() if 0 <= number < len(COLOR_INDEX) else ""
        if colour.type == "theme" and colour.theme < len(self.theme):
            return tinted(self.theme[_ORDER[colour.theme]], colour.tint or 0.0)
        return ""


def tinted(rgb: str, tint: float) -> str:
    """The colour made lighter (tint above 0) or darker, as Excel does it."""
    if not tint:
        return rgb
    hue, light, depth = colorsys.rgb_to_hls(*(int(rgb[n : n + 2], 16) / 255 for n in (0, 2, 4)))
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return "".join(f"{round(part * 255):02X}" for part in colorsys.hls_to_rgb(hue, light, depth))


def colour_name(rgb: str) -> str:
    """What people would call it ("amber"), for a question about what it means."""
    hue, light, depth = colorsys.rgb_to_hls(*(int(rgb[n : n + 2], 16) / 255 for n in (0, 2, 4)))
    if light < 0.12:
        return _("black")
    if depth < 0.12 or light > 0.97:
        return _("grey")
    return _(next(name for most, name in _NAMES if hue * 360 < most))
