"""The `cem` command."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Final

from cem_nlp.cli.parser import IN_ENGLISH, Parser, add_commands, add_help, add_version, split_language
from cem_nlp.errors import CemError, withhold
from cem_nlp.language import Bilingual, Language

_MODULES: Final[dict[str, dict[str, Bilingual]]] = {
    "runs": {
        "nightly": Bilingual(
            "夜间主任务：读入、分析、评分、发布", "the night's run: read, analyse, score, publish"
        ),
        "backfill": Bilingual("按日期范围逐夜补跑", "publish every night of a range of dates"),
        "serve": Bilingual("在单机上每晚 02:00 自动运行", "run every night at 02:00 on this machine"),
    },
    "report": {
        "report": Bilingual("由已发布的表重新生成报告", "write the report of the published tables once more")
    },
    "query": {"query": Bilingual("用 SQL 查询已发布的表", "query the published tables with SQL")},
    "classify": {"classify": Bilingual("找出每条评论里的观点", "find the opinions of every comment")},
    "explain": {
        "explain": Bilingual("一条评论里有哪些观点，依据是什么", "the opinions of one comment, and why")
    },
    "training": {"train": Bilingual("用标注数据训练模型", "train a model on labelled comments")},
    "pool_reading": {
        "pool-reading": Bilingual(
            "让 Transformer 读未标注评论，作为训练的老师",
            "let a transformer read a pool: a teacher for cem train",
        )
    },
    "join": {
        "join": Bilingual(
            "让 Transformer 与网络共读难断的评论",
            "let a transformer read beside a network what it is in doubt about",
        )
    },
    "evaluation": {"evaluate": Bilingual("在标注数据上测量模型", "measure the model on labelled comments")},
    "taxonomy": {
        "taxonomy": Bilingual("检查、比较分类体系", "check and compare taxonomies of topics and rules")
    },
    "profile": {
        "profile": Bilingual(
            "给模型附上训练数据的画像，供夜间检查漂移",
            "put a profile of its training comments beside a model",
        )
    },
    "labelling": {
        "label": Bilingual("挑选评论，在本机网页上标注", "pick comments and label them on a local page")
    },
    "method": {
        "gap": Bilingual(
            "七步法：满意、关键体验、差距、先做什么",
            "the seven steps: satisfaction, key experience, gap, what to do first",
        )
    },
    "cost": {"cost": Bilingual("负面体验的代价", "the cost of negative experience")},
    "comparison": {
        "compare": Bilingual(
            "与对手比较：强项、弱项与原话", "against rivals: strengths, weaknesses, verbatims"
        )
    },
    "segments": {
        "segments": Bilingual(
            "四类客户、移动与目标客群", "the four kinds of customer, who moved, target segments"
        ),
    },
    "perception": {
        "perception": Bilingual(
            "公司自评与客户评分、标杆", "own rating against customers' score, and the benchmark"
        ),
    },
    "listening": {
        "listening": Bilingual("倾听覆盖：听到了谁，没听到谁", "who is listened to, and who is not"),
    },
    "themes": {
        "themes": Bilingual(
            "十个体验主题与满意度、回购的关系", "the ten themes, tied to satisfaction and repurchase"
        ),
    },
    "sections": {
        "alerts": Bilingual("最近的异动：体验与声量", "what moved lately: experience and volume"),
        "drivers": Bilingual(
            "推算的重要性与期望", "importance and expectation, derived from ratings and text"
        ),
        "service": Bilingual(
            "客服通话：问什么、抱怨什么、解决了没有", "service calls: what is asked, and what is solved"
        ),
        "topics": Bilingual("拉低、拉高得分的话题与新词", "topics that drive the scores, and new words"),
    },
    "journeys": {"journey": Bilingual("峰终与情绪曲线", "peak, end and emotion curve of calls and journeys")},
    "touchpoints": {
        "touchpoints": Bilingual("触点诊断与服务蓝图", "diagnosis of touchpoints, and the service blueprint")
    },
    "loop": {
        "loop": Bilingual("已做的行动有没有见效", "what was done, and whether it worked"),
    },
}
"""The modules of this package with the commands that each registers, in the order of the help.

A module is imported when one of its commands is asked for, and not before: what one command needs, such as
statistics or databases, costs the others up to four seconds.
"""

_INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells use it: 128 + SIGINT."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; `arguments` default to the process's own."""
    language: Language = "zh"
    try:
        language, rest = split_language(sys.argv[1:] if arguments is None else arguments)
        try:
            asked = next((word for word in rest if not word.startswith("-")), "")
            chosen = build_parser(language, asked).parse_args(rest)
            chosen.run(chosen, language)
        finally:
            # What is still buffered would otherwise meet a closed pipe at the interpreter's exit.
            if sys.stdout is not None:  # it is, where the caller closed it
                sys.stdout.flush()
    except CemError as error:
        return _report(error, language)
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        # The reader, such as `head`, has seen enough; keep the interpreter from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as error:
        return _report(withhold(error), language)
    return 0


def _report(error: CemError, language: Language) -> int:
    print(error.explain(language), file=sys.stderr)
    return error.exit_code


def build_parser(language: Language, asked: str | None = None) -> Parser:
    """Return the parser of the command line, its texts in `language`.

    Every command is in it; the arguments are those of the command `asked` alone, of every command where it
    is None.
    """
    about = Bilingual(
        "把中文客户的评论、投诉和通话变成体验得分与决策。",
        "Turn what Chinese customers say into experience scores and decisions.",
    )
    parser = Parser(
        prog="cem",
        description=about.say(language),
        epilog=IN_ENGLISH.say(language),
        add_help=False,
        allow_abbrev=False,
    )
    add_help(parser, language)
    add_version(parser, language)
    every = {name: said for module in _MODULES.values() for name, said in module.items()}
    commands = add_commands(parser, language, every)
    for module, names in _MODULES.items():
        if asked is None or asked in names:
            import_module(f"cem_nlp.cli.{module}").register(commands)
        else:
            for name in names:
                commands.mention(name)
    return parser
