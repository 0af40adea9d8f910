"""Comments per second of each stage on one core, and of everything from raw text to opinions on two.

    python benchmarks/speed.py

Reads the reviews of the sample, as they are and joined to the length of shop reviews, and its calls. Absolute
figures depend on the machine and its load; the ratios, measured in one run, much less.
"""

import csv
import json
import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter, process_time

# As in a night's workers: where numpy calculates with many threads, they mostly wait for one another.
os.environ.setdefault("OMP_NUM_THREADS", "1")

from cem_nlp.model_files import load_engine, load_network
from cem_nlp.opinions.baseline_words import is_good
from cem_nlp.opinions.engine import NetworkEngine
from cem_nlp.resources import shipped
from cem_nlp.text import Segmenter, near_duplicates, prepare, simplify, split_clauses
from cem_nlp.text.dialogue import join_turns

COMMENTS = 4_000
SLOW_COMMENTS = 100
"""For what reads slowly: SnowNLP takes a second for fifty."""
USUAL_LENGTH = 58
"""Code points of an average review in Chinese shops: that of the public pools this was built on."""
PROCESSES = 2


def reviews() -> list[str]:
    """Return the sample's reviews, repeated to `COMMENTS`."""
    path = Path(__file__).resolve().parents[1] / "data" / "sample" / "reviews.csv"
    with path.open(encoding="gb18030", newline="") as lines:
        texts = [row["评论内容"] for row in csv.DictReader(lines) if row["评论内容"]]
    return list(islice(cycle(texts), COMMENTS))


def calls() -> list[str]:
    """Return the sample's calls."""
    path = Path(__file__).resolve().parents[1] / "data" / "sample" / "calls.jsonl"
    records = map(json.loads, path.read_text("utf-8").splitlines())
    return [
        join_turns(
            [("customer" if turn["speaker"] == "客户" else "agent", turn["text"]) for turn in call["turns"]]
        )
        for call in records
    ]


def of_usual_length(texts: Sequence[str]) -> list[str]:
    """Return the texts joined in a row to comments of about `USUAL_LENGTH` on average, `COMMENTS` of them."""
    joined, current = [], ""
    for text in cycle(texts):
        current = f"{current}{text}。"
        if len(current) >= USUAL_LENGTH * 0.8:
            joined.append(current)
            current = ""
        if len(joined) == COMMENTS:
            return joined
    return joined


@cache
def engine() -> NetworkEngine:
    """Return the shipped engine, loaded once a process."""
    return load_engine(
        shipped("models/default"), shipped("data/taxonomy.toml"), shipped("data/user_dictionary.txt")
    )


def read(texts: Sequence[str]) -> int:
    """Take raw texts the whole way to opinions; return how many were found."""
    prepared = [prepare(text).text for text in texts]
    return sum(len(reading.opinions) for reading in engine().read(prepared, ["review"] * len(texts)))


def rate_in_processes(texts: Sequence[str]) -> float:
    """Return comments per second of wall-clock time with `PROCESSES` processes, their start left out."""
    parts = [list(texts[start::PROCESSES]) for start in range(PROCESSES)]
    with ProcessPoolExecutor(PROCESSES) as pool:
        list(pool.map(read, [part[:50] for part in parts]))
        seconds = []
        for _ in range(3):
            began = perf_counter()
            list(pool.map(read, parts))
            seconds.append(perf_counter() - began)
    return len(texts) / min(seconds)


def rate(work: Callable[[Sequence[str]], object], texts: Sequence[str]) -> float:
    """Return comments per second of processor time, the best of three."""
    seconds = []
    for _ in range(3):
        began = process_time()
        work(texts)
        seconds.append(process_time() - began)
    return len(texts) / min(seconds)


def print_readers(texts_of: Mapping[str, Sequence[str]]) -> None:
    """Print how fast the shipped model reads prepared feedback of each kind, and its network alone."""
    network = NetworkEngine(load_network(shipped("models/default")), engine().taxonomy, engine().segmenter)
    for kind, texts in texts_of.items():
        length = sum(map(len, texts)) / len(texts)
        both, alone = (
            rate(lambda t, reader=reader, kind=kind: reader.read(t, [kind] * len(t)), texts)
            for reader in (engine(), network)
        )
        print(
            f"{kind} of {length:.0f} code points, one core: "
            f"shipped model {both:,.0f}/s, network alone {alone:,.0f}/s, alone / both {alone / both:.1f} ×"
        )


def main() -> None:
    """Print a table of rates and ratios."""
    texts = reviews()
    prepared = [prepare(text).text for text in texts]
    dictionary = shipped("data/user_dictionary.txt").read_text("utf-8").splitlines()
    segmenter = Segmenter(dictionary)
    rates = {
        "prepare (normalise, mask)": rate(lambda t: [prepare(x) for x in t], texts),
        "near_duplicates": rate(lambda t: near_duplicates(t, [""] * len(t)), prepared),
        "simplify": rate(lambda t: [simplify(x) for x in t], prepared),
        "split_clauses": rate(lambda t: [split_clauses(x) for x in t], prepared),
        "cut (rjieba, else jieba)": rate(lambda t: [segmenter.cut(x) for x in t], prepared),
        "engine (all of opinions)": rate(lambda t: engine().read(t, ["review"] * len(t)), prepared),
    }
    snow = rate(lambda t: [is_good(x) for x in t], prepared[:SLOW_COMMENTS])
    print(f"{len(texts)} comments of {sum(map(len, texts)) / len(texts):.0f} code points, one core")
    for name, value in rates.items():
        print(f"{name:28}{value:>12,.0f} comments/s")
    usual = of_usual_length(texts)
    length = sum(map(len, usual)) / len(usual)
    print(
        f"raw text to opinions, {length:.0f} code points: one core {rate(read, usual):,.0f} comments/s, ",
        end="",
    )
    print(f"{PROCESSES} processes {rate_in_processes(usual):,.0f} comments/s")
    print_readers({"review": usual[:SLOW_COMMENTS], "transcript": calls()[:SLOW_COMMENTS]})
    print(f"engine / SnowNLP's polarity alone   {rates['engine (all of opinions)'] / snow:>6.0f} ×")


if __name__ == "__main__":
    main()
