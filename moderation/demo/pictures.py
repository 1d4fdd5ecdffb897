"""Pictures drawn by the dozen: portraits of nobody, and landscapes."""

import io
from random import Random

from PIL import Image, ImageDraw

SIDE = 320
SKIES = ("#bcd7e8", "#d9e6c8", "#f3dcc2", "#d8cfe6", "#e9d3d3", "#c9e3dd")
SKINS = ("#f0c9a4", "#d9a070", "#a86f45", "#7a4a2c", "#f4d7bd")
HAIR = ("#3a2a1e", "#a8a29a", "#d8c27a", "#6b3f22", "#e6e3de", "#1f1c1a")
COATS = ("#35605a", "#7c3f58", "#3f5a8a", "#8a6a2f", "#54545c", "#a14f2f")


def draw(chance: Random) -> bytes:
    """Return a JPEG: mostly a face, now and then a landscape."""
    picture = Image.new("RGB", (SIDE, SIDE), chance.choice(SKIES))
    pen = ImageDraw.Draw(picture)
    if chance.random() < 0.8:
        _face(pen, chance)
    else:
        _landscape(pen, chance)
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=80)
    return written.getvalue()


def _face(pen: ImageDraw.ImageDraw, chance: Random) -> None:
    middle, skin, hair = chance.randint(140, 180), chance.choice(SKINS), chance.choice(HAIR)
    width = chance.randint(58, 74)
    pen.ellipse((middle - 120, 235, middle + 120, 420), fill=chance.choice(COATS))
    pen.ellipse((middle - width - 12, 62, middle + width + 12, 225), fill=hair)
    pen.ellipse((middle - width, 80, middle + width, 250), fill=skin)
    if chance.random() < 0.5:
        pen.rectangle((middle - width, 84, middle + width, 116), fill=hair)
    for eye in (middle - 26, middle + 26):
        pen.ellipse((eye - 6, 148, eye + 6, 158), fill="#2a2a2a")
        if chance.random() < 0.25:
            pen.ellipse((eye - 18, 136, eye + 18, 170), outline="#333333", width=3)
    pen.arc((middle - 28, 175, middle + 28, 215), 20, 160, fill="#8a3b3b", width=4)


def _landscape(pen: ImageDraw.ImageDraw, chance: Random) -> None:
    ground = chance.randint(170, 230)
    pen.rectangle((0, ground, SIDE, SIDE), fill="#7fa35a")
    pen.ellipse((220, 30, 275, 85), fill="#f7e08a")
    for _ in range(chance.randint(2, 5)):
        x = chance.randint(20, 290)
        pen.rectangle((x - 4, ground - 30, x + 4, ground + 12), fill="#5c432d")
        pen.ellipse((x - 28, ground - 85, x + 28, ground - 20), fill="#4f7d3a")
