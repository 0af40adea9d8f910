"""`cem join`: a transformer is joined to a network, to read with it the feedback in which it is in doubt."""

import argparse
import os
from pathlib import Path

from cem_nlp.cli.output import writing
from cem_nlp.cli.parser import Commands
from cem_nlp.language import Bilingual, Language
from cem_nlp.model_files import load_model, load_network, save_files
from cem_nlp.opinions.joint_files import JOINT, joint_of, pack_joint
from cem_nlp.opinions.joint_files import joined as check
from cem_nlp.places import unreadable
from cem_nlp.resources import shipped
from cem_nlp.vocabulary import KINDS


def register(commands: Commands) -> None:
    """Add the command of this module."""
    command = commands.add("join", _join)
    transformer_help = commands.say(
        "cem pool-reading --transformer 存下的文件", "what cem pool-reading --transformer kept"
    )
    command.add_argument("--transformer", type=Path, required=True, metavar="FILE", help=transformer_help)
    network_help = commands.say(
        "cem train 存下的文件夹，默认随软件附带", "what cem train made; the shipped one by default"
    )
    command.add_argument(
        "--network", type=Path, default=shipped("models/default"), metavar="FOLDER", help=network_help
    )
    kinds_help = commands.say(
        f"由二者共读的反馈类型（{'、'.join(KINDS)}），可给多次，默认全部",
        f"a kind of feedback that both read ({', '.join(KINDS)}), may be given again; all by default",
    )
    command.add_argument("--kind", action="append", choices=tuple(KINDS), metavar="KIND", help=kinds_help)
    output_help = commands.say(
        f"文件夹，写入 {JOINT}；其中所指文件留在原处",
        f"folder that gets {JOINT}; the files it names stay where they are",
    )
    command.add_argument("--output", type=Path, required=True, metavar="FOLDER", help=output_help)


def _join(arguments: argparse.Namespace, language: Language) -> None:
    try:
        transformer = arguments.transformer.read_bytes()
    except OSError as error:
        raise unreadable(arguments.transformer, error) from None
    network = load_network(arguments.network)
    folder, file = (_seen_from(arguments.output, path) for path in (arguments.network, arguments.transformer))
    joint = joint_of(network, folder, transformer, file, arguments.kind or tuple(KINDS))
    # A transformer of another format is told now, before anything is written.
    check(network, joint, transformer, str(arguments.transformer))
    with writing(arguments.output):
        save_files({JOINT: pack_joint(joint)}, arguments.output)
    version = load_model(arguments.output).version
    print(f"{Bilingual('模型', 'model').say(language)} {version} → {arguments.output}")


def _seen_from(folder: Path, path: Path) -> str:
    return Path(os.path.relpath(path.resolve(), folder.resolve())).as_posix()
