import json
import shutil
from pathlib import Path

from cem_command import Cem

from cem_nlp.model_files import load_model, load_profile
from cem_nlp.opinions.profile import PROFILE
from cem_nlp.resources import shipped

TEXTS = ("物流很快，服务态度也好", "質量太差，用兩天就壞了", "Good", "！！！", "还没拆开看")


def labelled(path: Path, *numbers: int) -> Path:
    empty = {"kind": "review", "domain": "家电", "opinions": [], "intent": None, "expectation": None}
    rows = [{"id": str(n), "text": TEXTS[n], **empty} for n in numbers]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def test_profile_counts_the_comments_of_all_files(cem: Cem, tmp_path: Path) -> None:
    model = tmp_path / "model"
    shutil.copytree(shipped("models/default"), model)
    (model / PROFILE).unlink()
    files = [labelled(tmp_path / "one.jsonl", 0, 1, 2), labelled(tmp_path / "two.jsonl", 3, 4)]
    ran = cem("profile", "--data", files[0], "--data", files[1], "--model", model)
    assert (ran.code, ran.err) == (0, "")
    assert "5 条评论的画像" in ran.out
    profile = load_profile(model)
    assert profile is not None
    assert profile.model_version == load_model(model).version
    counts = {measure: list(found) for measure, found in profile.counts["review"].items()}
    assert counts["language"] == [3, 1, 1]
    assert counts["found"] == [2, 1]


def test_profile_refuses_what_is_no_label_file(cem: Cem, tmp_path: Path) -> None:
    ran = cem("profile", "--data", tmp_path / "missing.jsonl")
    assert ran.code != 0
    assert "missing.jsonl" in ran.err
