"""The verbs that make and withdraw looks."""

from storage.database import write
from storage.domain.decisions import Decision, Verb
from storage.domain.digest import plain
from storage.domain.findings import Region
from storage.domain.looks import WHOLE_FRAME, Look, LookId, standing_looks
from storage.domain.scene_graph import CharacterId, SceneGraph, SettingId
from storage.domain.takes import MediaDigest, Seam, Take, TakeId
from storage.domain.told import Told
from storage.edit_cost import EditCost, cost_of_looks
from storage.errors import WrongUse
from storage.film_state import FilmState
from storage.project import Project


class LookCommands:
    """Verbs on the looks of one project.

    Args:
        author: who decides: "director", "director:" and a name, or "policy:" and its name.
    """

    def __init__(self, project: Project, author: str) -> None:
        self._project = project
        self._author = author

    def promote(
        self, take_id: TakeId, entity_id: str, picture: bytes, *, region: Region, frame_index: int = 0
    ) -> Decision:
        """Keep a crop of a circled take as a look of a character or setting.

        Args:
            picture: the crop, as PNG.
            region: where in the frame it was cropped.
            frame_index: of the take, from 0.

        Raises:
            WrongUse: the take is not circled, the entity is no character or setting of the film, or this
                region of this frame is a look of it already.
        """
        project = self._project
        name = entity_name(project.graphs.view().graph, entity_id)
        take = self._approved(take_id)
        media = project.media.put(picture, ".png")
        return self._keep(f"promote {name}", entity_id, media, take=take, region=region, frame_index=frame_index)

    def import_picture(self, entity_id: str, picture: bytes) -> Decision:
        """Keep a picture from elsewhere as a look of a character or setting.

        Args:
            picture: as `pictures.read_picture` gives it.

        Raises:
            WrongUse: the entity is no character or setting of the film, or the picture is a look of it already.
        """
        name = entity_name(self._project.graphs.view().graph, entity_id)
        return self._keep(f"import {name}", entity_id, self._project.media.put(picture, ".png"))

    def cost_of_keeping(self, entity_id: str, take_id: TakeId | None = None) -> EditCost:
        """What another look of a character or setting would turn stale; changes nothing.

        Args:
            take_id: of the take that it is to be cropped from; None for a picture that is imported.

        Raises:
            WrongUse: the take is not circled, or the entity is no character or setting of the film.
        """
        entity_name(self._project.graphs.view().graph, entity_id)
        if take_id is not None:
            self._approved(take_id)
        look = Look(
            id=LookId(0),
            entity_id=entity_id,
            number=self._project.looks.next_number(entity_id),
            media=MediaDigest(""),
            take_id=take_id,
            frame_index=0,
            region=WHOLE_FRAME,
            decision_seq=0,
            created_at="",
        )
        return cost_of_looks(self._project, entity_id, lambda looks: (*looks, look))

    def cost_of_withdrawing(self, look_id: LookId) -> EditCost:
        """What withdrawing one look would turn stale; changes nothing."""
        whose = next((look.entity_id for look in self._project.looks.everything() if look.id == look_id), "")
        return cost_of_looks(self._project, whose, lambda looks: [look for look in looks if look.id != look_id])

    def _approved(self, take_id: TakeId) -> Take:
        project = self._project
        try:
            take = project.takes.get(take_id)
        except KeyError:
            raise WrongUse(
                Told("There is no take {take_id}.", take_id=take_id), "Name one that `matchcut status` lists."
            ) from None
        standing = FilmState(project, only=take.shot_id).standing_at(take.seam, take.shot_id)
        if standing is None or standing.circled != take:
            raise WrongUse(
                Told("Take {number} is not approved, so it is no look.", number=take.number),
                "Approve it, then promote it.",
            )
        return take

    def give(self, look: Look, entity_id: str, together: int) -> Decision:
        """Let a look be one of another character or setting too, which the first has become part of.

        Args:
            together: marks what is one act with it; see `Decision.details`.
        """
        take = self._project.takes.get(look.take_id) if look.take_id is not None else None
        name = entity_name(self._project.graphs.view().graph, entity_id)
        return self._keep(
            f"promote {name}",
            entity_id,
            look.media,
            take=take,
            region=look.region,
            frame_index=look.frame_index,
            together=together,
        )

    def _keep(
        self,
        label: str,
        entity_id: str,
        media: MediaDigest,
        *,
        take: Take | None = None,
        region: Region = WHOLE_FRAME,
        frame_index: int = 0,
        together: int | None = None,
    ) -> Decision:
        project = self._project
        with write(project.db):
            for look in standing_looks(project.looks.everything(), project.ledger.everything()):
                if (look.entity_id, look.media) == (entity_id, media):
                    name = entity_name(project.graphs.view().graph, entity_id)
                    raise WrongUse(
                        Told("This is {name}, look {number} already.", name=name, number=look.number),
                        "Nothing was changed.",
                    )
            number = project.looks.next_number(entity_id)
            decision = project.ledger.append(
                Verb.PROMOTE,
                take.seam if take else Seam.SCRIPT,
                author=self._author,
                graph_revision=project.graphs.latest_revision,
                shot_id=take.shot_id if take else None,
                take_id=take.id if take else None,
                note=f"{label}, look {number}",
                key=entity_id,
                details={"number": number, "media": media, "frame_index": frame_index, "region": plain(region)}
                | ({} if together is None else {"together": together}),
            )
            project.looks.add(
                entity_id,
                number,
                media,
                take_id=take.id if take else None,
                frame_index=frame_index,
                region=region,
                decision_seq=decision.seq,
            )
        return decision

    def withdraw(self, look_id: LookId) -> Decision:
        """Take one look back, whatever was decided since, as a new entry of the ledger. Its picture is kept.

        Raises:
            WrongUse: there is no such look, or it is withdrawn already.
        """
        project = self._project
        with write(project.db):
            decisions = project.ledger.everything()
            standing = standing_looks(project.looks.everything(), decisions)
            look = next((look for look in standing if look.id == look_id), None)
            if look is None:
                raise WrongUse("That look is withdrawn already.", "Nothing was changed.")
            made = decisions[look.decision_seq - 1]
            return project.ledger.append(
                Verb.UNDO,
                made.seam,
                author=self._author,
                graph_revision=project.graphs.latest_revision,
                shot_id=made.shot_id,
                take_id=made.take_id,
                undoes=made.seq,
                note=f"withdraw {made.note.partition(' ')[2]}",
                details={"act": True},
            )


def entity_name(graph: SceneGraph, entity_id: str) -> str:
    """A character's or setting's name.

    Raises:
        WrongUse: the film has no such character or setting.
    """
    character = graph.characters.get(CharacterId(entity_id))
    setting = graph.settings.get(SettingId(entity_id))
    if character is None and setting is None:
        raise WrongUse(
            Told("There is no {entity_id}.", entity_id=entity_id), "Name a character or setting of the film."
        )
    return (character.name if character else setting.name if setting else "").title()
