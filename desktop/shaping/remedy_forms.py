"""The form that makes the edit which an open end offers, filled in already."""

from desktop.shaping.add_forms import add_form, claim_words
from desktop.shaping.edit_forms import edit_form
from desktop.shaping.forms import Form
from desktop.shaping.join_forms import delete_form
from desktop.shaping.names import FILM
from desktop.snapshot import FilmSnapshot
from desktop.translating import name_told, tr
from storage.domain.findings import Remedy, RemedyVerb
from storage.domain.graph_words import place_words


def remedy_form(film: FilmSnapshot, remedy: Remedy) -> Form | None:
    """The form of a remedy, with everything typed; None where there is nothing left to edit."""
    if remedy.verb is RemedyVerb.EDIT:
        return edit_form(film, remedy.item_id, {"value": remedy.value})
    if remedy.verb is RemedyVerb.DELETE:
        return delete_form(film, remedy.item_id)
    if film.view is None or remedy.attribute is None:
        return None
    filled = {
        "claim": claim_words(remedy.attribute, remedy.part),
        "value": remedy.value,
        "scope": name_told(place_words(film.view.graph, remedy.scope)) or tr(FILM),
    }
    return add_form(film, remedy.item_id, "constraint", filled)


def remedy_words(remedy: Remedy) -> str:
    """What the button says that offers it: "Make it brown", "Add yellow coat", "Delete it"."""
    if remedy.verb is RemedyVerb.EDIT:
        return tr("Make it {value}", value=tr(remedy.value))
    if remedy.verb is RemedyVerb.DELETE:
        return tr("Delete it")
    return tr("Add {value} {what}", value=tr(remedy.value), what=tr(remedy.part or remedy.attribute or ""))
