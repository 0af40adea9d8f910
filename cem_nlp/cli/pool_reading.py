"""`cem pool-reading`: transformers learn the opinions and read a pool, for `cem train` to hear; one may be
kept to read beside a network (`cem join`).
"""

import argparse
import sys
from pathlib import Path
from types import ModuleType

from cem_nlp.cli.output import writing
from cem_nlp.cli.parser import Commands
from cem_nlp.cli.training_data import add_data_arguments, training_data
from cem_nlp.errors import ConfigError
from cem_nlp.language import Bilingual, Language
from cem_nlp.model_files import load_network, load_segmenter, save_files
from cem_nlp.opinions.pool_reading import pack_reading, reading_of
from cem_nlp.opinions.targets import from_labels
from cem_nlp.opinions.teaching import Consensus
from cem_nlp.opinions.training import encode_all
from cem_nlp.opinions.transformer.weights import pack
from cem_nlp.opinions.transformer.windows import Windows
from cem_nlp.resources import shipped


def register(commands: Commands) -> None:
    """Add the commands of this module."""
    command = commands.add("pool-reading", _read_pool)
    add_data_arguments(command, commands, needs_pool=True)
    hold_out_help = commands.say(
        "这些文件里的文本一律不学、不读；可多次给出",
        "labelled .jsonl whose texts are left out; may be given several times",
    )
    command.add_argument(
        "--hold-out", type=Path, action="append", default=[], metavar="FILE", help=hold_out_help
    )
    start_help = commands.say("预训练 BERT（TensorFlow 检查点）", "a pretrained BERT (TensorFlow checkpoint)")
    command.add_argument("--start", type=Path, required=True, metavar="FOLDER", help=start_help)
    used_help = commands.say("现用模型，先向它学", "the model in use, which is learnt from first")
    command.add_argument(
        "--in-use", type=Path, default=shipped("models/default"), metavar="FOLDER", help=used_help
    )
    kept_help = commands.say("再训练并存下一个 Transformer，供 cem join", "keep a transformer, for cem join")
    command.add_argument("--transformer", type=Path, metavar="FILE.npz", help=kept_help)
    small_help = commands.say("同上，只留前两层，读得更快", "the same with two layers, which reads faster")
    command.add_argument("--small-transformer", type=Path, metavar="FILE.npz", help=small_help)
    command.add_argument(
        "--output", type=Path, required=True, metavar="FILE", help=commands.say(".npz 文件", ".npz file")
    )


def _read_pool(arguments: argparse.Namespace, language: Language) -> None:
    lessons, second_round = _teaching()
    # Before the hours of work, not after them: a folder that cannot be made.
    for file in filter(None, (arguments.output, arguments.transformer, arguments.small_transformer)):
        with writing(file):
            file.parent.mkdir(parents=True, exist_ok=True)
    data = training_data(arguments.data, arguments.pool, arguments.hold_out, language)
    model = load_network(arguments.in_use)
    segmenter = load_segmenter(shipped("data/user_dictionary.txt"))
    labelled_texts = encode_all(
        [comment.text for comment in data.comments], [comment.kind for comment in data.comments], segmenter
    )
    labelled = from_labels(data.comments, labelled_texts, model.bags(labelled_texts))
    texts = [comment.text for comment in data.pool]
    pool_texts = encode_all(texts, [comment.kind for comment in data.pool], segmenter)
    consensus = Consensus(model.bags(pool_texts))
    consensus.hear(model)
    pool = consensus.examples([comment.good for comment in data.pool])
    how = {"seed": arguments.seed, "report": lambda step: print(step.say(language), file=sys.stderr)}
    teacher = lessons.teach(arguments.start, labelled, labelled_texts, pool, pool_texts, **how)
    reading = teacher.read(pool_texts)
    _keep(pack_reading(reading_of(texts, *reading)), arguments.output)
    print(f"{Bilingual('读法', 'reading').say(language)} → {arguments.output}")
    lesson = lessons.Lesson(Windows(labelled_texts, teacher.word_pieces), labelled)
    together = second_round.together(pool, *reading)
    kept = {arguments.transformer: second_round.WHOLE, arguments.small_transformer: second_round.SMALL}
    for file, second in kept.items():
        if file is not None:
            reader = second_round.teach_again(teacher, lesson, together, pool_texts, second=second, **how)
            _keep(pack(reader), file)
            print(f"Transformer → {file}")


def _keep(content: bytes, file: Path) -> None:
    with writing(file):
        save_files({file.name: content}, file.parent)


def _teaching() -> tuple[ModuleType, ModuleType]:
    """Return the modules that need PyTorch. Raises ConfigError without it."""
    try:
        from cem_nlp.teacher import lessons, second_round
    except ModuleNotFoundError as error:
        raise ConfigError(
            Bilingual("没有安装 PyTorch", "PyTorch is not installed"),
            value=error.name,
            next_step=Bilingual(
                "pip install 'cem-nlp[teacher]'（夜间运行不需要它）",
                "pip install 'cem-nlp[teacher]' (a night does not need it)",
            ),
        ) from None
    return lessons, second_round
