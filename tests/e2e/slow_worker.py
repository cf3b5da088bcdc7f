"""A real worker whose artist takes its time, so that a test can kill it in the middle of a job. Run as a program."""

from dataclasses import replace

from pipeline import opening
from pipeline.renderers.artist_renderer import ArtistRenderer
from pipeline.worker import main

genuine = opening.open_crew


def open_slow_crew(checkpoint: str, own_judges: tuple[str, ...] = ()) -> opening.Crew:
    return replace(genuine(checkpoint, own_judges), renderer=ArtistRenderer(step_s=0.5, steps=6))


if __name__ == "__main__":
    opening.open_crew = open_slow_crew
    main()
