"""What one frame should show, in typed words, and the prompt that says it.

A description is what the constraints of a shot come to. Training captions, prompts
and the procedural artist all start from one, so they cannot say different things.
"""

from dataclasses import dataclass

_LIT_FROM = {"left": "light from the left", "right": "light from the right", "front": "light from the front"}


_FACED = {"front": "facing the camera", "left": "facing left", "right": "facing right", "away": "back turned"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Worn:
    """A garment, accessory or prop in hand.

    Attributes:
        kind: the thing ("coat", "glasses", "letter").
        colour: its colour word; empty where nothing says.
    """

    kind: str
    colour: str = ""

    @property
    def words(self) -> str:
        return f"{self.colour} {self.kind}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDescription:
    """One person in the frame. An empty field is left open.

    Attributes:
        facing: where the person faces: "front", "left", "right" or "away".
        action: what the body does: "talking", "walking", "blinking", "turning",
            "nodding", "handing over" or "" (still).
        absent: things that must not be worn or held ("hat"); never in the prompt, asked
            against in the negative prompt.
    """

    skin: str = ""
    hair_style: str = ""
    hair_colour: str = ""
    eyes: str = ""
    age: str = ""
    build: str = ""
    garments: tuple[Worn, ...] = ()
    accessories: tuple[Worn, ...] = ()
    held: tuple[Worn, ...] = ()
    facing: str = ""
    action: str = ""
    absent: tuple[str, ...] = ()

    @property
    def phrases(self) -> tuple[str, ...]:
        """The person as prompt phrases, most visible first."""
        if self.hair_style == "bald":
            hair = "bald"
        elif self.hair_style or self.hair_colour:
            hair = " ".join(word for word in (self.hair_style, self.hair_colour, "hair") if word)
        else:
            hair = ""
        return tuple(
            phrase
            for phrase in (
                self.age,
                f"{self.build} build" if self.build else "",
                f"{self.skin} skin" if self.skin else "",
                hair,
                f"{self.eyes} eyes" if self.eyes else "",
                *(worn.words for worn in self.garments),
                *(worn.words for worn in self.accessories),
                *(f"holding {prop.words}" for prop in self.held),
                _FACED.get(self.facing, self.facing),
                self.action,
            )
            if phrase
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameDescription:
    """One frame: how it is shot, where and when, and who is in it, from left to right.

    Attributes:
        light_direction: where the key light comes from: "left", "right", "front" or "behind".
        inserted: the prop that an insert shows; empty for every other size.
    """

    shot_size: str = ""
    angle: str = ""
    movement: str = ""
    setting: str = ""
    time_of_day: str = ""
    weather: str = ""
    light_key: str = ""
    light_warmth: str = ""
    light_direction: str = ""
    people: tuple[PersonDescription, ...] = ()
    inserted: str = ""

    @property
    def phrases(self) -> tuple[str, ...]:
        """The whole frame as prompt phrases; two people are bound by place."""
        count = {0: "nobody", 1: "one person", 2: "two people"}.get(len(self.people), f"{len(self.people)} people")
        head = (
            self.shot_size,
            f"{self.angle} angle" if self.angle in ("low", "high") else self.angle,
            self.movement,
            self.setting,
            self.time_of_day,
            self.weather,
            f"{self.light_key} key light" if self.light_key else "",
            f"{self.light_warmth} light" if self.light_warmth else "",
            _LIT_FROM.get(self.light_direction, f"light from {self.light_direction}") if self.light_direction else "",
            self.inserted,
            count,
        )
        places = ("",) if len(self.people) == 1 else ("on the left", "on the right")
        if len(self.people) > 2:
            places = ("on the left", *("in the middle",) * (len(self.people) - 2), "on the right")
        body = (
            phrase for place, person in zip(places, self.people, strict=False) for phrase in (place, *person.phrases)
        )
        return tuple(phrase for phrase in (*head, *body) if phrase)

    @property
    def prompt(self) -> str:
        return ", ".join(self.phrases)
