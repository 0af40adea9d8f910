from opinions_factories import comments, taxonomy

from cem_nlp.opinions.baseline_words import WordListEngine, is_good
from cem_nlp.opinions.evaluation import evaluate, measure
from cem_nlp.opinions.linear import LinearBaseline


def test_snownlp_tells_good_from_bad() -> None:
    assert is_good("质量很好，非常喜欢") is True
    assert is_good("太差了，很失望，垃圾") is False
    assert is_good(" ") is None


def test_the_word_list_reads_what_its_words_name() -> None:
    engine = WordListEngine(taxonomy())
    found, nothing = engine.read(["质量非常好，喜欢", "今天星期二"], ["review", "review"])
    (opinion,) = found.opinions
    assert (opinion.category, opinion.polarity, opinion.start, opinion.end) == ("product", "positive", 0, 5)
    assert (found.polarity, nothing.opinions, nothing.polarity) == ("positive", (), None)
    assert evaluate(comments()[:1], engine.read([comments()[0].text], ["review"])).comments == 1


def test_the_linear_baseline_learns_its_labels() -> None:
    train, held_out = comments()[:300], comments()[300:]
    found = LinearBaseline(train).pairs([c.text for c in held_out], [c.kind for c in held_out])
    truth = [{(opinion.category, opinion.polarity) for opinion in comment.opinions} for comment in held_out]
    assert measure(truth, found).f1 > 0.8
