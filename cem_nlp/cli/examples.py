"""An example of each main command, shown at the end of its help."""

from typing import Final

EXAMPLES: Final = {
    "cem nightly": "cem nightly --config mine.toml --date yesterday",
    "cem backfill": "cem backfill --config mine.toml --from 2026-09-01 --to 2026-09-30",
    "cem serve": "cem serve --config mine.toml",
    "cem report": "cem report --config mine.toml --output report.html",
    "cem query": 'cem query --config mine.toml "select category, count(*) from opinions group by 1"',
    "cem classify": "cem classify comments.jsonl --output opinions.parquet --comments comments.parquet",
    "cem evaluate": "cem evaluate --data labelled.jsonl --against snownlp",
    "cem train": "cem train --data labelled.jsonl --pool unlabelled/ --hold-out dev.jsonl --output my-model",
    "cem label pick": "cem label pick comments.jsonl --output tasks.jsonl --count 200",
    "cem label serve": "cem label serve tasks.jsonl --output lin.jsonl --annotator Lin",
    "cem label agree": "cem label agree lin.jsonl wu.jsonl",
    "cem label detach": "cem label detach lin.jsonl --output public.jsonl",
    "cem gap": "cem gap --survey survey.csv --strategy strategy.toml",
    "cem compare": "cem compare --config mine.toml --from 2026-08-01",
    "cem cost": "cem cost --revenue 50000000 --negative 22% --complain 2%",
}
"""By the command; files are the user's own. Without a word of Chinese, for they stand in both languages."""
