"""What every renderer must do, whatever draws: one suite, run on the fake and on the real ones."""

import io
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property

import numpy as np
import pytest
from PIL import Image

from pipeline.description import FrameDescription, PersonDescription, Worn
from pipeline.renderers.base import (
    Mend,
    RenderCancelled,
    Rendered,
    Renderer,
    RenderFailed,
    RenderOutcome,
    RenderProgress,
    RenderRequest,
)
from storage.domain.digest import canonical_json
from storage.domain.findings import Region
from storage.domain.takes import Means, Seam
from storage.errors import WrongUse

MARA = PersonDescription(
    hair_style="long",
    hair_colour="black",
    eyes="brown",
    garments=(Worn(kind="coat", colour="red"),),
    action="talking",
)
CLOSE_UP = FrameDescription(shot_size="close-up", setting="kitchen", time_of_day="night", people=(MARA,))
BLUE_COAT = replace(CLOSE_UP, people=(replace(MARA, garments=(Worn(kind="coat", colour="blue"),)),))
# The lower right: where a close-up shows a shoulder.
SHOULDER = Region(left=0.55, top=0.6, right=0.9, bottom=0.95)
UNKNOWN_WORDS = replace(CLOSE_UP, setting="spaceport", people=(replace(MARA, eyes="violet"),))


class Case:
    """A renderer under test, and what it made once for several tests.

    Args:
        pins_exactly: whether the first frame of a clip comes from the keyframe alone.
        psnr_db: how near the first frame must be to the keyframe; None where the weights are random.
        batch_tolerance: largest mean difference, 0 to 255, between a picture drawn in a batch and alone.
    """

    def __init__(
        self,
        renderer: Renderer,
        *,
        pins_exactly: bool = True,
        psnr_db: float | None = None,
        batch_tolerance: float = 1.5,
    ) -> None:
        self.renderer = renderer
        self.pins_exactly = pins_exactly
        self.psnr_db = psnr_db
        self.batch_tolerance = batch_tolerance

    @property
    def makes_keyframes(self) -> bool:
        return self.renderer.capabilities.batch_size > 0

    @property
    def makes_clips(self) -> bool:
        return self.renderer.capabilities.clip_frames > 0

    @cached_property
    def progress(self) -> list[RenderProgress]:
        return []

    @cached_property
    def keyframes(self) -> list[Rendered]:
        """Three keyframes from one batch, seeds 1 to 3."""
        return rendered(self.renderer, [keyframe(job) for job in (1, 2, 3)], self.progress.append)

    @cached_property
    def keyframe(self) -> np.ndarray:
        """The frame that clips begin on."""
        if self.makes_keyframes:
            return self.keyframes[0].frames[0]
        able = self.renderer.capabilities
        ramp = np.linspace(0, 255, able.width_px).astype(np.uint8)
        return np.stack([np.tile(ramp, (able.height_px, 1))] * 3, axis=-1)

    @cached_property
    def clip(self) -> Rendered:
        """One piece."""
        return rendered(self.renderer, [self.clip_request(11)])[0]

    @cached_property
    def long_clip(self) -> Rendered:
        """A piece and two more frames, the same seed as `clip`."""
        length = self.renderer.capabilities.clip_frames + 2
        return rendered(self.renderer, [replace(self.clip_request(11), num_frames=length)])[0]

    def mended(self, means: Means, job_id: int = 21) -> RenderRequest:
        """A keyframe in which the coat is to turn blue."""
        mend = Mend(
            means=means,
            base=self.keyframes[0].frames,
            regions=(SHOULDER,) if means is Means.INPAINT else (),
            strength=0.75,
        )
        return replace(keyframe(job_id, BLUE_COAT), mend=mend)

    def later_frames(self, job_id: int = 22) -> RenderRequest:
        """The long clip with its second piece drawn anew."""
        kept = self.renderer.capabilities.clip_frames
        mend = Mend(means=Means.LATER_FRAMES, base=self.long_clip.frames, kept_frames=kept)
        return replace(self.clip_request(job_id), num_frames=kept + 2, mend=mend)

    def clip_request(self, job_id: int) -> RenderRequest:
        return RenderRequest(
            job_id=job_id,
            seam=Seam.CLIP,
            description=CLOSE_UP,
            seed=job_id,
            keyframe=self.keyframe,
            num_frames=self.renderer.capabilities.clip_frames,
        )


