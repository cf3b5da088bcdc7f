import os
from pathlib import Path

import pytest

from pipeline.script import reading
from pipeline.script.reading import read_screenplay
from pipeline.script.screenplay import Kind
from storage.errors import WrongUse

SCENE = "INT. KITCHEN - NIGHT\n\nMARA sits.\n\nÉLOÏSE\nOui – d'accord.\n"


def refusal(path: Path) -> WrongUse:
    with pytest.raises(WrongUse) as caught:
        read_screenplay(path)
    assert caught.value.sentence.endswith((".", ")", "!"))
    assert caught.value.action
    return caught.value


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"%PDF-1.7 \n%\xe2\xe3", "PDF"),
        (b"PK\x03\x04docx", "packed"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "picture"),
        (b"{\\rtf1 INT. HOUSE}", "rich text"),
        (bytes(range(256)) * 10, "not text"),
        (b"<!DOCTYPE html><html><body>INT. HOUSE - DAY</body></html>", "web page"),
        (b"\xef\xbb\xbf<html>INT. HOUSE</html>", "web page"),
        (b"<?xml version='1.0'?><svg/>", "not a Final Draft"),
        (b"<?xml version='1.0'?><FinalDraft><Content>", "damaged"),
        (b"<?xml version='1.0'?><FinalDraft/>", "no content"),
        (b"<?xml version='1.0'?><FinalDraft><Content/></FinalDraft>", "no scene"),
        (b"Title: Nothing but a title\nAuthor: Nobody\n", "no scene"),
        (b"/* INT. KITCHEN - DAY */", "no scene"),
    ],
)
def test_what_is_no_screenplay_is_refused_in_one_sentence(tmp_path: Path, data: bytes, word: str) -> None:
    path = tmp_path / "script.fountain"
    path.write_bytes(data)
    assert word in refusal(path).sentence


def test_an_xml_bomb_is_refused_before_it_expands(tmp_path: Path) -> None:
    path = tmp_path / "bomb.fdx"
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    path.write_text(f'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a0 "lol">{levels}]><FinalDraft>&a9;</FinalDraft>')
    assert "entities" in refusal(path).sentence


def test_an_external_entity_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "leak.fdx"
    path.write_text(
        '<!DOCTYPE f [<!ENTITY x SYSTEM "file:///etc/passwd">]><FinalDraft><Content>&x;</Content></FinalDraft>'
    )
    assert "entities" in refusal(path).sentence


def test_a_text_that_only_calls_itself_final_draft_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "script.fdx"
    path.write_text(SCENE, encoding="utf-8")
    assert "not a Final Draft" in refusal(path).sentence


def test_too_large_a_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.fountain"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    sentence = refusal(path).sentence
    assert "50 MB" in sentence
    assert "20 MB" in sentence


def test_a_folder_a_missing_file_and_a_pipe_are_refused(tmp_path: Path) -> None:
    assert "folder" in refusal(tmp_path).sentence
    assert "no file" in refusal(tmp_path / "missing.fountain").sentence
    os.mkfifo(tmp_path / "pipe")
    assert "ordinary" in refusal(tmp_path / "pipe").sentence


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "secret.fountain"
    path.write_text(SCENE, encoding="utf-8")
    path.chmod(0)
    assert "may not read" in refusal(path).sentence


def test_a_refused_read_is_told_apart_from_a_broken_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "script.fountain"
    path.write_text(SCENE, encoding="utf-8")
    for error, word in (
        (PermissionError(13, "Permission denied"), "may not read"),
        (OSError(5, "I/O error"), "I/O error"),
    ):

        def fail(_: Path, error: OSError = error) -> bytes:
            raise error

        monkeypatch.setattr(reading.Path, "read_bytes", fail)
        assert word in refusal(path).sentence


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_usual_encoding_gives_the_same_screenplay(tmp_path: Path, encoding: str, newline: str) -> None:
    path = tmp_path / "script.fountain"
    path.write_bytes(SCENE.replace("\n", newline).encode(encoding))
    screenplay = read_screenplay(path)
    assert [element.text for element in screenplay.elements] == [
        "INT. KITCHEN - NIGHT",
        "MARA sits.",
        "ÉLOÏSE",
        "Oui – d'accord.",
    ]
    assert screenplay.lines[4] == "ÉLOÏSE"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_final_draft_files_are_read_in_their_own_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "script.fdx"
    body = "<FinalDraft><Content><Paragraph Type='Character'><Text>ÉLOÏSE</Text></Paragraph>"
    body += "<Paragraph Type='Dialogue'><Text>Oui.</Text></Paragraph></Content></FinalDraft>"
    path.write_bytes(
        f"<?xml version='1.0' encoding='{'utf-16' if encoding == 'utf-16' else 'UTF-8'}'?>{body}".encode(encoding)
    )
    assert [element.text for element in read_screenplay(path).elements] == ["ÉLOÏSE", "Oui."]


