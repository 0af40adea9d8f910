"""`cem label`: pick comments to label, label them on a local page, compare two annotators."""

import argparse
import webbrowser
from pathlib import Path
from threading import Thread
from typing import Final

from cem_nlp.classify import read_input
from cem_nlp.cli.engine import add_engine, engine_of
from cem_nlp.cli.parser import Commands, UsageError
from cem_nlp.cli.training_data import add_seed
from cem_nlp.errors import InputError
from cem_nlp.label_files import load_labels
from cem_nlp.labelling import choose, compare, render_agreement
from cem_nlp.labelling.files import load_tasks, open_label_file, save_detached, save_tasks
from cem_nlp.labelling.server import Labelling, LabellingServer
from cem_nlp.labelling.session import check_same_texts
from cem_nlp.language import Bilingual, Language
from cem_nlp.places import refuse_same_file

_COMMANDS: Final = {
    "pick": Bilingual("挑选最值得标注的评论", "pick the comments most worth labelling"),
    "serve": Bilingual("打开本机标注网页", "open the labelling page on this machine"),
    "agree": Bilingual("两位标注者有多一致", "how far two annotators agree"),
    "detach": Bilingual(
        "去掉标注里的原文，便于公开", "take the texts out of labels, so that they can be published"
    ),
}


def register(commands: Commands) -> None:
    """Add the commands of this module."""
    label = commands.group("label", _COMMANDS)
    _add_pick(label)
    _add_serve(label)
    agree = label.add("agree", _agree)
    for name in ("A", "B"):
        said = label.say("一位标注者的 .jsonl", "an annotator's .jsonl")
        agree.add_argument(name.lower(), type=Path, metavar=f"{name}.jsonl", help=said)
    detach = label.add("detach", _detach)
    said = label.say("已标注的 .jsonl", "labelled .jsonl")
    detach.add_argument("labels", type=Path, metavar="LABELS.jsonl", help=said)
    said = label.say("不含原文的标注", "the labels without texts")
    detach.add_argument("--output", type=Path, required=True, metavar="FILE.jsonl", help=said)


def _add_pick(commands: Commands) -> None:
    pick = commands.add("pick", _pick)
    input_help = commands.say(
        "含 id、text 的 .jsonl 或 .csv，可有 kind、domain",
        ".jsonl or .csv with id and text, maybe kind, domain",
    )
    pick.add_argument("input", type=Path, metavar="INPUT", help=input_help)
    pick.add_argument(
        "--output",
        type=Path,
        required=True,
        metavar="TASKS.jsonl",
        help=commands.say("标注任务", "the tasks"),
    )
    count_help = commands.say("挑选多少条", "how many")
    pick.add_argument("--count", type=int, required=True, metavar="N", help=count_help)
    audit_help = commands.say(
        "其中随机抽查的比例，不带建议，只用来测量；默认 0.1，5 条起至少 1 条",
        "share drawn at random, without suggestions, to measure with; 0.1 by default, from 5 on one at least",
    )
    pick.add_argument("--audit-share", type=float, default=0.1, metavar="SHARE", help=audit_help)
    known_help = commands.say("已标注的文件，不再挑选", "labelled files, not picked again")
    pick.add_argument(
        "--labelled", type=Path, nargs="+", action="extend", default=[], metavar="FILE", help=known_help
    )
    add_seed(pick, commands)
    add_engine(pick, commands)


def _add_serve(commands: Commands) -> None:
    serve = commands.add("serve", _serve)
    serve.add_argument("tasks", type=Path, metavar="TASKS.jsonl", help=commands.say("标注任务", "the tasks"))
    output_help = commands.say("标注写到这里，可随时接着标", "where labels go; goes on where it stopped")
    serve.add_argument("--output", type=Path, required=True, metavar="LABELS.jsonl", help=output_help)
    name_help = commands.say("标注者", "who labels")
    serve.add_argument("--annotator", required=True, metavar="NAME", help=name_help)
    port_help = commands.say("端口，默认任选空闲的", "port; any free one by default")
    serve.add_argument("--port", type=int, default=0, metavar="PORT", help=port_help)
    open_help = commands.say("是否打开浏览器", "whether to open the browser")
    serve.add_argument("--open", action=argparse.BooleanOptionalAction, default=True, help=open_help)


