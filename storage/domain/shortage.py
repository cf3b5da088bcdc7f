"""Says of a take that memory was short when it was made, from its recipe."""

from storage.domain.takes import Recipe


def shortage_words(recipe: Recipe) -> str:
    """ "made at 384×224: memory was short", or what else was given up; empty where there was memory enough."""
    if "asked_size_px" in recipe.extra:
        return f"made at {recipe.width_px}×{recipe.height_px}: memory was short"
    given_up = recipe.extra.get("stepped_down", ())
    return f"memory was short: {', '.join(given_up)}" if given_up else ""
