"""Screenplays for films of the tests: of a feature's length, with a line for each claim; and as Final Draft."""

from xml.sax.saxutils import escape

from storage.domain.scene_graph import SceneGraph

FEATURE_SHOTS = 1_520


def feature_script(graph: SceneGraph) -> bytes:
    """A Fountain screenplay whose lines say what the claims of `desktop.bench.big_graph` rest on."""
    last = max(scene.last_line for scene in graph.scenes.values()) + 2
    lines = [""] * (last + 1)
    for number in range(2, last, 2):
        lines[number] = "The tide turns. Nobody at the window says what the clock in the office should have said."
    for number in range(7, last, 15):
        lines[number - 2 : number + 2] = ["", "OLD JONAS", "The clock stopped at low water.", ""]
    for scene in graph.scenes.values():
        lines[scene.first_line - 2 : scene.first_line + 1] = ["", scene.heading, ""]
    return "\n".join(lines).encode()


def final_draft(fountain: str) -> bytes:
    """The same lines as Final Draft paragraphs, blank ones too, so that lines are numbered alike."""
    paragraphs: list[str] = []
    speaks = False
    for line in fountain.split("\n"):
        style = "Action"
        if line.startswith(("INT.", "EXT.")):
            style = "Scene Heading"
        elif speaks and line:
            style = "Dialogue"
        elif line.isupper():
            style, speaks = "Character", True
        if not line:
            speaks = False
        paragraphs.append(f'<Paragraph Type="{style}"><Text>{escape(line)}</Text></Paragraph>')
    content = "".join(paragraphs)
    return f'<?xml version="1.0" encoding="UTF-8"?><FinalDraft><Content>{content}</Content></FinalDraft>'.encode()