def _pick(arguments: argparse.Namespace, language: Language) -> None:
    _refuse_unless(
        arguments.count > 0, Bilingual("--count 须为正数", "--count must be positive"), arguments.count
    )
    _refuse_unless(
        0 <= arguments.audit_share <= 1,
        Bilingual("--audit-share 须在 0 与 1 之间", "--audit-share must be between 0 and 1"),
        arguments.audit_share,
    )
    for file in (arguments.input, *arguments.labelled):
        refuse_same_file(file, arguments.output)
    picked = choose(
        engine_of(arguments),
        list(read_input(arguments.input)),
        [comment for file in arguments.labelled for comment in load_labels(file)],
        count=arguments.count,
        audit_share=arguments.audit_share,
        seed=arguments.seed,
    )
    if not picked.tasks:
        raise InputError(
            Bilingual("没有可标注的评论", "there is no comment to label"),
            where=str(arguments.input),
            next_step=Bilingual(
                "可标注的是中文、未标注过、互不重复的客户评论",
                "to label are customers' comments in Chinese, not yet labelled, unlike one another",
            ),
        )
    save_tasks(picked.tasks, arguments.output)
    count, audit = len(picked.tasks), sum(task.comment.audit for task in picked.tasks)
    said = Bilingual(
        f"从 {picked.candidates} 条可标注的评论中挑选 {count} 条，其中随机抽查 {audit} 条",
        f"{count} of {picked.candidates} comments that could be labelled, {audit} of them at random",
    )
    print(f"{said.say(language)} → {arguments.output}")


def _serve(arguments: argparse.Namespace, language: Language) -> None:
    annotator = arguments.annotator.strip()
    _refuse_unless(
        bool(annotator), Bilingual("--annotator 不能为空", "--annotator must not be blank"), annotator
    )
    tasks = load_tasks(arguments.tasks)
    with open_label_file(arguments.output, annotator) as file:
        check_same_texts(tasks, file.labels)
        if file.repaired:
            print(Bilingual("已去掉上次没有写完的一行", "removed a line left half-written").say(language))
        labelling = Labelling(tasks, file, annotator, language)
        with LabellingServer(labelling, arguments.port) as server:
            stop = Bilingual("按 Ctrl-C 结束", "Ctrl-C ends it").say(language)
            print(f"{server.url}\n{stop}", flush=True)
            if arguments.open:
                # Some browsers for the terminal return only when they are closed.
                Thread(target=webbrowser.open, args=(server.url,), daemon=True).start()
            _serve_until_interrupted(server)
        said = Bilingual(
            f"已标注 {labelling.labelled} / {len(tasks)}", f"{labelling.labelled} of {len(tasks)} labelled"
        )
        print(f"{said.say(language)} → {arguments.output}")


def _serve_until_interrupted(server: LabellingServer) -> None:
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print()


def _agree(arguments: argparse.Namespace, language: Language) -> None:
    print(render_agreement(compare(load_labels(arguments.a), load_labels(arguments.b)), language))


def _detach(arguments: argparse.Namespace, language: Language) -> None:
    refuse_same_file(arguments.labels, arguments.output)
    detached = save_detached(arguments.labels, arguments.output)
    said = Bilingual(f"{detached} 条标注，不含原文", f"{detached} labels without their texts")
    print(f"{said.say(language)} → {arguments.output}")


def _refuse_unless(holds: bool, what: Bilingual, value: object) -> None:
    if not holds:
        raise UsageError(what, value=value)
