"""The verbs and prepositions with which people wear, change, hand over and hold things."""

from pipeline.script.names import word_set

WEAR = frozenset({"wear", "sport", "have", "own"})
DON = frozenset({"don"})
PUT = word_set(
    """
    put pull slip throw tug draw try strap tie shrug slide get place
    """
)
DOFF = frozenset({"remove", "shed", "doff", "discard", "unwind"})
TAKE_OFF = word_set(
    """
    take pull strip peel slip kick shrug tear rip get slide whip yank throw fling knock shave tug toss push blow
    """
)
ADJUST = word_set(
    """
    button unbutton tighten adjust straighten smooth tug zip unzip fasten loosen brush clutch gather pull push
    wipe polish clean tip lower raise lift rub fix finger
    """
)
GIVE = word_set(
    """
    hand give pass lend throw toss return bring
    """
)
WRAP = word_set(
    """
    wrap drape put place tie fasten throw loop wind
    """
)
CHANGE = word_set(
    """
    change slip get step shrug struggle squeeze wriggle climb dress help ease coax
    """
)
NOT_WORN_BY_SUBJECT = word_set(
    """
    hang lie rest sit wait fold drape dangle pool drop fall crumple
    """
)
GONE = frozenset({"go", "gone", "off", "missing", "lost"})
WORN_PREPOSITIONS = frozenset({"under", "beneath", "of", "at", "in", "inside", "underneath"})
OBJECTS = frozenset({"dobj", "obj"})
HOLD = word_set(
    """
    hold carry clutch grip cradle grab lift raise read examine brandish draw produce pocket unfold swing aim
    retrieve study offer
    """
)
HOLD_UP = frozenset({"pick", "pull", "take"})
PUT_DOWN = frozenset({"put", "set", "lay", "drop", "throw", "toss", "place"})
LET_GO = word_set(
    """
    drop hang spread toss throw fling lay leave set put place drape sling dump pack stow abandon ditch
    """
)
KEEP = frozenset({"keep", "leave"})
SWAP = frozenset({"swap", "trade", "exchange", "switch"})
REVEAL = frozenset({"reveal", "expose", "show"})
# "stands in Theo's coat" is dressed in it; "finds a hole in Theo's coat" is not.
STAND = word_set(
    """
    be stand sit lie wait walk enter come appear return emerge sleep dance shiver wrap huddle bundle dress
    """
)
MEASURES = word_set(
    """
    one pair set mop head shock mane crown mass halo tangle
    """
)
BODY_PLACES = word_set(
    """
    head neck shoulder shoulders face eyes eye nose chin waist back body arm arms wrist hips forehead feet ears hair
    throat
    """
)
LOSE = frozenset({"lose", "forget"})
LOOK = frozenset({"peer", "look", "gaze", "stare", "glance", "squint"})
# What is done to a bun is the end of it.
UNDO = frozenset({"undo", "unpin", "unbraid", "unplait", "loosen", "unravel"})
