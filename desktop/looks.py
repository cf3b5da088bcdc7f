"""The colours of the desk, look by look: dark, a neutral grey to judge colour in, light."""

from enum import StrEnum


class Look(StrEnum):
    """A set of colours for the whole desk."""

    DARK = "dark"
    GREY = "grey"
    LIGHT = "light"


_NAMES = (
    "ground", "panel", "raised", "stage", "line", "text", "soft", "faint", "selected", "focus",
    "surround", "surround_text",
    "amber", "red", "green", "blue", "violet", "undecided", "queued", "note",
    "hover", "pressed", "checked", "disabled", "dim", "selection", "chip", "handle", "handle_hover",
    "go", "go_hover", "go_text", "call", "call_hover", "call_text",
)  # fmt: skip
_DARK = (
    "#1b1b1d", "#222224", "#2b2b2e", "#131314", "#343438", "#e4e4e6", "#a0a0a6", "#83838b", "#34343a", "#8a8a93",
    "#131314", "#a0a0a6",
    "#e0ac3f", "#ea6350", "#62a072", "#5b8fd6", "#a487cf", "#3b3b40", "#55555c", "#5cc0ba",
    "#36363b", "#404046", "#3d3d44", "#252528", "#55555b", "#4a4a52", "#46464d", "#47474d", "#5a5a61",
    "#2d4a37", "#365a43", "#d6f0dc", "#46381a", "#54431f", "#f0c463",
)  # fmt: skip
# Greys without any tint, and around the picture the one of which half the light comes back to the eye.
_GREY = (
    "#3e3e3e", "#464646", "#525252", "#383838", "#626262", "#f4f4f4", "#d2d2d2", "#b8b8b8", "#585858", "#b4b4b4",
    "#777777", "#0c0c0c",
    "#f0bd4f", "#ff9e8f", "#7ecb93", "#97bdf2", "#c8b0ee", "#5c5c5c", "#848484", "#8adcd6",
    "#5c5c5c", "#666666", "#646464", "#484848", "#7c7c7c", "#6c6c6c", "#666666", "#707070", "#868686",
    "#3a5a45", "#446a51", "#e2f7e7", "#5a4a24", "#6a572b", "#ffd988",
)  # fmt: skip
_LIGHT = (
    "#e4e4e6", "#f2f2f3", "#d3d3d9", "#fbfbfc", "#c2c2c8", "#1b1b1d", "#4a4a51", "#64646c", "#cdcdd5", "#5d5d66",
    "#d0d0d3", "#3c3c42",
    "#865600", "#b92c1a", "#2a7040", "#2459a8", "#6d47a6", "#c6c6cc", "#8a8a92", "#0e6b65",
    "#c8c8cf", "#bbbbc3", "#c0c0c8", "#e2e2e5", "#9a9aa2", "#b4c8e8", "#cfcfd7", "#b2b2b9", "#98989f",
    "#2f7a48", "#276a3e", "#ffffff", "#f3dca6", "#ecd08c", "#553700",
)  # fmt: skip
LOOKS: dict[Look, dict[str, str]] = {
    look: dict(zip(_NAMES, colours, strict=True))
    for look, colours in ((Look.DARK, _DARK), (Look.GREY, _GREY), (Look.LIGHT, _LIGHT))
}
