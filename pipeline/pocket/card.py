"""Writes the cards of the pocket checkpoint, the judge and the auditor from what ``evaluate`` measured."""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.pocket import world
from pipeline.pocket.checkpoint import PROMPT_TOKENS
from pipeline.pocket.evaluate import Figures, figure_words
from pipeline.pocket.judging import ATTRIBUTES
from pipeline.pocket.lexicon import LEXICON, standard_words_unknown
from pipeline.pocket.manifest import VERSION, Settings
from storage.domain.vocabulary import STANDARD_VALUES

STAGES = ("autoencoder", "judge", "auditor", "text-encoder", "denoiser", "clips", "motion")
_WORST = "stills, worst attribute"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One session of training.

    Attributes:
        stage: what was trained, in the words of ``python -m pipeline.pocket train``.
        minutes: what it added to the training of its stage.
        words: what it began with, what was changed and what came of it.
        kept: whether what ships goes on from it.
    """

    stage: str
    minutes: int
    words: str
    kept: bool = True


# Whoever trains adds a run at the end.
RUNS = (
    Run(
        stage="autoencoder",
        minutes=64,
        words="From nothing, 16 x 16 pixels to a latent of 4 channels: 25.0 dB on twelve held-out frames (24.2 dB on "
        "32 others), shapes and faces clear, colours of large areas still mixed up.",
        kept=False,
    ),
    Run(
        stage="autoencoder",
        minutes=17,
        words="The same, pressed for chroma: of the squared error of small patches' mean colour, what is not grey "
        "counts six times, and garments count more. 25.1 dB, colours right, edges soft: four numbers are too few for "
        "16 x 16 pixels of these drawings. Given up.",
        kept=False,
    ),
    Run(
        stage="autoencoder",
        minutes=45,
        words="From nothing, 8 x 8 pixels to a latent, beside other work: 24.4 dB after 6 minutes, 28.8 dB on twelve "
        "held-out frames at the end; faces clear in medium shots.",
    ),
    Run(
        stage="text-encoder",
        minutes=12,
        words="From nothing, 600 steps beside other work: of 128 fresh captions all were answered without an error.",
    ),
)

_POCKET = """\
---
license: apache-2.0
library_name: diffusers
pipeline_tag: text-to-image
---

# Pocket, version {version}

Small diffusion checkpoints that draw {width} x {height} film frames and clips of {frames} frames at {rate} a second,
in one flat, painted style, on two processor cores, with no download. They ship with Matchcut so that the desk, the
worker and the critic can be tried and tested anywhere. They know the words below and no others;
`pipeline.pocket.lexicon.nearest` says any other description in these words and reports what it changed.

| part | what it is |
|---|---|
| `vae/` | AutoencoderTiny, 8 x 8 pixels to a latent, 4 channels of unit variance (`scaling_factor` 1) |
| `text_encoder/`, `tokenizer/` | CLIP text model of two layers, byte-pair tokenizer, {tokens} tokens |
| `unet/` | UNet2DConditionModel, 20 M weights, v-prediction, squared-cosine noise |
| `motion_adapter/` | MotionAdapter for AnimateDiff pipelines |
| `sparsectrl/` | SparseControlNetModel that holds a clip to its keyframe; condition at every frame |
| `matchcut.json` | sizes, steps, guidance and the lexicon |

Weights are float16 safetensors; the text encoder is float32.

## Trained on

Frames and clips that Matchcut's own procedural artist drew from random descriptions: `pipeline/pocket/artist.py`, with
people, garments, hair, props, weather and {settings} settings in {layouts} layouts each in the modules beside it. Their
captions say the descriptions in many wordings (`pipeline/pocket/captions.py`). No other data and no weights from
elsewhere; a run that began with an earlier version's weights says so. Trained on two shared CPU cores, {minutes}
minutes in all. That is little: see the limits.

Train again:

```
{commands}
```

### Runs

{runs}

## Use

Stills: `StableDiffusionPipeline.from_pretrained(folder, safety_checker=None, requires_safety_checker=False)`,
{steps} steps, guidance {guidance:g}.

