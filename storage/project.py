"""A film on disk: opens the folder and holds the stores that share its database."""

import json
import re
import secrets
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path

from sqlite_utils import Database

from storage.database import open_database, write
from storage.domain.takes import MediaDigest
from storage.domain.told import Told
from storage.errors import WrongUse
from storage.graph_store import GraphStore
from storage.job_store import JobStore
from storage.ledger import Ledger
from storage.look_store import LookStore
from storage.media import MediaStore, now
from storage.take_store import TakeStore

DATABASE = "project.db"
SUFFIX = ".matchcut"
_LONGEST_CURRENCY = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """What is set for a whole film.

    Attributes:
        seed: every other seed derives from it.
        frame_rate: of the cut, frames a second.
        more_attempts: how often the critic may send a take back before the director gets it.
        checkpoint: folder of the image checkpoint; empty for pocket.
        checkpoint_digest: of its weights, once a worker has opened it.
        takes_references: whether it is given looks to go by, so that its keyframes rest on them.
        scene_numbers: only these scenes are produced; empty for all.
        max_shots: at most so many shots are produced; None for all.
        price_per_call: what drawing one keyframe or clip costs, a decimal number as text; "0" for nothing.
        currency: of the price ("EUR").
        own_judges: folders of the user's own image-text or visual question models.
        screenplay: medium of the draft of the script that the scene graph rests on now.
    """

    title: str
    seed: int
    frame_rate: Fraction
    more_attempts: int
    checkpoint: str
    checkpoint_digest: str
    takes_references: bool
    scene_numbers: tuple[str, ...]
    max_shots: int | None
    price_per_call: str
    currency: str
    own_judges: tuple[str, ...]
    screenplay: MediaDigest
    screenplay_name: str
    created_at: str


