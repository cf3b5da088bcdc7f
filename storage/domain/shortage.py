"""Says of a take that memory was short when it was made, from its recipe."""

from storage.domain.takes import Recipe
from storage.domain.told import Told


def shortage_words(recipe: Recipe) -> Told:
    """ "made at 384×224: memory was short", or what else was given up; empty where there was memory enough."""
    if "asked_size_px" in recipe.extra:
        size = f"{recipe.width_px}×{recipe.height_px}"
        return Told("made at {size}: memory was short", size=size)
    given_up = recipe.extra.get("stepped_down", ())
    return Told("memory was short: {what}", what=", ".join(given_up)) if given_up else Told("")