Clips: `AnimateDiffSparseControlNetPipeline` with the keyframe as `conditioning_frames` of every frame,
{clip_steps} steps, guidance {clip_guidance:g}. Frame 0's latents are pinned to the keyframe's after every step, all
frames' after each of the first {held} steps (`pipeline.pocket.evaluate.make_clip` shows how).

## Words

{words}

At most {people} people. {unknown}

## Measured

`python -m pipeline.pocket evaluate` prints these. A share is followed by its 95 % Wilson interval and by its count.
Stills and clips are from held-out descriptions; what they show is read by the judge (`resources/judge`), whose own
errors are in its card, and by the auditor (`resources/auditor`), which the product never uses. Seconds are on two
shared cores, beside other work.

{worst}

{figures}

The first 64 of these stills, as they came ([their prompts are made from the seeds](../../pipeline/pocket/evaluate.py)):

![64 stills](sheet.jpg)

## Limits

- One style, {settings} settings, at most {people} people, and only the words above.
- What cannot be told is not counted: eyes in a wide shot; eyes, skin and age of somebody whose back is turned; what is
  held in a close-up; anything of the shoulder that the camera looks over.
- Weather is outside only.
- A clip is {clip_seconds:g} seconds long, and its camera makes one movement. Change and optical flow count the unrest
  of the picture too, and unrest can pass for a body that moves: compare with the bodies that keep still.
- A share from few pictures says little: its interval is wide.

Licence: Apache-2.0.
"""

_JUDGE = """\
---
license: apache-2.0
---

# Judge, version {version}

Small networks that read the typed attributes of a pocket frame, with a probability for every value: of the frame
{frame}; of each head {face}; of what is below it {torso}. Opened by `critic.judge.Judge`.

Trained on frames that the procedural artist drew, two in five of them passed through pocket's autoencoder with
disturbed latents, with blur, noise and small colour changes, {minutes} minutes on two shared cores. No other data.

Train again: `python -m pipeline.pocket train judge --minutes {minutes}`

### Runs

{runs}

## Measured

`python -m pipeline.pocket evaluate` prints these: accuracy on held-out drawn frames, and on the same frames after
pocket's autoencoder, with 95 % Wilson intervals and counts. What cannot be seen counts as right where it is called
"unseen"; "eyes in a close-up" counts open eyes only.

{figures}

## Limits

It knows the artist's world only: on photographs or other styles its answers mean nothing, and its probabilities are
calibrated on nothing but drawn frames. {people} people at most.

Licence: Apache-2.0.
"""

_AUDITOR = """\
---
license: apache-2.0
---

# Auditor, version {version}

A second reader of pocket's frames, which only measures. The product never opens it, so nothing can learn to please it.
Where the judge finds heads in a small frame and reads crops about them, the auditor reads the whole frame once at full
size and names everything in the cell where the middle of a head lies (after "Objects as Points", Zhou et al., 2019).
Other draws, another seed. Opened by `pipeline.pocket.auditor.Auditor`.

Trained on frames that the procedural artist drew, two in five of them passed through pocket's autoencoder with
disturbed latents, {minutes} minutes on two shared cores. No other data.

Train again: `python -m pipeline.pocket train auditor --minutes {minutes}`

### Runs

{runs}

## Measured

`python -m pipeline.pocket evaluate` prints these: accuracy on held-out drawn frames, and on the same frames after
pocket's autoencoder, with 95 % Wilson intervals and counts.

{figures}

## Limits

As the judge, it knows the artist's world only. Two readers that learnt from one artist can share an error.

