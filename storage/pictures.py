"""Reads a picture that somebody brings along, or says in one sentence why it cannot be used."""

import io
import warnings
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from storage.domain.told import Told
from storage.errors import WrongUse

LIMIT_BYTES = 50_000_000
SMALLEST_PX = 64
LARGEST_PX = 2048
_GIVE = "Give a PNG, JPEG or WebP picture."


def read_picture(path: Path) -> bytes:
    """Read a picture file and write it anew: upright, RGB, at most 2048 pixels a side.

    Nothing else that was in the file (where it was taken, thumbnails) is kept.

    Returns:
        PNG.

    Raises:
        WrongUse: there is no such file, it is too large or too small, damaged, or no picture.
    """
    try:
        if not path.is_file():
            raise WrongUse(Told("There is no picture {path}.", path=path), "Check the spelling of the path.")
        if path.stat().st_size > LIMIT_BYTES:
            raise WrongUse(
                Told(
                    "{name} is larger than {LIMIT_BYTES} MB.",
                    name=path.name,
                    LIMIT_BYTES=f"{LIMIT_BYTES / 1000000.0:.0f}",
                ),
                "Make it smaller first.",
            )
        content = path.read_bytes()
    except OSError as error:
        raise WrongUse(
            Told("{path} cannot be read ({strerror}).", path=path, strerror=error.strerror), "Check its permissions."
        ) from error
    try:
        with warnings.catch_warnings():
            # A picture that unpacks to more than memory holds is refused, not warned of.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "WEBP", "BMP", "TIFF")) as opened:
                picture = ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise WrongUse(Told("{name} is no picture that can be read.", name=path.name), _GIVE) from error
    except (OSError, ValueError, SyntaxError) as error:
        raise WrongUse(Told("{name} is damaged.", name=path.name), "Save it again, or give another.") from error
    if min(picture.size) < SMALLEST_PX:
        raise WrongUse(
            Told(
                "{name} is only {width} × {height} pixels.", name=path.name, width=picture.width, height=picture.height
            ),
            Told("Give one of at least {SMALLEST_PX} a side.", SMALLEST_PX=SMALLEST_PX),
        )
    picture.thumbnail((LARGEST_PX, LARGEST_PX))
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()
