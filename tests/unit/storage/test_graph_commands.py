"""Adding, editing, merging, splitting and deleting: each a new revision, its cost said, taken back as it was."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.domain.decisions import next_undo
from storage.domain.digest import digest
from storage.domain.graph_split import Places
from storage.domain.graph_view import GraphView
from storage.domain.open_ends import Sort, open_ends
from storage.domain.scene_graph import Billing, Scope
from storage.domain.standing import State
from storage.domain.takes import Seam
from storage.domain.vocabulary import Attribute
from storage.domain.working_graph import fresh_label, fresh_number, kind_of
from storage.errors import WrongUse
from storage.graph_commands import GraphCommands
from storage.naming import find_item
from storage.verify import verify
from tests.unit.storage.conftest import Film

MARA, THEO, KITCHEN = "character:mara", "character:theo", "setting:kitchen"
EYES = "constraint:character:mara/eyes/@film"
THEOS_EYES = "constraint:character:theo/eyes/@film"


@pytest.fixture
def graphs(film) -> GraphCommands:
    return GraphCommands(film.project)


def graph_of(film):
    return film.project.graphs.view().graph


def stale(film, seam=Seam.KEYFRAME):
    state = film.state
    return {shot.label for shot in state.planned_shots if getattr(state.shot(shot.id), seam).stale}


def assert_whole(graph):
    """Nothing names what is not there."""
    for scene in graph.scenes.values():
        assert scene.setting_id is None or scene.setting_id in graph.settings
        assert {each.character_id for each in scene.presences} <= graph.characters.keys()
        assert set(scene.prop_ids) <= graph.props.keys()
    for shot in graph.shots.values():
        assert shot.scene_id in graph.scenes
        assert {each.character_id for each in (*shot.people, *shot.lines)} <= graph.characters.keys()
        assert shot.prop_id is None or shot.prop_id in graph.props
    entities = {*graph.characters, *graph.settings, *graph.props, *graph.scenes, *graph.shots}
    for item_id, constraint in graph.constraints.items():
        assert constraint.id == item_id and constraint.entity_id in entities
        assert constraint.scope.scene_id is None or constraint.scope.scene_id in graph.scenes
        assert constraint.scope.shot_id is None or constraint.scope.shot_id in graph.shots
    for scene in graph.scenes:
        orders = sorted(shot.order for shot in graph.shots.values() if shot.scene_id == scene)
        assert orders == list(range(len(orders)))


def values(graph, shot_id):
    return {constraint.key: constraint.value for constraint in GraphView(graph).constraints_in(shot_id)}


def test_a_merge_shows_the_kept_one_and_lists_what_is_dropped(film, graphs):
    film.approve_everything()
    edit = graphs.merge(MARA, THEO)
    assert edit.dropped == ("THEO: eyes was green; brown of MARA holds.",)
    cost = graphs.cost(edit)
    assert (cost.keyframes, cost.clips, cost.cut) == (("shot:1B",), ("shot:1B",), True)
    decision = graphs.make(edit)
    after = graph_of(film)
    assert decision.note == "merge THEO into MARA"
    assert after.characters[MARA].names == ("MARA", "THEO") and THEO not in after.characters
    assert [person.character_id for person in after.shots["shot:1B"].people] == [MARA]
    assert [each.character_id for each in after.scenes["scene:1"].presences] == [MARA]
    assert stale(film) == {"1B"}
    assert_whole(after)
    film.commands.undo()
    assert stale(film) == set() and film.state.cut().state is State.APPROVED
    film.commands.redo()
    assert graph_of(film) == after
    assert verify(film.project) == []


def test_two_in_one_shot_become_one_person(film, graphs):
    graphs.make(graphs.edit("shot:1A", "people", "Mara, Theo"))
    count = graphs.make(graphs.add_constraint("shot:1A", Attribute.PEOPLE, "2"))
    assert count.note == "1A: people: 2"
    graphs.make(graphs.merge(THEO, MARA))
    after = graph_of(film)
    assert [person.character_id for person in after.shots["shot:1A"].people] == [THEO]
    assert values(after, "shot:1A")["shot:1A/people/"] == "1"
    assert values(after, "shot:2A")[f"{THEO}/garment/coat"] == "blue"


def test_merged_settings_are_drawn_as_the_kept_one(film, graphs):
    made = graphs.add_setting("GALLEY")
    graphs.make(made)
    graphs.make(graphs.edit("scene:2", "setting", "galley"))
    assert values(graph_of(film), "shot:2A")["scene:2/setting/"] == "galley"
    graphs.make(graphs.merge(KITCHEN, made.made))
    after = graph_of(film)
    assert after.scenes["scene:2"].setting_id == KITCHEN
    assert values(after, "shot:2A")["scene:2/setting/"] == "kitchen"
    assert_whole(after)


def test_merged_scenes_hold_all_their_shots_under_the_kept_number(film, graphs):
    edit = graphs.merge("scene:1", "scene:2")
    graphs.make(edit)
    after = graph_of(film)
    assert [shot.label for shot in GraphView(after).shots] == ["1A", "1B", "2A"]
    assert values(after, "shot:1A")[f"{MARA}/garment/coat"] == "blue"
    assert_whole(after)


def test_merged_shots_last_as_long_as_both(film, graphs):
    graphs.make(graphs.merge("shot:1A", "shot:1B"))
    shot = graph_of(film).shots["shot:1A"]
    assert shot.duration_frames == 96
    assert [person.character_id for person in shot.people] == [MARA, THEO]
    with pytest.raises(WrongUse, match="follow one another"):
        graphs.merge("shot:1A", "shot:2A")


def test_what_is_of_two_kinds_cannot_be_one(graphs):
    for kept, gone in ((MARA, KITCHEN), (MARA, MARA), ("x", MARA), (EYES, THEOS_EYES)):
        with pytest.raises(WrongUse):
            graphs.merge(kept, gone)


def test_a_split_gives_the_chosen_scene_to_the_new_one(film, graphs):
    film.approve_everything()
    edit = graphs.split(MARA, "YOUNG MARA", Places(scene_ids=["scene:2"]))
    assert graphs.cost(edit).keyframes == ("shot:2A",)
    graphs.make(edit)
    after = graph_of(film)
    young = edit.made
    assert [person.character_id for person in after.shots["shot:2A"].people] == [young]
    said = values(after, "shot:2A")
    assert (said[f"{young}/eyes/"], said[f"{young}/garment/coat"]) == ("brown", "blue")
    assert values(after, "shot:1A")[f"{MARA}/garment/coat"] == "yellow"
    assert stale(film) == {"2A"}
    assert_whole(after)
    graphs.make(graphs.merge(MARA, young))
    assert values(graph_of(film), "shot:2A") == values(graphs.at(1), "shot:2A")
    assert stale(film) == set(), "what is one again is as it was drawn"


def test_a_split_setting_keeps_what_is_drawn(film, graphs):
    graphs.make(graphs.add_constraint(KITCHEN, Attribute.LIGHT_WARMTH, "warm"))
    edit = graphs.split(KITCHEN, "KITCHEN, YEARS AGO", Places(scene_ids=["scene:2"]))
    graphs.make(edit)
    said = values(graph_of(film), "shot:2A")
    assert said["scene:2/setting/"] == "kitchen" and said[f"{edit.made}/light warmth/"] == "warm"
    with pytest.raises(WrongUse, match="in no other"):
        graphs.split(KITCHEN, "X", Places(scene_ids=["scene:1"]))


def test_a_split_scene_and_a_split_shot_get_numbers_never_used(film, graphs):
    graphs.make(graphs.split_scene("shot:1B"))
    after = graph_of(film)
    scene = next(scene for scene in after.scenes.values() if scene.number == "1A")
    assert after.shots["shot:1B"].scene_id == scene.id
    assert values(after, "shot:1B")[f"{scene.id}/time of day/"] == "night"
    film.commands.undo()
    graphs.make(graphs.split_scene("shot:1B"))
    assert {scene.number for scene in graph_of(film).scenes.values()} == {"1", "1B", "2"}
    edit = graphs.split_shot("shot:1A", 12)
    graphs.make(edit)
    after = graph_of(film)
    assert (after.shots["shot:1A"].duration_frames, after.shots[edit.made].duration_frames) == (12, 36)
    assert after.shots[edit.made].label == "1C"
    assert_whole(after)
    with pytest.raises(WrongUse, match="no frame 12"):
        graphs.split_shot("shot:1A", 12)


def test_a_deleted_shots_takes_stay_and_count_again_after_undo(film, graphs):
    film.approve_everything()
    edit = graphs.delete("shot:1B")
    cost = graphs.cost(edit)
    assert (cost.keyframes, cost.clips, cost.gone, cost.cut) == ((), (), ("shot:1B",), True)
    graphs.make(edit)
    assert [shot.label for shot in film.state.planned_shots] == ["1A", "2A"]
    assert len(film.project.takes.everything("shot:1B")) == 2
    assert film.state.cut().stale
    added = graphs.add_shot("scene:1", people=[THEO])
    graphs.make(added)
    assert graph_of(film).shots[added.made].label == "1C"
    film.commands.undo()
    film.commands.undo()
    assert film.state.cut().state is State.APPROVED
    assert film.keyframe("shot:1B").state is State.APPROVED


def test_a_deleted_character_leaves_shots_and_constraints(film, graphs):
    edit = graphs.delete(THEO)
    assert "THEO is taken out of 1B." in edit.dropped
    graphs.make(edit)
    assert_whole(graph_of(film))
    assert graph_of(film).shots["shot:1B"].people == ()


def test_what_would_leave_nothing_is_refused(film, graphs):
    with pytest.raises(WrongUse, match="without a shot"):
        graphs.delete("shot:2A")
    graphs.make(graphs.delete("scene:2"))
    with pytest.raises(WrongUse, match="only scene"):
        graphs.delete("scene:1")
    with pytest.raises(WrongUse, match="no revision 9"):
        graphs.restore(9)
    with pytest.raises(WrongUse, match="as it was in revision 2"):
        graphs.restore(2)


def test_a_deleted_setting_leaves_its_scenes_without_one(film, graphs):
    edit = graphs.delete(KITCHEN)
    assert edit.dropped[0] == "sc 1, sc 2 have no setting."
    graphs.make(edit)
    assert_whole(graph_of(film))


def test_a_new_scene_has_a_shot_to_begin_with(film, graphs):
    film.approve_everything()
    edit = graphs.add_scene(KITCHEN, "dusk", after="scene:1")
    cost = graphs.cost(edit)
    assert len(cost.new) == 1 and cost.keyframes == ()
    assert cost.seconds == 2.0 + 3 * 16.0
    graphs.make(edit)
    after = graph_of(film)
    assert [scene.number for scene in GraphView(after).scenes] == ["1", "1A", "2"]
    assert after.scenes[edit.made].heading == "INT. KITCHEN - DUSK"
    assert stale(film) == set()
    graphs.make(graphs.add_scene(KITCHEN, "day"))
    assert [scene.number for scene in GraphView(graph_of(film)).scenes] == ["1", "1A", "2", "3"]


def test_a_new_character_is_placed_by_who_a_shot_shows(film, graphs):
    ida = graphs.add_character("IDA", Billing.BIT)
    graphs.make(ida)
    graphs.make(graphs.edit("shot:1B", "people", "THEO, ida"))
    after = graph_of(film)
    assert [each.character_id for each in after.scenes["scene:1"].presences] == [MARA, THEO, ida.made]
    with pytest.raises(WrongUse, match="ida already"):
        graphs.add_character(" ida ")


@pytest.mark.parametrize(
    ("item_id", "field", "value", "keyframes", "clips"),
    [
        (MARA, "name", "MARIA", set(), set()),
        ("scene:1", "heading", "INT. GALLEY - NIGHT", set(), set()),
        ("scene:1", "time", "dusk", {"1A", "1B"}, {"1A", "1B"}),
        (KITCHEN, "name", "GALLEY", {"1A", "1B", "2A"}, {"1A", "1B", "2A"}),
        ("shot:1A", "size", "wide shot", {"1A"}, {"1A"}),
        ("shot:1A", "action", "She waits.", set(), {"1A"}),
        ("shot:1A", "frames", "24", set(), {"1A"}),
        (EYES, "value", "green", {"1A", "2A"}, {"1A", "2A"}),
        (EYES, "scope", "scene:2", {"1A"}, {"1A"}),
        (EYES, "strength", "should", {"1A", "2A"}, {"1A", "2A"}),
    ],
)
def test_a_field_turns_stale_what_shows_it_and_the_cost_says_so(film, graphs, item_id, field, value, keyframes, clips):
    film.approve_everything()
    edit = graphs.edit(item_id, field, value)
    cost = graphs.cost(edit)
    labels = {shot.id: shot.label for shot in film.state.planned_shots}
    assert {labels[each] for each in cost.keyframes} == keyframes
    assert {labels[each] for each in cost.clips} == clips
    graphs.make(edit)
    assert stale(film) == keyframes
    assert stale(film, Seam.CLIP) | stale(film) == clips
    assert_whole(graph_of(film))
    film.commands.undo()
    assert film.state.cut().state is State.APPROVED


def test_an_insert_of_a_prop_is_drawn_again_when_the_prop_is_called_otherwise(film, graphs):
    lamp = graphs.add_prop("lamp")
    graphs.make(lamp)
    graphs.make(graphs.edit("shot:1B", "prop", "lamp"))
    film.approve_everything()
    graphs.make(graphs.edit(lamp.made, "name", "lantern"))
    assert stale(film) == {"1B"}


@pytest.mark.parametrize(
    ("item_id", "field", "value"),
    [
        (MARA, "colour", "red"),
        (MARA, "name", ""),
        (MARA, "name", "theo"),
        ("shot:1A", "size", "huge"),
        ("shot:1A", "frames", "-3"),
        ("shot:1A", "people", "NOBODY I KNOW"),
        ("shot:1A", "people", "kitchen"),
        ("scene:1", "time", "teatime"),
        ("scene:1", "setting", "MARA"),
        (EYES, "value", " "),
        (EYES, "scope", "MARA"),
        ("nothing", "name", "x"),
        ("shot:1A", "size", "close-up"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_sentence(film, graphs, item_id, field, value):
    with pytest.raises(WrongUse):
        graphs.edit(item_id, field, value)
    assert film.project.graphs.latest_revision == 1


def test_a_constraint_is_split_into_a_scene_and_merged_again(film, graphs):
    edit = graphs.split(EYES, "", Places(scene_ids=["scene:2"]))
    graphs.make(edit)
    assert graph_of(film).constraints[edit.made].scope == Scope(scene_id="scene:2")
    graphs.make(graphs.merge(EYES, edit.made))
    assert graph_of(film) == graphs.at(1)


def test_a_plan_made_for_another_revision_is_refused(film, graphs):
    edit = graphs.delete(THEO)
    film.commands.edit_constraint(EYES, "green")
    with pytest.raises(WrongUse, match="meanwhile"):
        graphs.make(edit)


def test_revisions_are_compared_in_sentences_and_restored(film, graphs):
    film.approve_everything()
    film.commands.edit_constraint(EYES, "green")
    graphs.make(graphs.delete("shot:1B"))
    graphs.make(graphs.edit(MARA, "name", "MARIA"))
    told = graphs.compare(1)
    assert told.sentences == ["MARA is called MARIA now.", "1B is gone.", "MARIA: eyes was brown, is green."]
    assert [change.subject for change in told.changes] == [MARA, "shot:1B", MARA]
    assert graphs.compare(2, 3).sentences == ["1B is gone."]
    edit = graphs.restore(1)
    assert graphs.cost(edit).new == ("shot:1B",)
    graphs.make(edit)
    assert graph_of(film) == graphs.at(1)
    assert film.state.cut().state is State.APPROVED
    film.commands.undo()
    assert graph_of(film) == graphs.at(4)
    assert verify(film.project) == []


def test_a_new_order_is_told_as_what_moved(film, graphs):
    from storage.shot_commands import ShotCommands

    ShotCommands(film.project).move(["shot:1B"], "scene:1", "shot:1A")
    assert graphs.compare(1).sentences == ["1B is at another place in its scene."]


def test_names_find_what_they_mean(film, graphs):
    view = film.project.graphs.view()
    assert find_item(view, "mara") == MARA
    assert find_item(view, "Kitchen") == KITCHEN
    assert find_item(view, "2") == find_item(view, "scene 2") == "scene:2"
    assert find_item(view, "1b") == find_item(view, "shot 1B") == "shot:1B"
    assert find_item(view, "MARA/eyes") == EYES
    with pytest.raises(WrongUse, match="Nothing is called"):
        find_item(view, "zzz")
    graphs.make(graphs.add_prop("mara"))
    with pytest.raises(WrongUse, match="is a character and prop"):
        find_item(film.project.graphs.view(), "mara")


def test_letters_go_on_where_they_were():
    assert fresh_label("2", {"2A", "2B"}) == "2C"
    assert fresh_label("2A", {"2A", "2B"}) == "2A-A"
    assert fresh_label("1", {f"1{letter}" for letter in "ABCDEFGHJKLMNPQRSTUVWXYZ"}) == "1AA"
    assert fresh_number("14A", {"14", "14A"}) == "14B"


def plans(graphs: GraphCommands, graph, draw):
    """One command on something of the graph; None where none fits."""

    def any_of(kind):
        items = sorted(getattr(graph, kind))
        return draw(st.sampled_from(items)) if items else "nothing"

    kind = draw(st.sampled_from(["characters", "settings", "props", "scenes", "shots", "constraints"]))
    verb = draw(st.sampled_from(["add", "edit", "merge", "split", "delete", "restore"]))
    if verb == "add":
        return {
            "characters": lambda: graphs.add_character(draw(st.sampled_from(["IDA", "BO", "MARA"]))),
            "settings": lambda: graphs.add_setting(draw(st.sampled_from(["PIER", "HALL"]))),
            "props": lambda: graphs.add_prop(draw(st.sampled_from(["lamp", "letter"]))),
            "scenes": lambda: graphs.add_scene(any_of("settings"), "dusk", after=any_of("scenes")),
            "shots": lambda: graphs.add_shot(any_of("scenes"), people=[any_of("characters")]),
            "constraints": lambda: graphs.add_constraint(any_of("characters"), Attribute.EYES, "grey"),
        }[kind]
    if verb == "edit":
        field, value = draw(
            st.sampled_from(
                [
                    *(("name", "VERA"), ("time", "dawn"), ("size", "insert"), ("people", "MARA"), ("frames", "30")),
                    *(
                        ("value", "amber"),
                        ("scope", "film"),
                        ("scope", "scene:1"),
                        ("prop", "lamp"),
                        ("setting", "PIER"),
                    ),
                ]
            )
        )
        return lambda: graphs.edit(any_of(kind), field, value)
    if verb == "merge":
        return lambda: graphs.merge(any_of(kind), any_of(kind))
    if verb == "delete":
        return lambda: graphs.delete(any_of(kind))
    if verb == "restore":
        return lambda: graphs.restore(draw(st.integers(1, 4)))
    if kind == "scenes":
        return lambda: graphs.split_scene(any_of("shots"))
    if kind == "shots":
        return lambda: graphs.split_shot(any_of("shots"), 20)
    return lambda: graphs.split(any_of(kind), "OTHER", Places(scene_ids=[any_of("scenes")]))


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_any_commands_undone_leave_the_first_graph(data):
    with tempfile.TemporaryDirectory() as folder:
        film = Film(Path(folder) / "Film.matchcut")
        graphs = GraphCommands(film.project)
        first = digest(graph_of(film))
        made = 0
        for _ in range(data.draw(st.integers(1, 8))):
            try:
                edit = plans(graphs, graph_of(film), data.draw)()
                graphs.cost(edit)
                graphs.make(edit)
            except WrongUse:
                continue
            made += 1
            assert_whole(graph_of(film))
        last = digest(graph_of(film))
        assert len(film.project.ledger.everything()) == made
        for _ in range(made):
            film.commands.undo()
        assert digest(graph_of(film)) == first
        assert not next_undo(film.project.ledger.everything(), "director")
        for _ in range(made):
            film.commands.redo()
        assert digest(graph_of(film)) == last
        assert verify(film.project) == []
        film.project.close()


def test_what_is_open_is_listed_with_a_way_to_each(film, graphs):
    def told():
        return [(each.sort, each.subject, each.sentence) for each in open_ends(film.project.graphs.view())]

    assert (Sort.PROPOSED, THEO, "THEO: eyes green is proposed.") in told()
    film.commands.settle([THEOS_EYES])
    assert all(sort is not Sort.PROPOSED for sort, *_ in told())
    graphs.make(graphs.add_constraint(MARA, Attribute.EYES, "green"))
    (contradiction,) = [each for each in open_ends(film.project.graphs.view()) if each.sort is Sort.CONTRADICTION]
    assert values(graph_of(film), "shot:1A")[f"{MARA}/eyes/"] == "brown"
    assert contradiction.sentence == "MARA: eyes is green (by the director) and brown (line 2); brown holds for now."
    graphs.make(graphs.merge(*contradiction.constraint_ids))
    assert all(sort is not Sort.CONTRADICTION for sort, *_ in told())
    graphs.make(graphs.add_character("IDA"))
    graphs.make(graphs.edit("shot:1B", "size", "insert"))
    graphs.make(graphs.delete(KITCHEN))
    sentences = {sentence for *_, sentence in told()}
    assert {"IDA is in no shot.", "1B is an insert of nothing.", "Scene 1 has no setting."} <= sentences
    everything = film.project.graphs.view().graph
    assert all(kind_of(everything, subject) for _, subject, _ in told())
