"""A whole night at size: rows per second, and peak memory of the largest process.

    python benchmarks/night.py [ROWS]          20,000 rows unless told; a million takes some minutes

Makes a CSV file of ROWS reviews from the sample's, each with its own number, and runs `cem nightly` on it.
"""

import csv
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "sample" / "reviews.csv"
CONFIG = """
warehouse = "warehouse"
[brands]
own = ["澄居"]
[[sources]]
name = "reviews"
path = "reviews.csv"
[sources.columns]
id = "id"
text = "text"
brand = "brand"
rating = "rating"
"""


def write_reviews(path: Path, rows: int) -> None:
    """Write `rows` reviews; a number in the text keeps most of them from being near-duplicates."""
    with SAMPLE.open(encoding="gb18030", newline="") as lines:
        usable = [row for row in csv.DictReader(lines) if row["评论内容"] and row["评分"] in {*"12345"}]
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(["id", "text", "brand", "rating"])
        for number, row in enumerate(islice(cycle(usable), rows)):
            writer.writerow([number, f"{number:x} {row['评论内容']}", row["品牌"], row["评分"]])


def main() -> None:
    """Run the night and print its figures."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as folder:
        write_reviews(Path(folder) / "reviews.csv", rows)
        config = Path(folder) / "night.toml"
        config.write_text(CONFIG, encoding="utf-8")
        began = time.monotonic()
        command = [Path(sys.executable).with_name("cem"), "nightly", "--config", config, "--no-prefect"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        seconds = time.monotonic() - began
    peak = getrusage(RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{rows:,} rows in {seconds:.0f} s: {rows / seconds:,.0f} rows/s; largest process {peak:,.0f} MiB")


if __name__ == "__main__":
    main()
