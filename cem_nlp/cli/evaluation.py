"""`cem evaluate`: the model, and simple baselines beside it, on labelled comments of our own or of others."""

import argparse
import random
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, TypeAlias, TypeVar

from cem_nlp.analysis import read_texts
from cem_nlp.cli.engine import add_engine, engine_of
from cem_nlp.cli.parser import Commands, UsageError, whole_number
from cem_nlp.cli.training_data import bare
from cem_nlp.confusion_file import save_confusion
from cem_nlp.errors import InputError
from cem_nlp.label_files import load_label_files, load_labels
from cem_nlp.language import Bilingual, Language
from cem_nlp.mapped_labels import load_mapped, load_mapping
from cem_nlp.model_files import load_taxonomy
from cem_nlp.opinions.evaluation import Sets, compare_labels, evaluate, pairs_of
from cem_nlp.opinions.evaluation_report import PARTS, render_comparison, render_evaluation
from cem_nlp.opinions.labels import LabelledComment
from cem_nlp.opinions.mapping import compare_mapped
from cem_nlp.opinions.model import Model
from cem_nlp.quality_file import save_quality
from cem_nlp.scores.confusion import count_confusion
from cem_nlp.text import prepare

_Item = TypeVar("_Item")
_Labels: TypeAlias = Sequence[LabelledComment]
_Texts: TypeAlias = Sequence[tuple[str, str]]
"""Text and kind of comments."""
_SEED: Final = 0
"""Of the sample that is measured on, so that every run measures on the same one."""


def register(commands: Commands) -> None:
    """Add the command of this module."""
    command = commands.add("evaluate", _evaluate)
    data_help = commands.say(
        "标注数据 .jsonl，或与 --mapping 同用的 .csv，可多次给出",
        "labelled .jsonl, or .csv with --mapping; may be given several times",
    )
    command.add_argument("--data", type=Path, action="append", required=True, metavar="FILE", help=data_help)
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
    sample_help = commands.say(
        "只用随机抽出的 N 条，至少 1", "only on N comments drawn at random, 1 at least"
    )
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
    _refuse_misfits(arguments)
    learnt = load_labels(arguments.train) if arguments.train else []
    measured = _on_mapped if arguments.mapping else _on_labels
    print(measured(arguments, learnt, language))


def _refuse_misfits(arguments: argparse.Namespace) -> None:
    """Raise UsageError for an option that another one would leave without effect."""
    for option in ("audit_only", "record"):
        if arguments.mapping and getattr(arguments, option):
            name = f"--{option.replace('_', '-')}"
            raise UsageError(
                Bilingual(f"{name} 不与 --mapping 同用", f"{name} does not go with --mapping"), where=name
            )
    if arguments.train and "linear" not in arguments.against:
        raise UsageError(
            Bilingual("--train 只配 --against linear 使用", "--train goes with --against linear"),
            where="--train",
        )


def _on_labels(arguments: argparse.Namespace, learnt: _Labels, language: Language) -> str:
    comments = load_label_files(arguments.data)
    if arguments.audit_only:
        comments = [comment for comment in comments if comment.audit]
    comments = _sampled(comments, arguments)
    texts = [(comment.text, comment.kind) for comment in comments]
    engine = engine_of(arguments)
    _warn_of_training(arguments, engine.model, learnt, texts, language)
    readings = read_texts(engine, texts)
    evaluation = evaluate(comments, readings)
    if arguments.record:
        save_quality(evaluation, _names(arguments.data), engine.model_version, arguments.model)
        confusion = count_confusion(
            [comment.kind for comment in comments],
            [pairs_of(comment.opinions) for comment in comments],
            [[(it.category, it.polarity, it.probability) for it in reading.opinions] for reading in readings],
            model_version=engine.model_version,
            measured_on=_names(arguments.data),
        )
        save_confusion(confusion, arguments.model)
    beside = {
        name: compare_labels(comments, found) for name, found in _baselines(arguments, learnt, texts).items()
    }
    parts = arguments.by or ("category×polarity", "kind")
    return render_evaluation(evaluation, language, parts, beside)


