"""The option that tells the own brand from its rivals in a file of the user's own."""

import pandas as pd

from cem_nlp.cli.parser import Commands, Parser, UsageError
from cem_nlp.errors import InputError
from cem_nlp.language import Bilingual
from cem_nlp.vocabulary import ALL


def add_own(parser: Parser, commands: Commands) -> None:
    """Add `--own`."""
    said = commands.say(
        "文件里有几个品牌时，哪一个是自己的", "which brand is the own one, where the file names several"
    )
    parser.add_argument("--own", metavar="A", help=said)


def own_brand(named: str | None, brands: "pd.Series[str]") -> tuple[str, ...]:
    """Return the own brand: the one `named`, else the only one of `brands`; () where the file names none.

    Raises UsageError where there are several and none is named, InputError for one that is not there.
    """
    known = sorted(set(brands) - {ALL})
    if named is None and len(known) > 1:
        raise UsageError(
            Bilingual(
                "文件里有几个品牌：请写明哪一个是自己的", "the file names several brands: say which is yours"
            ),
            where="--own",
            valid=known,
        )
    if named is not None and known and named not in known:
        raise InputError(
            Bilingual("文件里没有这个品牌", "the file does not name this brand"),
            where="--own",
            value=named,
            valid=known,
        )
    return (named,) if named is not None else tuple(known)
