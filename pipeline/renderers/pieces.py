"""How a long clip is cut into pieces that a checkpoint can hold, and their seeds."""

import hashlib


def pieces_of(num_frames: int, clip_frames: int) -> tuple[tuple[int, int], ...]:
    """Cut a clip into pieces.

    Each piece after the first begins on the last frame of the one before, which is not
    kept twice: it adds one frame less than it holds.

    Args:
        num_frames: length of the clip, > 0.
        clip_frames: what one piece holds, > 1.

    Returns:
        Half-open ranges of the clip's frames, in order, without gaps.
    """
    pieces = [(0, min(clip_frames, num_frames))]
    while pieces[-1][1] < num_frames:
        start = pieces[-1][1]
        pieces.append((start, min(start + clip_frames - 1, num_frames)))
    return tuple(pieces)


def piece_seed(seed: int, index: int) -> int:
    """The seed of a piece; the first has the clip's own. 0 to 2**63 - 1."""
    if index == 0:
        return seed
    return int.from_bytes(hashlib.sha256(f"{seed}/piece/{index}".encode()).digest()[:8], "big") >> 1
