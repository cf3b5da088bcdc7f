from hypothesis import given
from hypothesis import strategies as st

from pipeline.renderers.pieces import piece_seed, pieces_of


@given(num_frames=st.integers(1, 500), clip_frames=st.integers(2, 32))
def test_pieces_cover_a_clip_without_gaps_and_fit(num_frames: int, clip_frames: int):
    pieces = pieces_of(num_frames, clip_frames)
    covered = [frame for start, stop in pieces for frame in range(start, stop)]
    assert covered == list(range(num_frames))
    first, *others = (stop - start for start, stop in pieces)
    assert 1 <= first <= clip_frames
    # The frame that a piece begins on is the last of the one before.
    assert all(1 <= length <= clip_frames - 1 for length in others)


def test_forty_frames_in_pieces_of_sixteen():
    assert pieces_of(40, 16) == ((0, 16), (16, 31), (31, 40))


def test_each_piece_has_a_seed_of_its_own():
    seeds = [piece_seed(7, index) for index in range(4)]
    assert seeds[0] == 7
    assert len(set(seeds)) == 4
    assert all(0 <= seed < 2**63 for seed in seeds)
