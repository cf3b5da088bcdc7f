"""The size of picture that a film wants of a checkpoint that was trained on squares."""


def landscape(side_px: int, multiple_px: int) -> tuple[int, int]:
    """Width and height of about the area that a square checkpoint was trained on, at about 16:9.

    Args:
        side_px: of the square.
        multiple_px: both are multiples of it.
    """
    height = max(multiple_px, round(side_px * 0.75 / multiple_px) * multiple_px)
    width = max(multiple_px, round(side_px * 4 / 3 / multiple_px) * multiple_px)
    return width, height
