"""Reads a picture that somebody brings along, or says in one sentence why it cannot be used."""

import io
import warnings
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

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
            raise WrongUse(f"There is no picture {path}.", "Check the spelling of the path.")
        if path.stat().st_size > LIMIT_BYTES:
            raise WrongUse(f"{path.name} is larger than {LIMIT_BYTES / 1e6:.0f} MB.", "Make it smaller first.")
        content = path.read_bytes()
    except OSError as error:
        raise WrongUse(f"{path} cannot be read ({error.strerror}).", "Check its permissions.") from error
    try:
        with warnings.catch_warnings():
            # A picture that unpacks to more than memory holds is refused, not warned of.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "WEBP", "BMP", "TIFF")) as opened:
                picture = ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise WrongUse(f"{path.name} is no picture that can be read.", _GIVE) from error
    except (OSError, ValueError, SyntaxError) as error:
        raise WrongUse(f"{path.name} is damaged.", "Save it again, or give another.") from error
    if min(picture.size) < SMALLEST_PX:
        raise WrongUse(
            f"{path.name} is only {picture.width} × {picture.height} pixels.",
            f"Give one of at least {SMALLEST_PX} a side.",
        )
    picture.thumbnail((LARGEST_PX, LARGEST_PX))
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()
