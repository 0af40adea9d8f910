"""`cem careful`: a transformer is joined to a model; the folder that this makes is a model that reads slower
and better.
"""

import argparse
import os
from pathlib import Path

from cem_nlp.cli.output import writing
from cem_nlp.cli.parser import Commands
from cem_nlp.language import Bilingual, Language
from cem_nlp.model_files import load_model, save_files
from cem_nlp.opinions.careful_files import pack_careful
from cem_nlp.places import unreadable
from cem_nlp.resources import shipped


def register(commands: Commands) -> None:
    """Add the command of this module."""
    command = commands.add("careful", _join)
    transformer_help = commands.say(
        "cem pool-reading --transformer 存下的文件", "what cem pool-reading --transformer kept"
    )
    command.add_argument("--transformer", type=Path, required=True, metavar="FILE", help=transformer_help)
    model_help = commands.say(
        "与它配合的模型，默认随软件附带", "the model beside it; the shipped one by default"
    )
    command.add_argument(
        "--model", type=Path, default=shipped("models/default"), metavar="FOLDER", help=model_help
    )
    command.add_argument(
        "--output", type=Path, required=True, metavar="FOLDER", help=commands.say("新文件夹", "new folder")
    )


def _join(arguments: argparse.Namespace, language: Language) -> None:
    try:
        transformer = arguments.transformer.read_bytes()
    except OSError as error:
        raise unreadable(arguments.transformer, error) from None
    beside = os.path.relpath(arguments.model.resolve(), arguments.output.resolve())
    files = pack_careful(load_model(arguments.model), Path(beside).as_posix(), transformer)
    with writing(arguments.output):
        save_files(files, arguments.output)
    # A transformer of another format is told now, not when a night begins.
    model = load_model(arguments.output)
    print(f"{Bilingual('细读模型', 'careful model').say(language)} {model.version} → {arguments.output}")