class Project:
    """One open film.

    Args:
        folder: `Film.matchcut/`.
        db: its open database.
    """

    def __init__(self, folder: Path, db: Database) -> None:
        self.folder = folder
        self.db = db
        self.media = MediaStore(folder / "media", db)
        self.graphs = GraphStore(db)
        self.ledger = Ledger(db)
        self.takes = TakeStore(db)
        self.jobs = JobStore(db)
        self.looks = LookStore(db)

    @classmethod
    def create(
        cls,
        folder: Path,
        *,
        title: str,
        screenplay: bytes,
        screenplay_name: str,
        seed: int | None = None,
        frame_rate: Fraction = Fraction(24),
        more_attempts: int = 3,
        checkpoint: str = "",
    ) -> "Project":
        """Make a new film. The folder must not exist; it is there whole or not at all.

        Raises:
            WrongUse: the folder exists, has another suffix, or cannot be written.
        """
        if folder.suffix != SUFFIX:
            raise WrongUse(
                Told("{name} does not end in {SUFFIX}.", name=folder.name, SUFFIX=SUFFIX),
                Told("Name it {name}{SUFFIX}.", name=folder.name, SUFFIX=SUFFIX),
            )
        if folder.exists():
            raise WrongUse(Told("{folder} exists already.", folder=folder), "Choose another name, or open it.")
        temporary = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}")
        try:
            temporary.mkdir(parents=True)
        except OSError as error:
            raise WrongUse(
                Told("{parent} may not be written to.", parent=folder.parent), "Choose another place."
            ) from error
        project = cls(temporary, open_database(temporary / DATABASE))
        with write(project.db):
            script = project.media.put(screenplay, Path(screenplay_name).suffix.lower())
            project.db.conn.execute(
                "INSERT INTO film (id, title, seed, frame_rate, more_attempts, checkpoint, screenplay,"
                " screenplay_name, created_at) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    title, secrets.randbelow(2**31) if seed is None else seed, str(frame_rate), more_attempts,
                    checkpoint, script, screenplay_name, now(),
                ),
            )  # fmt: skip
        project.close()
        temporary.rename(folder)
        return cls.open(folder)

    @classmethod
    def open(cls, folder: Path) -> "Project":
        """Open a film.

        Raises:
            WrongUse: there is none, it is damaged, or a newer Matchcut wrote it.
        """
        if not folder.is_dir():
            raise WrongUse(
                Told("There is no film at {folder}.", folder=folder),
                "Make one with: matchcut new FILM.matchcut SCRIPT.",
            )
        if not (folder / DATABASE).is_file():
            raise WrongUse(
                Told("{name} is not a Matchcut film.", name=folder.name), "Choose a folder that ends in .matchcut."
            )
        return cls(folder, open_database(folder / DATABASE))

    def close(self) -> None:
        self.db.close()

    @property
    def film(self) -> Film:
        """What is set for the film, read anew.

        Raises:
            WrongUse: the database holds no film.
        """
        row = self.db.conn.execute(
            "SELECT title, seed, frame_rate, more_attempts, checkpoint, checkpoint_digest, scene_numbers, max_shots,"
            " coalesce(latest.screenplay, film.screenplay), coalesce(latest.screenplay_name, film.screenplay_name),"
            " film.created_at, price_per_call, currency, own_judges, takes_references"
            " FROM film LEFT JOIN revisions AS latest ON latest.number = (SELECT max(number) FROM revisions)"
        ).fetchone()
        if row is None:
            raise WrongUse(
                Told("{name} holds no film.", name=self.folder.name), "Restore a backup, or make the film anew."
            )
        return Film(
            title=row[0],
            seed=row[1],
            frame_rate=Fraction(row[2]),
            more_attempts=row[3],
            checkpoint=row[4],
            checkpoint_digest=row[5],
            scene_numbers=tuple(json.loads(row[6])),
            max_shots=row[7],
            screenplay=MediaDigest(row[8]),
            screenplay_name=row[9],
            created_at=row[10],
            price_per_call=row[11],
            currency=row[12],
            own_judges=tuple(json.loads(row[13])),
            takes_references=bool(row[14]),
        )

    def set_checkpoint_digest(self, value: str, *, takes_references: bool = False) -> None:
        """Say which weights the film's checkpoint has, and whether it is given looks to go by."""
        with write(self.db):
            self.db.conn.execute(
                "UPDATE film SET checkpoint_digest = ?, takes_references = ?"
                " WHERE checkpoint_digest <> ? OR takes_references <> ?",
                (value, takes_references) * 2,
            )

    def set_checkpoint(self, folder: str) -> None:
        """Name the folder of the image checkpoint; empty for pocket. Its takes turn stale by digest."""
        with write(self.db):
            self.db.conn.execute("UPDATE film SET checkpoint = ?", (folder,))

    def set_attempts(self, more_attempts: int) -> None:
        """Say how often the critic may send a take back.

        Raises:
            WrongUse: fewer than none.
        """
        if more_attempts < 0:
            raise WrongUse(
                Told("{more_attempts} is no number of attempts.", more_attempts=more_attempts), "Write 0 or more."
            )
        with write(self.db):
            self.db.conn.execute("UPDATE film SET more_attempts = ?", (more_attempts,))

    def set_own_judges(self, folders: tuple[str, ...]) -> None:
        """Name the folders of the user's own models that judge pictures too; empty for none."""
        with write(self.db):
            self.db.conn.execute("UPDATE film SET own_judges = ?", (json.dumps(folders),))

    def set_seed(self, seed: int) -> None:
        """Set the film's seed.

        Raises:
            WrongUse: a scene graph was drafted with the old one.
        """
        if self.graphs.latest_revision and seed != self.film.seed:
            raise WrongUse("The seed of a film is fixed once its scene graph is drafted.", "Make a new film with it.")
        with write(self.db):
            self.db.conn.execute("UPDATE film SET seed = ?", (seed,))

    def set_selection(self, scene_numbers: tuple[str, ...], max_shots: int | None) -> None:
        """Produce only some scenes, or only so many shots."""
        with write(self.db):
            self.db.conn.execute(
                "UPDATE film SET scene_numbers = ?, max_shots = ?", (json.dumps(scene_numbers), max_shots)
            )

    def set_price(self, price_per_call: str, currency: str) -> None:
        """Say what drawing one keyframe or clip costs.

        Raises:
            WrongUse: the price is no number of 0 or more, or the currency is empty or longer than 8 letters.
        """
        try:
            price = Decimal(price_per_call.strip().replace(",", "."))
        except InvalidOperation:
            price = Decimal(-1)
        if not price.is_finite() or price < 0:
            raise WrongUse(
                Told('"{price_per_call}" is no price.', price_per_call=price_per_call), "Write a number: 0.04."
            )
        if not 0 < len(currency.strip()) <= _LONGEST_CURRENCY:
            raise WrongUse(Told('"{currency}" is no currency.', currency=currency), "Write its short name: EUR.")
        with write(self.db):
            self.db.conn.execute("UPDATE film SET price_per_call = ?, currency = ?", (f"{price:f}", currency.strip()))

    @property
    def exports(self) -> Path:
        return self.folder / "exports"


def safe_name(title: str) -> str:
    """A title as a file name: letters, digits, spaces and hyphens of any script; "film" if none are left."""
    return re.sub(r"[^\w\- ]+", "", title).strip()[:80] or "film"