def keyframe(job_id: int, description: FrameDescription = CLOSE_UP, pressed: tuple[str, ...] = ()) -> RenderRequest:
    return RenderRequest(job_id=job_id, seam=Seam.KEYFRAME, description=description, seed=job_id, pressed=pressed)


def outcomes(
    renderer: Renderer,
    requests: Sequence[RenderRequest],
    on_progress: Callable[[RenderProgress], None] = lambda _: None,
    is_cancelled: Callable[[int], bool] = lambda _: False,
) -> list[RenderOutcome]:
    return list(renderer.render(requests, on_progress=on_progress, is_cancelled=is_cancelled))


def rendered(
    renderer: Renderer,
    requests: Sequence[RenderRequest],
    on_progress: Callable[[RenderProgress], None] = lambda _: None,
) -> list[Rendered]:
    made = outcomes(renderer, requests, on_progress)
    failed = [outcome.error for outcome in made if isinstance(outcome, RenderFailed)]
    assert not failed, failed
    assert {outcome.job_id for outcome in made} == {request.job_id for request in requests}
    return [outcome for outcome in made if isinstance(outcome, Rendered)]


def difference(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.abs(one.astype(int) - other).mean())


def psnr_db(one: np.ndarray, other: np.ndarray) -> float:
    error = ((one.astype(float) - other) ** 2).mean()
    return float("inf") if error == 0 else 10 * np.log10(255**2 / error)


class CancelAfter:
    """Cancels jobs once a number of progress reports has come."""

    def __init__(self, job_ids: set[int], reports: int) -> None:
        self._job_ids = job_ids
        self._reports = reports
        self.seen: list[RenderProgress] = []

    def on_progress(self, progress: RenderProgress) -> None:
        self.seen.append(progress)

    def is_cancelled(self, job_id: int) -> bool:
        return job_id in self._job_ids and len(self.seen) >= self._reports


