"""The command line's parser: argparse, in the user's language, with errors as sentences."""

import argparse
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NoReturn, TypeAlias, get_args

from cem_nlp.cli.examples import EXAMPLES
from cem_nlp.errors import CemError
from cem_nlp.language import Bilingual, Language

Command: TypeAlias = Callable[[argparse.Namespace, Language], None]

IN_ENGLISH: Final = Bilingual("加上 --lang en 用英文显示", "messages are in English with --lang en")


_ARGPARSE: Final = {
    r"the following arguments are required: (?P<what>.*)": "缺少 {what}",
    r"unrecognized arguments: (?P<what>.*)": "不认识的参数 {what}",
    r"argument (?P<what>.*): expected (one|at least one) argument": "{what} 缺少取值",
    r"argument (?P<what>.*): ignored explicit argument (?P<value>.*)": "{what} 不带取值，却给了 {value}",
    r"argument (?P<what>.*): invalid (?P<kind>\w+) value: (?P<value>.*)": "{what} 的取值不对：{value}",
    r"argument (?P<what>.*): not allowed with argument (?P<other>.*)": "{what} 不能与 {other} 同时给出",
}
"""Findings of argparse, which speaks English alone, and how to say them."""


class UsageError(CemError):
    """The command line is wrong."""

    exit_code = 2


class Parser(argparse.ArgumentParser):
    """An ArgumentParser that raises UsageError instead of ending the process."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        # What begins like a figure is a value, not an option: -5% is a wrong share, not an unknown option.
        self._negative_number_matcher = re.compile(r"-(?:[.．]?\d|inf|nan).*")

    def parse_known_args(self, *arguments: Any, **settings: Any) -> tuple[Any, list[str]]:
        """Refuse here what this command does not know; argparse would name the help of the command above."""
        found, unknown = super().parse_known_args(*arguments, **settings)
        if unknown:
            self.error(f"unrecognized arguments: {' '.join(unknown)}")
        return found, unknown

    def error(self, message: str) -> NoReturn:
        """Raise UsageError with argparse's finding and where to read on."""
        raise UsageError(
            Bilingual(f"命令行有误：{_in_chinese(message)}", f"wrong command line: {message}"),
            next_step=Bilingual(
                f"{self.prog} --help 列出全部参数", f"{self.prog} --help lists all arguments"
            ),
        )

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Say what would be valid, and what was probably meant; argparse's own message is English only."""
        if action.choices is not None and value not in action.choices:
            raise UsageError(
                Bilingual("没有这个命令或取值", "no such command or value"),
                where=" / ".join(action.option_strings) or None,
                value=value,
                valid=tuple(str(choice) for choice in action.choices),
            )


@dataclass(frozen=True, slots=True)
class Commands:
    """Where each module of the command line registers its commands; `about` says what each of them is for."""

    subparsers: "argparse._SubParsersAction[Parser]"
    language: Language
    about: Mapping[str, Bilingual]

    def mention(self, name: str) -> Parser:
        """Add a command to the help's list and return its parser, which has no arguments yet."""
        said = self.about[name].say(self.language)
        parser = self.subparsers.add_parser(
            name,
            help=said,
            description=said,
            add_help=False,
            allow_abbrev=False,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        add_help(parser, self.language)
        parser.epilog = _epilog(EXAMPLES.get(parser.prog), self.language)
        return parser

    def add(self, name: str, run: Command) -> Parser:
        """Add a command that calls `run`, and return its parser."""
        parser = self.mention(name)
        parser.set_defaults(run=run)
        return parser

    def group(self, name: str, about: Mapping[str, Bilingual]) -> "Commands":
        """Add a command that has commands of its own, and return where those register."""
        return add_commands(self.mention(name), self.language, about)

    def say(self, chinese: str, english: str) -> str:
        """Return a help text in the user's language."""
        return Bilingual(chinese, english).say(self.language)


def _epilog(example: str | None, language: Language) -> str:
    title = Bilingual("示例", "example").say(language)
    shown = [f"{title}:\n  {example}\n"] if example else []
    return "\n".join([*shown, IN_ENGLISH.say(language)])


def _in_chinese(message: str) -> str:
    for pattern, said in _ARGPARSE.items():
        if found := re.fullmatch(pattern, message):
            return said.format(**found.groupdict())
    return message


def add_commands(parser: Parser, language: Language, about: Mapping[str, Bilingual]) -> Commands:
    """Let a parser have commands, whose names and descriptions are `about`."""
    title = Bilingual("命令", "commands").say(language)
    word = Bilingual("命令", "COMMAND").say(language)
    subparsers = parser.add_subparsers(title=title, metavar=word, required=True, dest=word)
    return Commands(subparsers, language, about)


def whole_number(option: str, least: int) -> Callable[[str], int]:
    """Return a reader of an option's whole numbers, from `least` on. It raises UsageError."""

    def read(said: str) -> int:
        number = int(said) if said.removeprefix("-").isdecimal() else least - 1
        if number < least:
            raise UsageError(
                Bilingual(f"{option} 须为整数", f"{option} must be a whole number"),
                where=option,
                value=said,
                valid=[f"≥ {least}"],
            )
        return number

    return read


def add_config(parser: Parser, commands: Commands) -> None:
    """Add `--config`."""
    said = commands.say("配置文件（TOML 或 YAML）", "configuration file (TOML or YAML)")
    parser.add_argument("--config", type=Path, required=True, metavar="FILE", help=said)


def add_help(parser: Parser, language: Language) -> None:
    """Name the sections of the help and the help option in the user's language."""
    parser._positionals.title = Bilingual("参数", "arguments").say(language)
    parser._optionals.title = Bilingual("选项", "options").say(language)
    said = Bilingual("显示这份说明", "show this help").say(language)
    parser.add_argument("-h", "--help", action="help", help=said)


def add_version(parser: Parser, language: Language) -> None:
    """Add `--version`."""
    said = Bilingual("显示软件版本", "show the version of the software").say(language)
    parser.add_argument("--version", action=_Version, nargs=0, help=said)


class _Version(argparse.Action):
    """Prints the version that is installed and ends the process, as --help does."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version  # as slow as all else that a command starts with

        print(f"cem-nlp {version('cem-nlp')}")
        parser.exit()


def split_language(arguments: Sequence[str]) -> tuple[Language, list[str]]:
    """Take `--lang zh|en` out of the arguments, wherever it stands; Chinese is the default.

    Raises UsageError for another language.
    """
    rest: list[str] = []
    chosen = "zh"
    words = iter(arguments)
    for word in words:
        if word == "--lang":
            chosen = next(words, "")
        elif word.startswith("--lang="):
            chosen = word.removeprefix("--lang=")
        else:
            rest.append(word)
    for language in get_args(Language):
        if chosen == language:
            return language, rest
    raise UsageError(Bilingual("未知的语言", "unknown language"), value=chosen, valid=("zh", "en"))
