"""Draws the mark in every shape in which the app serves it: ``python -m pages.parts.frame.face.assets.make``.

One geometry makes the files beside this one: ``mark.svg``, ``icon.svg``, ``favicon.ico``, ``touch.png`` and
a ``share-<language>.png`` for each language. The mark: three tokens, and arcs of attention from the last one
back to those before it, under one dome. Words are set in the Source Sans that Streamlit brings, Chinese ones
in Noto Sans CJK (Debian: ``fonts-noto-cjk``), which only who draws anew needs. The same versions of Pillow
and of the fonts draw the same bytes.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import streamlit
from PIL import Image, ImageDraw, ImageFont

FOLDER = Path(__file__).parent
SHARE_SIZE = (1200, 630)
"""Width and height in pixels: what those who show links ask for."""

_LIGHT, _DARK = "#6B4FBB", "#A994F0"  # the theme's primary colours, .streamlit/config.toml
_BOTH = "#8A70D6"
"""Between the two: seen on dark and on light."""
_PAPER, _INK, _MUTED = "#FCFBF8", "#23222B", "#6E6B78"
_TOKENS = (5.0, 16.0, 27.0)
_BASE = 26.0
_WEIGHTS = (1.0, 0.6)
"""How much the last token looks at each one before it: the width of an arc, and how strong its colour is."""
_RADII = (3.4, 3.4, 4.6)
_WIDTH, _SMALL = 3.0, 3.8
"""How wide an arc is, and how wide where all of the mark is 16 pixels."""
_FINER = 4
"""Drawn so many times larger and made smaller: smooth edges."""

_LINES = {"en": "Language models you can see into", "zh": "看得见内部的语言模型"}
_SENTENCES: Mapping[str, tuple[Sequence[str], Sequence[float]]] = {
    "en": (("Mia", "gave", "Tom", "her", "ball"), (0.46, 0.12, 0.08, 0.34)),
    "zh": (("米娅", "把", "她的", "球", "给了"), (0.30, 0.08, 0.14, 0.48)),
}
_CHINESE = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")


def files() -> dict[str, bytes]:
    """Every file by its name, as it is to be served."""
    shares = {f"share-{code}.png": _png(_share(code)) for code in _LINES}
    return mark() | {"favicon.ico": _ico(), "touch.png": _png(_tile(180))} | shares


def mark() -> dict[str, bytes]:
    """The drawings of lines: the mark for a page of either theme, and the icon of a tab."""
    return {
        "mark.svg": _svg(_BOTH, _WIDTH).encode(),
        "icon.svg": _svg(_LIGHT, _SMALL, dark=_DARK).encode(),
    }


def _svg(colour: str, width: float, dark: str | None = None) -> str:
    """The mark as a drawing of lines, 32 units wide and high; ``dark`` is its colour in a dark browser."""
    style = f".m{{color:{colour}}}"
    if dark is not None:
        style += f"@media(prefers-color-scheme:dark){{.m{{color:{dark}}}}}"
    arcs = "".join(
        f'<path d="M{x:g} {_BASE:g}A{(_TOKENS[-1] - x) / 2:g} {_height(x):g} 0 0 1 '
        f'{_TOKENS[-1]:g} {_BASE:g}" '
        f'opacity="{weight:g}"/>'
        for x, weight in zip(_TOKENS, _WEIGHTS, strict=False)
    )
    dots = "".join(
        f'<circle cx="{x:g}" cy="{_BASE:g}" r="{radius:g}"/>'
        for x, radius in zip(_TOKENS, _RADII, strict=True)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><style>{style}</style>'
        f'<g class="m"><g fill="none" stroke="currentColor" stroke-width="{width:g}">{arcs}</g>'
        f'<g fill="currentColor">{dots}</g></g></svg>\n'
    )


def _height(x: float) -> float:
    """How high the arc from the last token to the one at ``x`` stands."""
    return round((_TOKENS[-1] - x) * 0.92, 2)


def _draw_mark(
    image: Image.Image, left: float, top: float, size: float, colour: str, width: float = _WIDTH
) -> None:
    """The mark on an image, its square's corner at (left, top), ``size`` pixels wide."""
    scale = size / 32
    for x, weight in zip(_TOKENS, _WEIGHTS, strict=False):
        half, middle = (_TOKENS[-1] - x) / 2, (_TOKENS[-1] + x) / 2
        points = [
            (
                left + scale * (middle - half * math.cos(angle)),
                top + scale * (_BASE - _height(x) * math.sin(angle)),
            )
            for angle in _steps(0, math.pi)
        ]
        _line(image, points, scale * width, colour, weight)
    draw = ImageDraw.Draw(image)
    for x, radius in zip(_TOKENS, _RADII, strict=True):
        _dot(draw, left + scale * x, top + scale * _BASE, scale * radius, colour)


