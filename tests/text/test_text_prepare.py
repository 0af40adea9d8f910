from hypothesis import given, settings
from text_helpers import messy_text

from cem_nlp.text import prepare, to_source_span


@given(messy_text)
@settings(max_examples=300, deadline=None)
def test_twice_is_once(text):
    once = prepare(text)
    again = prepare(once.text)
    assert again.text == once.text
    assert again.n_masked == 0


@given(messy_text)
@settings(max_examples=200, deadline=None)
def test_every_span_leads_into_the_source(text):
    prepared = prepare(text)
    length = len(prepared.text)
    for start in range(length):
        begin, end = to_source_span(prepared, start, start + 1)
        assert 0 <= begin < end <= len(text)
    if length:
        begin, end = to_source_span(prepared, 0, length)
        assert begin == to_source_span(prepared, 0, 1)[0]
        assert end == to_source_span(prepared, length - 1, length)[1]


def test_normalised_first_then_masked():
    source = "电话１３８ ００１３\u200b ８０００，  很好"
    prepared = prepare(source)
    assert prepared.text == "电话[手机号]， 很好"
    assert prepared.n_masked == 1
    assert prepared.fixes == ("invisible", "width", "space")
    start = prepared.text.index("很好")
    assert source[slice(*to_source_span(prepared, start, start + 2))] == "很好"
    assert source[slice(*to_source_span(prepared, 2, 4))] == "１３８ ００１３\u200b ８０００"


def test_clean_text_is_its_own_source():
    prepared = prepare("很好，值得购买")
    assert prepared.text == "很好，值得购买"
    assert prepared.fixes == ()
    assert to_source_span(prepared, 3, 7) == (3, 7)


def test_default_praise_is_named():
    assert prepare("此用户没有填写评价。").fixes == ("default_praise",)
    assert prepare(" 系统默认好评 ").fixes == ("space", "default_praise")
    assert prepare("系统默认好评我不同意").fixes == ()
