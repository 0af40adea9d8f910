"""`cem profile`: what a model's training comments look like, for the nightly check for drift."""

import argparse
from pathlib import Path

from cem_nlp.analysis import profile_of
from cem_nlp.cli.engine import add_engine, engine_of
from cem_nlp.cli.parser import Commands
from cem_nlp.label_files import load_label_files, load_pool_texts
from cem_nlp.language import Bilingual, Language
from cem_nlp.model_files import save_profile
from cem_nlp.opinions.profile import PROFILE


def register(commands: Commands) -> None:
    """Add the command of this module."""
    command = commands.add("profile", _profile)
    data_help = commands.say(
        "训练用的标注数据 .jsonl，可多次", "labelled .jsonl it was trained on; may be given again"
    )
    command.add_argument("--data", type=Path, required=True, action="append", metavar="FILE", help=data_help)
    pool_help = commands.say("不含原文的标注从这里取原文", "where labels without texts take them from")
    command.add_argument("--pool", type=Path, metavar="FOLDER", help=pool_help)
    add_engine(command, commands)


def _profile(arguments: argparse.Namespace, language: Language) -> None:
    texts = load_pool_texts(arguments.pool) if arguments.pool else {}
    comments = load_label_files(arguments.data, texts)
    profile = profile_of(engine_of(arguments), [(comment.text, comment.kind) for comment in comments])
    save_profile(profile, arguments.model)
    said = Bilingual(f"{len(comments)} 条评论的画像", f"profile of {len(comments)} comments")
    print(f"{said.say(language)} → {arguments.model / PROFILE}")
