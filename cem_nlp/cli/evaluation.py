"""`cem evaluate`: the model, and simple baselines beside it, on labelled comments of our own or of others."""

import argparse
import random
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, TypeAlias, TypeVar

from cem_nlp.analysis import read_texts
from cem_nlp.cli.engine import add_engine, engine_of
from cem_nlp.cli.parser import Commands, UsageError, whole_number
from cem_nlp.confusion_file import save_confusion
from cem_nlp.errors import InputError
from cem_nlp.label_files import load_labels
from cem_nlp.language import Bilingual, Language
from cem_nlp.mapped_labels import load_mapped, load_mapping
from cem_nlp.model_files import load_taxonomy
from cem_nlp.opinions.evaluation import Sets, compare_labels, evaluate, pairs_of
from cem_nlp.opinions.evaluation_report import PARTS, render_comparison, render_evaluation
from cem_nlp.opinions.mapping import compare_mapped
from cem_nlp.quality_file import save_quality
from cem_nlp.scores.confusion import count_confusion
from cem_nlp.text import prepare

_Item = TypeVar("_Item")
_Texts: TypeAlias = Sequence[tuple[str, str]]
"""Text and kind of comments."""
_SEED: Final = 0
"""Of the sample that is measured on, so that every run measures on the same one."""


def register(commands: Commands) -> None:
    """Add the command of this module."""
    command = commands.add("evaluate", _evaluate)
    data_help = commands.say(
        "标注数据 .jsonl，或与 --mapping 同用的 .csv", "labelled .jsonl, or .csv with --mapping"
    )
    command.add_argument("--data", type=Path, required=True, metavar="FILE", help=data_help)
    mapping_help = commands.say("别处标注集的标签映射", "what the labels of another label set mean")
    command.add_argument("--mapping", type=Path, metavar="FILE.toml", help=mapping_help)
    by_help = commands.say("按此拆分，可多次给出", "split by this; may be repeated")
    command.add_argument("--by", choices=tuple(PARTS), action="append", help=by_help)
    against_help = commands.say(
        "并列对照的基线，可多次给出", "baseline beside it; may be given several times"
    )
    command.add_argument(
        "--against", choices=tuple(_BASELINES), action="append", default=[], help=against_help
    )
    train_help = commands.say(
        "基线 linear 的训练数据 .jsonl", "labelled .jsonl to train the linear baseline on"
    )
    command.add_argument("--train", type=Path, metavar="FILE", help=train_help)
    sample_help = commands.say("只用随机抽出的 N 条", "only on N comments drawn at random")
    command.add_argument("--sample", type=whole_number("--sample", 1), metavar="N", help=sample_help)
    audit_help = commands.say("只用随机抽查的评论", "only on the comments drawn at random to measure with")
    command.add_argument("--audit-only", action="store_true", help=audit_help)
    record_help = commands.say(
        "把结果与误判表记到模型旁，供报告引用和校正得分",
        "keep result and confusion beside the model, for reports and corrected scores",
    )
    command.add_argument("--record", action="store_true", help=record_help)
    add_engine(command, commands)


def _evaluate(arguments: argparse.Namespace, language: Language) -> None:
    print(_on_mapped(arguments, language) if arguments.mapping else _on_labels(arguments, language))


def _on_labels(arguments: argparse.Namespace, language: Language) -> str:
    comments = load_labels(arguments.data)
    if arguments.audit_only:
        comments = [comment for comment in comments if comment.audit]
    comments = _sampled(comments, arguments)
    texts = [(comment.text, comment.kind) for comment in comments]
    engine = engine_of(arguments)
    readings = read_texts(engine, texts)
    evaluation = evaluate(comments, readings)
    if arguments.record:
        save_quality(evaluation, arguments.data.name, engine.model_version, arguments.model)
        confusion = count_confusion(
            [comment.kind for comment in comments],
            [pairs_of(comment.opinions) for comment in comments],
            [[(it.category, it.polarity, it.probability) for it in reading.opinions] for reading in readings],
            model_version=engine.model_version,
            measured_on=arguments.data.name,
        )
        save_confusion(confusion, arguments.model)
    beside = {name: compare_labels(comments, found) for name, found in _baselines(arguments, texts).items()}
    parts = arguments.by or ("category×polarity", "kind")
    return render_evaluation(evaluation, language, parts, beside)


def _on_mapped(arguments: argparse.Namespace, language: Language) -> str:
    mapping = load_mapping(arguments.mapping)
    comments = _sampled(load_mapped(arguments.data, mapping), arguments)
    texts = [(comment.text, mapping.kind) for comment in comments]
    found = [pairs_of(reading.opinions) for reading in read_texts(engine_of(arguments), texts)]
    comparison = compare_mapped(comments, found, mapping)
    beside = {
        name: compare_mapped(comments, pairs, mapping) for name, pairs in _baselines(arguments, texts).items()
    }
    unjudged = sum(map(len, found)) - comparison.overall.found
    said = Bilingual(
        f"另有 {unjudged:,} 个观点，这套标注无从判断",
        f"{unjudged:,} more opinions, which this set cannot judge",
    )
    parts = arguments.by or ("category×polarity",)
    lines = [
        f"{mapping.name.say(language)} · {arguments.data.name}",
        render_comparison(comparison, language, parts, beside),
        said.say(language),
    ]
    return "\n".join(lines)


def _sampled(comments: Sequence[_Item], arguments: argparse.Namespace) -> list[_Item]:
    if not comments:
        raise InputError(
            Bilingual("没有可用来测量的评论", "there is no comment to measure on"), where=str(arguments.data)
        )
    if arguments.sample is None or arguments.sample >= len(comments):
        return list(comments)
    return random.Random(_SEED).sample(comments, arguments.sample)


def _baselines(arguments: argparse.Namespace, texts: _Texts) -> dict[str, Sets]:
    return {name: _BASELINES[name](arguments, texts) for name in dict.fromkeys(arguments.against)}


# Their libraries take a second to load, which no other command should wait for.


def _word_lists(arguments: argparse.Namespace, texts: _Texts) -> Sets:
    from cem_nlp.opinions.baseline_words import WordListEngine

    engine = WordListEngine(load_taxonomy(arguments.taxonomy))
    readings = engine.read([prepare(text).text for text, _ in texts], [kind for _, kind in texts])
    return [pairs_of(reading.opinions) for reading in readings]


def _linear_model(arguments: argparse.Namespace, texts: _Texts) -> Sets:
    from cem_nlp.opinions.baseline_linear import LinearBaseline

    if arguments.train is None:
        raise UsageError(
            Bilingual("基线 linear 需要训练数据", "the linear baseline needs labels to learn from"),
            where="--against linear",
            next_step=Bilingual("加上 --train 标注数据.jsonl", "add --train LABELLED.jsonl"),
        )
    baseline = LinearBaseline(load_labels(arguments.train))
    return baseline.pairs([prepare(text).text for text, _ in texts], [kind for _, kind in texts])


_BASELINES: Final[Mapping[str, Callable[[argparse.Namespace, _Texts], Sets]]] = {
    "snownlp": _word_lists,
    "linear": _linear_model,
}
