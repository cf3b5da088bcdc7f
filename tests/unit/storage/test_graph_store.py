"""Revisions that share most of their items: saved in proportion to what changed, digested whole."""

from dataclasses import replace

import storage.graph_store
from storage.domain.digest import digest
from storage.verify import verify


def test_a_revision_has_the_digest_of_its_whole_graph(film):
    graphs = film.project.graphs
    film.commands.edit_constraint("constraint:character:mara/eyes/@film", 'grüne "Augen"')
    film.commands.edit_shot("shot:1A", size="wide shot")
    graph = graphs.view().graph
    graphs.save(replace(graph, title="Die Gezeitenuhr", props={}, constraints={}), label="less", author="director")
    film.commands.undo()
    for number, kept, *_ in graphs.revisions():
        assert digest(graphs.load(number)) == kept
    assert verify(film.project) == []


def test_an_edit_spells_out_only_what_changed(film, monkeypatch):
    film.reopen()
    film.project.graphs.view()
    genuine, spelled = storage.graph_store.canonical_json, []

    def spell(value):
        spelled.append(value)
        return genuine(value)

    monkeypatch.setattr(storage.graph_store, "canonical_json", spell)
    film.commands.edit_constraint("constraint:character:mara/eyes/@film", "green")
    assert [getattr(item, "value", item) for item in spelled] == ["The Tide Clock", "green"]


def test_what_was_rolled_back_is_not_taken_for_what_is_held(film):
    graphs = film.project.graphs
    before = graphs.view().graph
    try:
        with storage.graph_store.write(film.project.db):
            graphs.save(replace(before, title="Another"), label="never", author="director")
            graphs.view()
            raise KeyError
    except KeyError:
        pass
    film.commands.edit_shot("shot:1A", size="wide shot")
    assert graphs.view().graph.title == before.title
    assert verify(film.project) == []