def _on_mapped(arguments: argparse.Namespace, learnt: _Labels, language: Language) -> str:
    mapping = load_mapping(arguments.mapping)
    comments = _sampled([it for file in arguments.data for it in load_mapped(file, mapping)], arguments)
    texts = [(comment.text, mapping.kind) for comment in comments]
    engine = engine_of(arguments)
    _warn_of_training(arguments, engine.model, learnt, texts, language)
    found = [pairs_of(reading.opinions) for reading in read_texts(engine, texts)]
    comparison = compare_mapped(comments, found, mapping)
    beside = {
        name: compare_mapped(comments, pairs, mapping)
        for name, pairs in _baselines(arguments, learnt, texts).items()
    }
    unjudged = sum(map(len, found)) - comparison.overall.found
    said = Bilingual(
        f"另有 {unjudged:,} 个观点，这套标注无从判断",
        f"{unjudged:,} more opinions, which this set cannot judge",
    )
    parts = arguments.by or ("category×polarity",)
    lines = [
        f"{mapping.name.say(language)} · {_names(arguments.data)}",
        render_comparison(comparison, language, parts, beside),
        said.say(language),
    ]
    return "\n".join(lines)


def _warn_of_training(
    arguments: argparse.Namespace, model: Model, learnt: _Labels, texts: _Texts, language: Language
) -> None:
    """Say where a model or baseline has learnt what it is measured on. Raises InputError for --record."""
    for note in [*_known_files(arguments, model), *_known_texts(learnt, texts)]:
        if arguments.record:
            raise InputError(
                note,
                where="--record",
                next_step=Bilingual("用没有学过的评论测量", "measure on comments that were not learnt from"),
            )
        print(note.say(language), file=sys.stderr)


def _known_files(arguments: argparse.Namespace, model: Model) -> Iterator[Bilingual]:
    """Yield a note where the model names a file among its labels, whose audit comments it was not taught."""
    labels = str(model.facts.get("labels", "")).split(", ")
    names = _names([file for file in arguments.data if file.name in labels])
    if names and not arguments.audit_only:
        yield Bilingual(
            f"注意：模型是用 {names} 训练的，在这里测出的结果偏高",
            f"note: the model was trained on {names}: measured here it looks better than it is",
        )


def _known_texts(learnt: _Labels, texts: _Texts) -> Iterator[Bilingual]:
    shared = {bare(text) for text, _ in texts} & {bare(comment.text) for comment in learnt}
    if shared:
        yield Bilingual(
            f"注意：有 {len(shared)} 段文字也在 --train 里，基线 linear 的结果偏高",
            f"note: {len(shared)} of the texts stand in --train: the linear baseline looks better than it is",
        )


def _names(files: Sequence[Path]) -> str:
    return ", ".join(file.name for file in files)


def _sampled(comments: Sequence[_Item], arguments: argparse.Namespace) -> list[_Item]:
    if not comments:
        raise InputError(
            Bilingual("没有可用来测量的评论", "there is no comment to measure on"),
            where=_names(arguments.data),
        )
    if arguments.sample is None or arguments.sample >= len(comments):
        return list(comments)
    return random.Random(_SEED).sample(comments, arguments.sample)


def _baselines(arguments: argparse.Namespace, learnt: _Labels, texts: _Texts) -> dict[str, Sets]:
    return {name: _BASELINES[name](arguments, learnt, texts) for name in dict.fromkeys(arguments.against)}


# Their libraries take a second to load, which no other command should wait for.


def _word_lists(arguments: argparse.Namespace, learnt: _Labels, texts: _Texts) -> Sets:
    from cem_nlp.opinions.baseline_words import WordListEngine

    engine = WordListEngine(load_taxonomy(arguments.taxonomy))
    readings = engine.read([prepare(text, kind).text for text, kind in texts], [kind for _, kind in texts])
    return [pairs_of(reading.opinions) for reading in readings]


def _linear_model(arguments: argparse.Namespace, learnt: _Labels, texts: _Texts) -> Sets:
    from cem_nlp.opinions.linear import LinearBaseline

    if arguments.train is None:
        raise UsageError(
            Bilingual("基线 linear 需要训练数据", "the linear baseline needs labels to learn from"),
            where="--against linear",
            next_step=Bilingual("加上 --train 标注数据.jsonl", "add --train LABELLED.jsonl"),
        )
    baseline = LinearBaseline(learnt)
    return baseline.pairs([prepare(text, kind).text for text, kind in texts], [kind for _, kind in texts])


_BASELINES: Final[Mapping[str, Callable[[argparse.Namespace, _Labels, _Texts], Sets]]] = {
    "snownlp": _word_lists,
    "linear": _linear_model,
}
