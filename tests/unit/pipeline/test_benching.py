"""The benchmark's parts are processes of their own: what they leave behind and what they say."""

import json
import subprocess
from pathlib import Path

import pytest

from pipeline.cli import benching
from storage.errors import KnownError

EFFORT = benching.Effort(sizes=(1,), tries=1, seconds=0.1)


def answer(monkeypatch: pytest.MonkeyPatch, **said: str) -> list[str]:
    """Each part says this and ends well; a part that says nothing ends badly."""
    ended: list[str] = []

    def run(command, **_how):
        what = command[3]
        ended.append(what)
        return subprocess.CompletedProcess(command, 0 if what in said else 1, stdout=said.get(what, ""), stderr="no")

    monkeypatch.setattr(subprocess, "run", run)
    return ended


def test_when_the_worker_fails_the_bare_program_has_ended_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    bare = json.dumps({"heartbeat": {}})
    ended = answer(monkeypatch, bare=bare, desk="{}", film="{}")

    def popen(*_args, **_more):
        raise AssertionError("a process that nobody waits for")

    monkeypatch.setattr(subprocess, "Popen", popen)
    with pytest.raises(KnownError, match="“worker” failed"):
        benching.bench_desk(EFFORT, checkpoint="artist", folder=tmp_path, with_raven=False)
    assert ended.count("bare") == 2 and ended.count("worker") == 1


def test_what_is_no_figure_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    answer(monkeypatch, bare="a library that prints")
    with pytest.raises(KnownError, match="“bare” answered what is no figure: a library that prints"):
        benching.bench_desk(EFFORT, checkpoint="artist", folder=tmp_path, with_raven=False)