class RendererContract:
    """The suite. A subclass brings a `case` fixture."""

    @pytest.fixture
    def needs_keyframes(self, case: Case) -> None:
        if not case.makes_keyframes:
            pytest.skip("this checkpoint makes no keyframes")

    @pytest.fixture
    def needs_clips(self, case: Case) -> None:
        if not case.makes_clips:
            pytest.skip("this checkpoint makes no clips")

    @pytest.mark.usefixtures("needs_keyframes")
    def test_a_keyframe_is_one_rgb_frame_of_the_promised_size(self, case: Case):
        able = case.renderer.capabilities
        for made in case.keyframes:
            assert made.frames.shape == (1, able.height_px, able.width_px, 3)
            assert made.frames.dtype == np.uint8
            assert made.frame_rate == 0
            assert made.seconds > 0

    @pytest.mark.usefixtures("needs_keyframes")
    def test_more_requests_than_a_batch_holds_all_get_one_answer(self, case: Case):
        able = case.renderer.capabilities
        count = min(able.batch_size + 1, 9)
        jobs = [made.job_id for made in rendered(case.renderer, [keyframe(job) for job in range(count)])]
        assert sorted(jobs) == list(range(count))

    @pytest.mark.usefixtures("needs_keyframes")
    def test_the_seed_decides_the_picture(self, case: Case):
        first, second, _ = case.keyframes
        again = rendered(case.renderer, [keyframe(job) for job in (1, 2, 3)])
        assert np.array_equal(again[0].frames, first.frames)
        assert np.array_equal(again[1].frames, second.frames)
        assert difference(first.frames, second.frames) > 0

    @pytest.mark.usefixtures("needs_keyframes")
    def test_a_picture_of_a_batch_can_be_made_again_alone(self, case: Case):
        alone = rendered(case.renderer, [keyframe(2)])[0]
        batched = case.keyframes[1]
        assert alone.recipe.batch_size == 1
        assert batched.recipe.batch_size == min(3, case.renderer.capabilities.batch_size)
        assert difference(alone.frames, batched.frames) <= case.batch_tolerance

    @pytest.mark.usefixtures("needs_keyframes")
    def test_a_recipe_alone_makes_the_same_picture(self, case: Case):
        for made in case.keyframes:
            assert np.array_equal(case.renderer.replay(made.recipe), made.frames)

    @pytest.mark.usefixtures("needs_keyframes")
    def test_a_recipe_is_whole_and_can_be_stored(self, case: Case):
        able = case.renderer.capabilities
        for place, made in enumerate(case.keyframes):
            recipe = made.recipe
            assert json.loads(canonical_json(recipe))["seed"] == recipe.seed == made.job_id
            assert recipe.agent == "storyboard"
            assert recipe.checkpoint in able.name
            assert len(recipe.weights_digest) == len(able.weights_digest) == 64
            assert (recipe.weights_digest == able.weights_digest) == (recipe.checkpoint == able.name)
            assert recipe.batch_index == place % able.batch_size
            assert (recipe.width_px, recipe.height_px) == (able.width_px, able.height_px)
            assert recipe.pipeline and recipe.prompt and recipe.device and recipe.dtype
            assert "numpy" in recipe.library_versions and "python" in recipe.library_versions
            if recipe.pipeline != "ProceduralArtist":
                assert recipe.scheduler and recipe.num_inference_steps > 0
                assert recipe.scheduler_config["num_train_timesteps"] == 1000
                assert {"torch", "diffusers", "transformers"} <= recipe.library_versions.keys()

    @pytest.mark.usefixtures("needs_keyframes")
    def test_another_checkpoints_recipe_is_refused(self, case: Case):
        foreign = replace(case.keyframes[0].recipe, weights_digest="0" * 64)
        with pytest.raises(WrongUse, match="made with"):
            case.renderer.replay(foreign)

    @pytest.mark.usefixtures("needs_keyframes")
    def test_progress_never_goes_back_and_reaches_its_total(self, case: Case):
        assert case.keyframes
        for job in (1, 2, 3):
            steps = [(each.step, each.total) for each in case.progress if job in each.job_ids]
            assert steps == sorted(steps)
            assert steps[-1][0] == steps[-1][1] > 1

    @pytest.mark.usefixtures("needs_keyframes")
    def test_previews_are_small_pictures(self, case: Case):
        assert case.keyframes
        previews = [each.preview for each in case.progress if each.preview]
        assert previews
        with Image.open(io.BytesIO(previews[-1])) as picture:
            assert picture.width <= 256
            able = case.renderer.capabilities
            assert picture.width / picture.height == pytest.approx(able.width_px / able.height_px, rel=0.05)
        assert max(map(len, previews)) < 20_000

    @pytest.mark.usefixtures("needs_keyframes")
    @pytest.mark.parametrize("reports", [0, 1, 7])
    def test_a_cancelled_picture_leaves_its_batch_and_the_others_are_made(self, case: Case, reports: int):
        cancel = CancelAfter({2}, reports)
        requests = [keyframe(job) for job in (1, 2, 3)]
        made = outcomes(case.renderer, requests, cancel.on_progress, cancel.is_cancelled)
        assert sorted(each.job_id for each in made) == [1, 2, 3]
        assert [each.job_id for each in made if isinstance(each, RenderCancelled)] == [2]
        others = {each.job_id: each for each in made if isinstance(each, Rendered)}
        for whole in (case.keyframes[0], case.keyframes[2]):
            assert difference(others[whole.job_id].frames, whole.frames) <= case.batch_tolerance
        for job in (1, 3):
            steps = [each.step for each in cancel.seen if job in each.job_ids]
            assert steps == sorted(steps)

    @pytest.mark.usefixtures("needs_keyframes")
    def test_when_all_are_cancelled_the_work_stops(self, case: Case):
        cancel = CancelAfter({1, 2, 3}, 1)
        requests = [keyframe(job) for job in (1, 2, 3)]
        made = outcomes(case.renderer, requests, cancel.on_progress, cancel.is_cancelled)
        assert [type(each) for each in made] == [RenderCancelled] * 3
        assert len(cancel.seen) <= 3

    @pytest.mark.usefixtures("needs_keyframes")
    def test_nothing_that_was_cancelled_after_the_last_step_is_kept(self, case: Case):
        finished: list[int] = []

        def on_progress(progress: RenderProgress) -> None:
            if progress.step == progress.total:
                finished.extend(progress.job_ids)

        made = outcomes(case.renderer, [keyframe(1)], on_progress, lambda job: job in finished)
        assert [type(each) for each in made] == [RenderCancelled]

    @pytest.mark.usefixtures("needs_keyframes")
    @pytest.mark.parametrize("questions", range(1, 5))
    def test_whenever_it_is_cancelled_a_request_has_one_answer(self, case: Case, questions: int):
        asked: list[int] = []

        def is_cancelled(job_id: int) -> bool:
            asked.append(job_id)
            return len(asked) >= questions

        made = outcomes(case.renderer, [keyframe(1)], is_cancelled=is_cancelled)
        assert [type(each) for each in made] == [RenderCancelled]

    @pytest.mark.usefixtures("needs_keyframes")
    def test_words_that_are_not_known_are_said_and_not_dropped(self, case: Case):
        known, drawn_as = case.renderer.describe(UNKNOWN_WORDS)
        if case.renderer.capabilities.lexicon is None:
            assert known == UNKNOWN_WORDS
            assert drawn_as == ()
        else:
            assert known != UNKNOWN_WORDS
            assert any("spaceport" in words for words in drawn_as)
            assert any("violet" in words for words in drawn_as)
        made = rendered(case.renderer, [keyframe(5, UNKNOWN_WORDS)])[0]
        assert made.recipe.drawn_as == drawn_as
        said = made.recipe.prompt.split(", ")
        assert all(phrase in said for phrase in known.phrases)

    @pytest.mark.usefixtures("needs_keyframes")
    def test_what_is_pressed_is_recorded(self, case: Case):
        made = rendered(case.renderer, [keyframe(1, pressed=("brown eyes",))])[0]
        assert made.recipe.pressed == ("brown eyes",)
        if made.recipe.pipeline != "ProceduralArtist":
            plain = case.keyframes[0].recipe
            assert made.recipe.prompt.startswith("brown eyes")
            assert "blue eyes" in made.recipe.negative_prompt
            assert made.recipe.guidance_scale > plain.guidance_scale
            assert np.array_equal(case.renderer.replay(made.recipe), made.frames)

    def test_what_it_cannot_make_fails_with_a_sentence_and_an_action(self, case: Case):
        if case.makes_keyframes and case.makes_clips:
            pytest.skip("this renderer makes both")
        request = case.clip_request(4) if case.makes_keyframes else keyframe(4)
        (made,) = outcomes(case.renderer, [replace(request, num_frames=1)])
        assert isinstance(made, RenderFailed)
        assert made.error.sentence.endswith(".") and made.error.action.endswith(".")

    def test_a_clip_without_its_keyframe_is_wrong_use(self, case: Case):
        request = RenderRequest(job_id=1, seam=Seam.CLIP, description=CLOSE_UP, seed=1, num_frames=4)
        with pytest.raises(WrongUse, match="keyframe"):
            case.renderer.render([request], on_progress=lambda _: None, is_cancelled=lambda _: False)

    @pytest.mark.usefixtures("needs_clips")
    def test_a_clip_has_its_length_and_rate(self, case: Case):
        able = case.renderer.capabilities
        made = case.clip
        assert made.frames.shape == (able.clip_frames, able.height_px, able.width_px, 3)
        assert made.frames.dtype == np.uint8
        assert made.frame_rate == able.frame_rate == made.recipe.frame_rate > 0
        assert isinstance(made.frame_rate, Fraction)
        assert made.recipe.agent == "shot"
        assert json.loads(canonical_json(made.recipe))["num_frames"] == able.clip_frames

    @pytest.mark.usefixtures("needs_clips")
    def test_a_clip_begins_on_its_keyframe(self, case: Case):
        first = case.clip.frames[0]
        if case.psnr_db is not None:
            assert psnr_db(first, case.keyframe) >= case.psnr_db
        other_seed = rendered(case.renderer, [case.clip_request(12)])[0]
        if case.pins_exactly:
            assert np.array_equal(other_seed.frames[0], first)
        others = difference(other_seed.frames[1:], case.clip.frames[1:])
        assert difference(other_seed.frames[0], first) <= others

    @pytest.mark.usefixtures("needs_clips")
    def test_another_keyframe_gives_another_first_frame(self, case: Case):
        upside_down = np.ascontiguousarray(case.keyframe[::-1, ::-1])
        made = rendered(case.renderer, [replace(case.clip_request(11), keyframe=upside_down)])[0]
        assert not np.array_equal(made.frames[0], case.clip.frames[0])
        if case.psnr_db is not None:
            assert psnr_db(made.frames[0], upside_down) >= case.psnr_db - 2

    @pytest.mark.usefixtures("needs_clips")
    def test_a_clip_moves(self, case: Case):
        steps = [difference(one, other) for one, other in zip(case.clip.frames, case.clip.frames[1:], strict=False)]
        assert max(steps) > 0.1

    @pytest.mark.usefixtures("needs_clips")
    def test_a_long_clip_is_chained_from_its_pieces(self, case: Case):
        able = case.renderer.capabilities
        made = case.long_clip
        length = able.clip_frames + 2
        assert len(made.frames) == length == made.recipe.num_frames
        assert made.recipe.extra["pieces"] == [[0, able.clip_frames], [able.clip_frames, length]]
        first_seed, second_seed = made.recipe.extra["piece_seeds"]
        assert first_seed == made.recipe.seed != second_seed
        assert np.array_equal(made.frames[0], case.clip.frames[0])

    @pytest.mark.usefixtures("needs_clips")
    def test_a_recipe_alone_makes_the_same_clip(self, case: Case):
        again = case.renderer.replay(case.long_clip.recipe, keyframe=case.keyframe)
        assert np.array_equal(again, case.long_clip.frames)
        with pytest.raises(WrongUse, match="keyframe"):
            case.renderer.replay(case.long_clip.recipe)

    @pytest.mark.usefixtures("needs_clips")
    def test_a_cancelled_clip_is_not_kept(self, case: Case):
        cancel = CancelAfter({11}, 1)
        made = outcomes(case.renderer, [case.clip_request(11)], cancel.on_progress, cancel.is_cancelled)
        assert [type(each) for each in made] == [RenderCancelled]
        assert len(cancel.seen) == 1

    @pytest.fixture(params=[Means.INPAINT, Means.IMAGE_TO_IMAGE], ids=str)
    def still_means(self, case: Case, request: pytest.FixtureRequest) -> Means:
        if request.param not in case.renderer.capabilities.means:
            pytest.skip(f"this checkpoint does not mend by {request.param}")
        return request.param

    def test_an_inpainted_picture_keeps_the_rest_to_the_pixel(self, case: Case):
        if Means.INPAINT not in case.renderer.capabilities.means:
            pytest.skip("this checkpoint does not inpaint")
        (made,) = rendered(case.renderer, [case.mended(Means.INPAINT)])
        before, after = case.keyframes[0].frames[0], made.frames[0]
        kept = made.recipe.extra["mended"]
        ((left, top, right, bottom),) = kept["boxes_px"]
        height, width = before.shape[:2]
        assert left <= SHOULDER.left * width and right >= SHOULDER.right * width
        assert top <= SHOULDER.top * height and bottom >= SHOULDER.bottom * height
        blur = 2 * kept["feather_px"]
        outside = np.ones((height, width), bool)
        outside[max(0, top - blur) : bottom + blur, max(0, left - blur) : right + blur] = False
        assert outside.mean() > 0.1
        assert np.array_equal(after[outside], before[outside])
        assert difference(after[top:bottom, left:right], before[top:bottom, left:right]) > 1

    def test_a_mended_recipe_makes_the_same_picture_from_the_take_that_it_names(self, case: Case, still_means: Means):
        (made,) = rendered(case.renderer, [case.mended(still_means)])
        base = case.keyframes[0].frames
        assert json.loads(canonical_json(made.recipe))["extra"]["mended"]["means"] == still_means
        assert made.recipe.seed == 21
        if made.recipe.pipeline != "ProceduralArtist":
            assert made.recipe.pipeline.endswith(
                "InpaintPipeline" if still_means is Means.INPAINT else "Img2ImgPipeline"
            )
        assert np.array_equal(case.renderer.replay(made.recipe, base=base), made.frames)
        for other in (None, case.keyframes[1].frames):
            with pytest.raises(WrongUse, match="mended from"):
                case.renderer.replay(made.recipe, base=other)

    def test_image_to_image_keeps_the_composition(self, case: Case):
        if Means.IMAGE_TO_IMAGE not in case.renderer.capabilities.means or case.psnr_db is None:
            pytest.skip("random weights know no composition, or this checkpoint draws nothing over")
        request = case.mended(Means.IMAGE_TO_IMAGE)
        assert request.mend is not None
        (made,) = rendered(case.renderer, [replace(request, mend=replace(request.mend, strength=0.3))])
        base, other = case.keyframes[0].frames, case.keyframes[1].frames
        assert 0 < difference(made.frames, base) < difference(other, base)

    def test_pictures_that_are_mended_and_drawn_anew_can_be_asked_for_together(self, case: Case, still_means: Means):
        requests = [keyframe(1), case.mended(still_means, 21), case.mended(still_means, 23), keyframe(2)]
        made = {each.job_id: each for each in rendered(case.renderer, requests)}
        assert ["mended" in made[job].recipe.extra for job in (1, 21, 23, 2)] == [False, True, True, False]
        assert np.array_equal(case.renderer.replay(made[23].recipe, base=case.keyframes[0].frames), made[23].frames)

    def test_a_mend_that_was_cancelled_is_not_kept(self, case: Case, still_means: Means):
        cancel = CancelAfter({21}, 1)
        made = outcomes(case.renderer, [case.mended(still_means)], cancel.on_progress, cancel.is_cancelled)
        assert [type(each) for each in made] == [RenderCancelled]

    @pytest.mark.usefixtures("needs_clips")
    def test_later_frames_are_made_again_and_the_earlier_ones_stay(self, case: Case):
        kept = case.renderer.capabilities.clip_frames
        (made,) = rendered(case.renderer, [case.later_frames()])
        before = case.long_clip.frames
        assert made.frames.shape == before.shape
        assert np.array_equal(made.frames[:kept], before[:kept])
        if made.recipe.pipeline != "ProceduralArtist":
            assert difference(made.frames[kept:], before[kept:]) > 0
        again = case.renderer.replay(made.recipe, keyframe=case.keyframe, base=before)
        assert np.array_equal(again, made.frames)
        with pytest.raises(WrongUse, match="mended from"):
            case.renderer.replay(made.recipe, keyframe=case.keyframe)

    def test_what_it_cannot_mend_fails_with_a_sentence(self, case: Case):
        lacks = {Means.INPAINT, Means.IMAGE_TO_IMAGE} - case.renderer.capabilities.means
        if not lacks or not case.makes_keyframes:
            pytest.skip("this renderer mends keyframes by every means")
        (made,) = outcomes(case.renderer, [case.mended(lacks.pop())])
        assert isinstance(made, RenderFailed)
        assert "cannot mend" in made.error.sentence

    def test_a_mend_that_does_not_say_what_to_do_is_wrong_use(self, case: Case):
        base = case.keyframe[None]
        for mend in (
            Mend(means=Means.INPAINT, base=base),
            Mend(means=Means.IMAGE_TO_IMAGE, base=base, strength=0.0),
            Mend(means=Means.NEW_SEED, base=base),
            Mend(means=Means.LATER_FRAMES, base=base, kept_frames=1),
        ):
            with pytest.raises(WrongUse):
                case.renderer.render(
                    [replace(keyframe(1), mend=mend)], on_progress=lambda _: None, is_cancelled=lambda _: False
                )
