"""The words with which scripts say what people look like and wear, and the standard word for each."""

from collections.abc import Mapping


def spread(**groups: str) -> Mapping[str, str]:
    """``grey="gray silver"`` gives grey → grey, gray → grey and silver → grey."""
    return {word: value for value, words in groups.items() for word in (value, *words.split())}


EYE_COLOURS = spread(
    brown="dark chocolate chestnut",
    blue="sapphire azure",
    green="emerald",
    grey="gray",
    amber="golden",
    hazel="",
    violet="",
    black="",
)
HAIR_COLOURS = spread(
    black="dark raven ebony jet jet-black",
    brown="brunette chestnut mousy",
    blonde="blond fair golden flaxen sandy",
    red="auburn ginger copper redhead redheaded red-headed",
    grey="gray silver greying graying",
    white="snowy",
    blue="",
    green="",
    pink="",
    purple="",
)
HAIR_STYLES = spread(
    short="cropped pixie crew-cut buzz close-cropped",
    long="flowing waist-length ponytail braid braids pigtails dreadlocks",
    bun="chignon topknot",
    curly="curls afro frizzy curled",
    bald="balding hairless shaven shaved",
)
# Hair styles that are a noun of their own.
STYLE_NOUNS = frozenset(
    {"bun", "chignon", "topknot", "ponytail", "braid", "braids", "pigtails", "afro", "dreadlocks", "curls"}
)
SKINS = spread(
    light="pale fair white porcelain ivory", tan="tanned olive bronze bronzed golden", brown="", dark="black ebony"
)
BUILDS = spread(
    slim="slender thin skinny lean wiry petite gaunt lanky",
    heavy="heavyset stout fat burly overweight portly hefty thickset",
    average="stocky",
)
AGE_ADJECTIVES = spread(old="elderly aged ancient", young="teenage adolescent youthful", adult="middle-aged grown")
COLOURS = spread(
    red="scarlet crimson burgundy maroon ruby",
    blue="navy azure cobalt sapphire",
    green="olive emerald khaki",
    yellow="golden gold mustard",
    white="ivory cream",
    black="ebony jet-black",
    purple="violet lilac lavender",
    orange="tangerine",
    brown="chestnut chocolate",
    grey="gray silver charcoal",
    pink="rose magenta",
    teal="",
    turquoise="",
    beige="",
    tan="",
)
GARMENT_KINDS = spread(
    coat="raincoat overcoat trenchcoat trench greatcoat parka anorak peacoat cloak cape mackintosh oilskin robe "
    "topcoat slicker",
    jacket="blazer windbreaker bomber tuxedo",
    shirt="blouse t-shirt tee tshirt undershirt polo tunic",
    dress="gown sundress nightgown frock",
    sweater="cardigan jumper pullover sweatshirt hoodie turtleneck",
    suit="tux pantsuit",
    uniform="scrubs fatigues overalls coveralls",
    trousers="pants jeans slacks leggings shorts chinos",
    skirt="kilt",
    boots="boot wellingtons",
)
ACCESSORY_KINDS = spread(
    glasses="spectacles sunglasses eyeglasses",
    hat="cap beanie fedora bonnet",
    scarf="shawl",
    beard="goatee",
    moustache="mustache",
    tie="necktie",
    gloves="glove",
    necklace="",
    earrings="",
    apron="",
    mask="",
    helmet="",
    crown="",
    backpack="rucksack",
)


def age_band(years: int) -> str:
    """child to 12, young to 29, adult to 59, then old."""
    return "child" if years <= 12 else "young" if years <= 29 else "adult" if years <= 59 else "old"
