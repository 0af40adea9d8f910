"""What these tests share with those of the opinions: a vocabulary and comments to read."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "opinions"))