Licence: Apache-2.0.
"""


def _minutes(stages: Iterable[str]) -> int:
    wanted = set(stages)
    return sum(run.minutes for run in RUNS if run.kept and run.stage in wanted)


def _runs(stages: Iterable[str]) -> str:
    """The runs of these stages as a numbered list, and which stages have none."""
    wanted = tuple(stages)
    said = [f"{run.stage}, {run.minutes} minutes. {run.words}" for run in RUNS if run.stage in wanted]
    lines = [f"{number}. {words}" for number, words in enumerate(said, 1)]
    untrained = [stage for stage in wanted if not _minutes((stage,))]
    return "\n".join((*lines, *(("", f"Not trained yet: {', '.join(untrained)}.") if untrained else ()))).strip()


def _commands() -> str:
    train = [(stage, _minutes((stage,))) for stage in STAGES]
    lines = [f"train {stage} --minutes {minutes}" for stage, minutes in train if minutes]
    return "\n".join(f"python -m pipeline.pocket {line}" for line in (*lines, "evaluate", "card"))


def _words() -> str:
    return "\n".join(f"- {name}: {', '.join(words)}" for name, words in LEXICON.items())


def _unknown() -> str:
    near = "; ".join(f"{name}: {', '.join(words)}" for name, words in standard_words_unknown().items())
    never = ", ".join(name.value for name in STANDARD_VALUES if name.value not in LEXICON)
    return (
        f"Standard words that are drawn as something nearer or left out: {near}. Not drawn at all: {never}, and the "
        "colours of accessories and of what is held."
    )


def _worst(figures: Figures) -> str:
    for name, figure in figures.items():
        if name.startswith(_WORST):
            attribute = name.partition("(")[2].removesuffix(")")
            return f"What stills of one person get wrong most often: {attribute}, {figure_words(figure)}."
    return "Too few stills of one person were made to say which attribute they get wrong most often."


def _table(figures: Figures, wanted: tuple[str, ...]) -> str:
    rows = [f"| {name} | {figure_words(figure)} |" for name, figure in figures.items() if name.startswith(wanted)]
    return "\n".join(("| figure | value |", "|---|---|", *rows))


def write_cards(resources: Path, figures: Figures, settings: Settings, sheet: Path) -> None:
    """Write ``README.md`` into ``pocket/``, ``judge/`` and ``auditor/``.

    Args:
        resources: holds the three folders.
        figures: as ``evaluate`` returned them.
        settings: the sampling that they were measured with.
        sheet: the picture of the first 64 stills that ``evaluate`` made; copied beside the card.
    """
    shutil.copyfile(sheet, resources / "pocket" / "sheet.jpg")
    own = tuple(stage for stage in STAGES if stage not in ("judge", "auditor"))
    pocket = _POCKET.format(
        version=VERSION,
        width=world.WIDTH_PX,
        height=world.HEIGHT_PX,
        frames=world.CLIP_FRAMES,
        rate=world.CLIP_RATE,
        tokens=PROMPT_TOKENS,
        settings=len(world.SETTINGS),
        layouts=world.LAYOUTS,
        people=world.MAX_PEOPLE,
        clip_seconds=world.CLIP_FRAMES / world.CLIP_RATE,
        minutes=_minutes(own),
        commands=_commands(),
        runs=_runs(own),
        steps=settings.num_inference_steps,
        guidance=settings.guidance_scale,
        clip_steps=settings.clip_num_inference_steps,
        clip_guidance=settings.clip_guidance_scale,
        held=settings.clip_held_steps,
        words=_words(),
        unknown=_unknown(),
        worst=_worst(figures),
        figures=_table(figures, ("autoencoder", "stills", "clips", "seconds")),
    )
    judge = _JUDGE.format(
        version=VERSION,
        **{part: ", ".join(attributes).replace("accessory:", "") for part, attributes in ATTRIBUTES.items()},
        minutes=_minutes(("judge",)),
        runs=_runs(("judge",)),
        people=world.MAX_PEOPLE,
        figures=_table(figures, ("judge",)),
    )
    auditor = _AUDITOR.format(
        version=VERSION,
        minutes=_minutes(("auditor",)),
        runs=_runs(("auditor",)),
        figures=_table(figures, ("auditor",)),
    )
    (resources / "auditor" / "README.md").write_text(auditor, encoding="utf-8")
    (resources / "pocket" / "README.md").write_text(pocket, encoding="utf-8")
    (resources / "judge" / "README.md").write_text(judge, encoding="utf-8")