def test_each_element_knows_its_lines(screenplays: Path) -> None:
    screenplay = read_screenplay(screenplays / "awkward.fountain")
    for element in screenplay.elements:
        said = screenplay.quote(element.first_line, element.last_line)
        for word in element.text.split():
            assert word.strip("()") in said.replace("’", "'").replace("*", "")


def test_awkward_fountain_is_read_as_a_person_would(screenplays: Path) -> None:
    screenplay = read_screenplay(screenplays / "awkward.fountain")
    by_kind = {kind: [element for element in screenplay.elements if element.kind is kind] for kind in Kind}
    assert screenplay.title.startswith("The Long Way Round")
    assert [(heading.scene_number, heading.text) for heading in by_kind[Kind.HEADING]] == [
        ("12", "INT. ÉLOÏSE'S FLAT - NIGHT"),
        ("12A", "THE ROOF"),
        ("13", "INT./EXT. TAXI - MOVING - CONTINUOUS"),
        ("", "EXT. PIER – TWO DAYS LATER – DAWN"),
    ]
    assert [cue.text for cue in by_kind[Kind.CUE]] == [
        "ÉLOÏSE",
        "McAvoy",
        "O'BRIEN",
        "MR. O'NEIL",
        "DR. SMITH",
        "雪",
        "МАРИЯ",
        "MAN #1",
        "ÉLOÏSE",
        "ÉLOÏSE AND DR. SMITH",
        "EVERYONE",
    ]
    assert [cue.text for cue in by_kind[Kind.CUE] if cue.dual] == ["MR. O'NEIL"]
    assert [call.text for call in by_kind[Kind.CALL]] == ["CLOSE ON ÉLOÏSE'S HAND"]
    assert [card.text for card in by_kind[Kind.CARD]] == ["INTERMISSION"]
    assert [transition.text for transition in by_kind[Kind.TRANSITION]] == ["FADE IN:", "FADE OUT."]
    everything = " ".join(element.text for element in screenplay.elements)
    for unread in ("GHOST", "killer", "synopsis", "ACT ONE"):
        assert unread not in everything


def test_an_unclosed_boneyard_hides_nothing(tmp_path: Path) -> None:
    path = tmp_path / "script.fountain"
    path.write_text("INT. A - DAY\n\n/* oops\n\nMARA\nStill here.\n", encoding="utf-8")
    assert "Still here." in [element.text for element in read_screenplay(path).elements]


def test_final_draft_keeps_bold_words_dual_dialogue_and_numbers(screenplays: Path) -> None:
    screenplay = read_screenplay(screenplays / "harbour.fdx")
    assert screenplay.title == "The Scarf"
    assert [(element.kind, element.text) for element in screenplay.elements] == [
        (Kind.HEADING, "EXT. HARBOUR - DAY"),
        (Kind.ACTION, "Brown-eyed MARA hands THEO his blue scarf."),
        (Kind.CALL, "CLOSE ON MARA"),
        (Kind.CUE, "MARA"),
        (Kind.DIALOGUE, "Go."),
        (Kind.CUE, "THEO"),
        (Kind.PARENTHETICAL, "not moving"),
        (Kind.DIALOGUE, "No."),
        (Kind.TRANSITION, "CUT TO:"),
        (Kind.HEADING, "INT. KITCHEN - NIGHT"),
        (Kind.ACTION, "Theo sits."),
        (Kind.CUE, "MARA"),
        (Kind.DIALOGUE, "He stayed."),
    ]
    assert [element.scene_number for element in screenplay.elements if element.kind is Kind.HEADING] == ["1", "2A"]
    assert [element.text for element in screenplay.elements if element.dual] == ["THEO"]
    assert screenplay.lines[screenplay.elements[10].first_line - 1] == "Theo sits."


def test_the_title_comes_from_the_title_page_else_from_the_name(tmp_path: Path) -> None:
    for name, text, title in (
        ("a_b.fountain", SCENE, "a b"),
        ("x.fountain", f"Title: Tide\n  Clock\nAuthor: N\n\n{SCENE}", "Tide Clock"),
        (f"{'0a' * 32}.fountain", SCENE, "Untitled"),
        ("y.fountain", "FADE IN:\n\n" + SCENE, "y"),
    ):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        assert read_screenplay(path).title == title