def _line(
    image: Image.Image,
    points: Iterable[tuple[float, float]],
    width: float,
    colour: str,
    strength: float,
) -> None:
    """A line with round ends; ``strength`` is how much of its colour covers what is below, 0 to 1."""
    mask = Image.new("L", image.size)
    draw = ImageDraw.Draw(mask)
    for x, y in points:
        _dot(draw, x, y, width / 2, round(255 * strength))
    layer = Image.new("RGBA", image.size, colour)
    layer.putalpha(mask)
    image.alpha_composite(layer)


def _dot(draw: ImageDraw.ImageDraw, x: float, y: float, radius: float, fill: str | int) -> None:
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=fill)


def _steps(first: float, last: float, count: int = 1500) -> list[float]:
    return [first + (last - first) * step / count for step in range(count + 1)]


def _tile(size: int) -> Image.Image:
    """The mark on paper, for a telephone's home screen, which rounds the corners itself."""
    large = Image.new("RGBA", (size * _FINER, size * _FINER), _PAPER)
    side = size * _FINER * 0.72
    edge = (size * _FINER - side) / 2
    _draw_mark(large, edge, edge - 0.04 * side, side, _LIGHT)
    return large.resize((size, size), Image.Resampling.LANCZOS).convert("RGB")


def _ico() -> bytes:
    """For browsers that show no SVG."""
    sizes = (16, 32, 48)
    drawn = []
    for size in sizes:
        large = Image.new("RGBA", (size * 8, size * 8))
        _draw_mark(large, 0, 0, size * 8, _BOTH, _SMALL)
        drawn.append(large.resize((size, size), Image.Resampling.LANCZOS))
    written = io.BytesIO()
    drawn[-1].save(written, "ICO", sizes=[(size, size) for size in sizes], append_images=drawn[:-1])
    return written.getvalue()


def _share(code: str) -> Image.Image:
    """What stands beside a link in a chat: the mark, name and line, and a sentence that attends to itself.
    Its weights are drawn, not measured."""
    width, height = (side * _FINER for side in SHARE_SIZE)
    image = Image.new("RGBA", (width, height), _PAPER)
    unit = float(_FINER)
    _draw_mark(image, 84 * unit, 66 * unit, 118 * unit, _LIGHT)
    draw = ImageDraw.Draw(image)
    draw.text((232 * unit, 142 * unit), "Clearhead", _INK, _font("en", 92, 650), anchor="lm")
    draw.text((90 * unit, 246 * unit), _LINES[code], _MUTED, _font(code, 46, 400), anchor="lm")
    words, weights = _SENTENCES[code]
    base = 530 * unit
    places = [(150 + 225 * position) * unit for position in range(len(words))]
    for x, weight in zip(places, weights, strict=False):
        half, middle = (places[-1] - x) / 2, (places[-1] + x) / 2
        points = [
            (middle - half * math.cos(a), base - 46 * unit - 0.42 * half * math.sin(a))
            for a in _steps(0, math.pi, 4000)
        ]
        _line(image, points, (3 + 26 * weight) * unit, _LIGHT, 0.25 + 0.75 * weight)
    draw = ImageDraw.Draw(image)
    for position, (x, word) in enumerate(zip(places, words, strict=True)):
        _dot(draw, x, base - 46 * unit, (13 if position + 1 < len(words) else 19) * unit, _LIGHT)
        draw.text((x, base + 22 * unit), word, _INK, _font(code, 46, 500), anchor="mm")
    return image.resize(SHARE_SIZE, Image.Resampling.LANCZOS).convert("RGB")


def _font(code: str, size: float, weight: int) -> ImageFont.FreeTypeFont:
    if code == "zh":
        return ImageFont.truetype(_CHINESE, size * _FINER, index=2)
    folder = Path(streamlit.__file__).parent / "static" / "static" / "media"
    font = ImageFont.truetype(next(folder.glob("SourceSansVF-Upright.*")), size * _FINER)
    font.set_variation_by_axes([weight])
    return font


def _png(image: Image.Image) -> bytes:
    """As PNG of at most 128 colours: a drawing in few colours has no use for more."""
    written = io.BytesIO()
    few = image.quantize(128, dither=Image.Dither.NONE)
    few.save(written, "PNG", optimize=True)
    return written.getvalue()


if __name__ == "__main__":
    for name, content in files().items():
        (FOLDER / name).write_bytes(content)
        print(f"{name}: {len(content)} bytes")
