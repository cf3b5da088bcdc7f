"""One film of the benchmark, short."""

from dataclasses import replace

import pytest

from pipeline.bench.films import BenchFilm, films


@pytest.fixture(scope="session")
def film() -> BenchFilm:
    """Its first five shots: each size, one person and two."""
    return replace(next(films(1, 1)), num_shots=5)
