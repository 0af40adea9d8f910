"""The options that name an engine: the model and the taxonomy that a command reads with."""

import argparse
from pathlib import Path

from cem_nlp.cli.parser import Commands, Parser
from cem_nlp.model_files import EngineFiles, load_engine
from cem_nlp.opinions.engine import NetworkEngine
from cem_nlp.resources import shipped


def add_engine(command: Parser, commands: Commands) -> None:
    """Let a command name the model and the taxonomy it reads with."""
    model_help = commands.say("模型文件夹，默认随软件附带", "model folder; the shipped one by default")
    command.add_argument(
        "--model", type=Path, default=shipped("models/default"), metavar="FOLDER", help=model_help
    )
    taxonomy_help = commands.say("分类体系，默认随软件附带", "taxonomy; the shipped one by default")
    command.add_argument(
        "--taxonomy", type=Path, default=shipped("data/taxonomy.toml"), metavar="FILE", help=taxonomy_help
    )


def engine_of(arguments: argparse.Namespace) -> NetworkEngine:
    """Return the engine that the command line names."""
    files = engine_files_of(arguments)
    return load_engine(files.model, files.taxonomy, files.user_dictionary)


def engine_files_of(arguments: argparse.Namespace) -> EngineFiles:
    """Return the files of the engine that the command line names."""
    return EngineFiles(arguments.model, arguments.taxonomy, shipped("data/user_dictionary.txt"))
