"""Pictures of conversations that nobody had."""

import io

from PIL import Image, ImageDraw


def screenshot(lines: tuple[str, ...]) -> bytes:
    """Return a PNG of a conversation, one balloon a line."""
    picture = Image.new("RGB", (480, 90 + 80 * len(lines)), "#e9e3d9")
    draw = ImageDraw.Draw(picture)
    for place, line in enumerate(lines):
        left, top = 30 + 90 * (place % 2), 40 + 80 * place
        fill = "#d8f5c8" if place % 2 else "white"
        draw.rounded_rectangle((left, top, left + 340, top + 56), 12, fill=fill)
        draw.text((left + 16, top + 18), line, fill="#222222", font_size=16)
    content = io.BytesIO()
    picture.save(content, "PNG")
    return content.getvalue()
