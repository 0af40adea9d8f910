from hypothesis import given, settings
from hypothesis import strategies as st
from transformer_factories import PIECES

from cem_nlp.opinions.transformer.word_pieces import WordPieces

VOCABULARY = WordPieces(PIECES)


def cut(text: str) -> list[tuple[str, int]]:
    """The pieces of a text with the places where they begin."""
    numbers, begins = VOCABULARY.cut(text)
    return [(PIECES[number], begin) for number, begin in zip(numbers.tolist(), begins.tolist(), strict=True)]


def test_characters_are_pieces_of_their_own() -> None:
    assert cut("质量 好，") == [("质", 0), ("量", 1), ("好", 3), ("，", 4)]
    assert cut("") == cut(" \n\u3000") == []


def test_words_are_cut_into_the_longest_known_pieces() -> None:
    assert cut("WiFi好") == [("wif", 0), ("##i", 3), ("好", 4)]
    assert cut("wi1024") == [("wi", 0), ("10", 2), ("##24", 4)]


def test_what_is_not_in_the_vocabulary_is_unknown() -> None:
    assert cut("榫好") == [("[UNK]", 0), ("好", 1)]
    assert cut("wixyz好") == [("wi", 0), ("[UNK]", 2), ("好", 5)]
    assert cut("10239好") == [("10", 0), ("[UNK]", 2), ("好", 5)]


def test_full_width_forms_are_read_as_plain_ones() -> None:
    assert cut("ａ①Ａ") == [("a", 0), ("1", 1), ("a", 2)]


def test_a_capital_of_two_small_characters_moves_nothing() -> None:
    assert cut("İ好") == [("[UNK]", 0), ("好", 1)]
    assert cut("İWiFi好") == [("[UNK]", 0), ("wif", 1), ("##i", 4), ("好", 5)]


@settings(deadline=None)
@given(st.text(alphabet=st.one_of(st.sampled_from("质量好WiFi10240 ，İ\n榫"), st.characters()), max_size=30))
def test_places_point_to_the_text_s_own_characters(text: str) -> None:
    pieces = cut(text)
    begins = [begin for _, begin in pieces]
    assert begins == sorted(set(begins))
    for piece, begin in pieces:
        assert not text[begin].isspace()
        if piece != "[UNK]" and text[begin].isascii():
            plain = piece.removeprefix("##")
            assert text[begin : begin + len(plain)].lower() == plain


@settings(deadline=None)
@given(st.text(alphabet=[*PIECES[5:25], " "], max_size=30))
def test_no_known_character_is_lost(text: str) -> None:
    assert "".join(piece.removeprefix("##") for piece, _ in cut(text)) == text.replace(" ", "")
