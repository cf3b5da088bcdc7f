"""Writes the cards of the pocket checkpoint and the judge from what ``evaluate`` measured."""

import shutil
from pathlib import Path

from pipeline.pocket import world
from pipeline.pocket.evaluate import Figures, figure_words
from pipeline.pocket.lexicon import LEXICON, standard_words_unknown
from pipeline.pocket.manifest import Settings

_POCKET = """\
---
license: apache-2.0
library_name: diffusers
pipeline_tag: text-to-image
---

# Pocket, version 1

Small diffusion checkpoints that draw {width} x {height} film frames and {frames}-frame clips in one flat, painted
style, on two processor cores, with no download. They ship with Matchcut so that the desk, the worker and the critic
can be tried and tested anywhere. They know the words below and no others; `pipeline.pocket.lexicon.nearest` says any
other description in these words and reports what it changed.

| part | what it is |
|---|---|
| `vae/` | AutoencoderTiny, 16 x 16 pixels to a latent, 4 channels of unit variance (`scaling_factor` 1) |
| `text_encoder/`, `tokenizer/` | CLIP text model of two layers, byte-pair tokenizer, {tokens} tokens |
| `unet/` | UNet2DConditionModel, 18 M weights, v-prediction, squared-cosine noise |
| `motion_adapter/` | MotionAdapter for AnimateDiff pipelines |
| `sparsectrl/` | SparseControlNetModel that holds a clip to its keyframe; condition at every frame |
| `matchcut.json` | sizes, steps, guidance and the lexicon |

Weights are float16 safetensors; the text encoder is float32.

## Trained on

Frames that Matchcut's own procedural artist (`pipeline/pocket/artist.py`) drew from random descriptions, with the
descriptions' prompts as captions; no other data and no other weights. Trained from random initial weights on two
shared CPU cores, {minutes}. That is little: see the limits.

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

Standard words that are drawn as their nearest neighbour: {unknown}. Angles, weather, light keys, warmths and
directions, ages, builds, held props, inserts and colours of accessories are not drawn; three and more people are
not drawn.

## Measured

`python -m pipeline.pocket evaluate --stills 200 --clips 8` prints these. Stills and clips are from held-out
descriptions; attributes of stills are read by the judge (`resources/judge`), whose own errors are in its card. Seconds
are on two shared cores; the command was run beside other work.

{figures}

The first 64 of these stills, as they came ([their prompts are made from the seeds](../../pipeline/pocket/evaluate.py)):

![64 stills](sheet.jpg)

## Limits

{limits}

Licence: Apache-2.0.
"""

_JUDGE = """\
---
license: apache-2.0
---

# Judge, version 1

Small networks that read the typed attributes of a pocket frame: people, setting, time of day, shot size, and for each
head eyes, hair, skin, garment and accessories, with a probability for every value. Opened by `critic.judge.Judge`.

Trained from random initial weights on frames that the procedural artist drew, {share} of them passed through pocket's
autoencoder with disturbed latents, with blur, noise and small colour changes. {minutes}. No other data.

Train again: `python -m pipeline.pocket train judge --minutes 26`

## Measured

`python -m pipeline.pocket evaluate` prints these: accuracy on held-out drawn frames, and on the same frames after
pocket's autoencoder. "Eyes" counts "unseen" as a value; "eyes in a close-up" counts open eyes only.

{figures}

## Limits

It knows the artist's world only: on photographs or other styles its answers mean nothing, and its probabilities are
calibrated on nothing but drawn frames. Two people at most.

Licence: Apache-2.0.
"""

_LIMITS = """\
- The denoiser saw about 140,000 samples of some 22,000 drawn frames. What it misses most is the style of hair and the
  kind of garment; in wide shots little of a person can be told.
- Faces are crude, edges soft, and both eyes of a face can differ.
- One style, {settings} settings, one layout for each shot size.
- Clips keep the place and the look of their keyframe; heads and eyes move a little, camera moves are not followed.
  Change and optical flow count the unrest of the picture too. The figures for clips are from eight clips, two of them
  pans."""

_RUNS = """\
1. Text encoder and denoiser together from nothing, 47 minutes: setting, time of day, size and number of people came
   out right; what was said of a person was near chance.
2. The text encoder alone first, asked for each word of each person (5 minutes; 99 % of captions answered without an
   error). Then the denoiser of run 1 for 70 minutes more, naming people's attributes in every cell as it learns, heads
   and eyes weighted 3 and 6, new frames all the time: after 10 minutes hair, coat and eyes followed the words. The
   motion module from nothing, its first third on pairs of single frames. The judge for 10 minutes more. The figures
   below are of this run."""

_COMMANDS = """\
python -m pipeline.pocket train autoencoder --minutes 43
python -m pipeline.pocket train judge --minutes 26
python -m pipeline.pocket train text-encoder --minutes 5
python -m pipeline.pocket train denoiser --minutes 115
python -m pipeline.pocket train motion --minutes 24
python -m pipeline.pocket evaluate --stills 200 --clips 8
python -m pipeline.pocket card"""


def _table(figures: Figures, wanted: tuple[str, ...]) -> str:
    rows = [f"| {name} | {figure_words(figure)} |" for name, figure in figures.items() if name.startswith(wanted)]
    return "\n".join(("| figure | value |", "|---|---|", *rows))


def write_cards(resources: Path, figures: Figures, settings: Settings, sheet: Path) -> None:
    """Write ``README.md`` into ``pocket/`` and ``judge/``.

    Args:
        resources: holds the two folders.
        figures: as ``evaluate`` returned them.
        settings: the sampling that they were measured with.
        sheet: the picture of the first 64 stills that ``evaluate`` made; copied beside the card.
    """
    shutil.copyfile(sheet, resources / "pocket" / "sheet.jpg")
    unknown = "; ".join(f"{name}: {', '.join(words)}" for name, words in standard_words_unknown().items())
    pocket = _POCKET.format(
        width=world.WIDTH_PX,
        height=world.HEIGHT_PX,
        frames=world.CLIP_FRAMES,
        tokens=77,
        minutes="about three and a half hours in all",
        commands=_COMMANDS,
        runs=_RUNS,
        steps=settings.num_inference_steps,
        guidance=settings.guidance_scale,
        clip_steps=settings.clip_num_inference_steps,
        clip_guidance=settings.clip_guidance_scale,
        held=settings.clip_held_steps,
        words="\n".join(f"- {name}: {', '.join(words)}" for name, words in LEXICON.items()),
        unknown=unknown,
        figures=_table(figures, ("autoencoder", "stills", "clips", "seconds")),
        limits=_LIMITS.format(settings=len(world.SETTINGS)),
    )
    judge = _JUDGE.format(
        share="two in five", minutes="26 minutes on two shared cores", figures=_table(figures, ("judge",))
    )
    (resources / "pocket" / "README.md").write_text(pocket, encoding="utf-8")
    (resources / "judge" / "README.md").write_text(judge, encoding="utf-8")
