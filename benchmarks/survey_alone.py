"""How sure the figures of a survey alone are: ranges that hold the truth, verdicts where nothing differs.

Run `python benchmarks/survey_alone.py`; it takes about fifteen seconds, `--full` some minutes. Respondents
score on whole points, each with a mood that colours whatever he scores. Three brands are alike, rated by the
same people or by others; ten themes have nothing to do with satisfaction or repurchase. A survey is a case; a
false alarm is one with any verdict at all.
"""

import argparse

import numpy as np
import pandas as pd

from cem_nlp.cem.brand_survey import against_surveyed, brand_survey, survey_experience
from cem_nlp.cem.theme_survey import theme_survey_table
from cem_nlp.config import Comparison, Scores
from cem_nlp.vocabulary import ALL

TRUTH = 6.0
CATEGORIES = ("product", "service", "price")
THEMES = {f"theme {number}": number for number in range(1, 11)}
GROUP = ["b", "c"]


def scores(mood: float, n: int, random: np.random.Generator) -> list[float]:
    """Return whole scores about the truth and a respondent's mood."""
    return [float(score) for score in np.clip(np.round(random.normal(TRUTH + mood, 1.2, n)), 0, 10)]


def of_brands(respondents: int, *, same: bool, random: np.random.Generator) -> pd.DataFrame:
    """Return the answers on three brands that are alike."""
    rows = []
    for person in range(respondents):
        mood = random.normal()
        for brand in ("a", *GROUP):
            mood = mood if same else random.normal()
            answers = zip(CATEGORIES, scores(mood, len(CATEGORIES), random), strict=True)
            name = f"{person}" if same else f"{brand}{person}"
            rows += [(brand, ALL, ALL, category, "experience", score, name) for category, score in answers]
    columns = ["brand", "product", "segment", "category", "measure", "score", "respondent"]
    return pd.DataFrame(rows, columns=columns).assign(line=range(2, len(rows) + 2))


def of_themes(respondents: int, random: np.random.Generator) -> pd.DataFrame:
    """Return the answers on themes that are tied to nothing."""
    rows = []
    for person in range(respondents):
        rows += list(zip([person] * len(THEMES), THEMES, scores(0, len(THEMES), random), strict=True))
        (satisfied,) = scores(0, 1, random)
        again = 10.0 if random.random() < satisfied / 10 else 0.0
        rows += [(person, "satisfaction", satisfied), (person, "repurchase", again)]
    answers = pd.DataFrame(rows, columns=["respondent", "theme", "score"])
    return answers.assign(brand=ALL, life_cycle=ALL)


def brands(respondents: int, same: bool, trials: int, random: np.random.Generator) -> list[float]:
    """Return how often the whole's range and the difference's hold the truth, and the false alarms."""
    found = []
    for _ in range(trials):
        survey = brand_survey(of_brands(respondents, same=same, random=random), random)
        whole = survey_experience(survey, Scores()).iloc[0]
        table = against_surveyed(survey, "a", GROUP, "b, c", Comparison(), Scores())
        difference = table.iloc[0]
        found.append(
            (
                whole["experience_low"] <= TRUTH <= whole["experience_high"],
                difference["difference_low"] <= 0 <= difference["difference_high"],
                table["verdict"].isin(["better", "worse"]).any(),
            )
        )
    return [float(share) for share in np.mean(found, axis=0)]


def themes(respondents: int, trials: int, random: np.random.Generator) -> list[float]:
    """Return how often ranges of ties hold 0, and the false alarms."""
    held, alarms = [], []
    for _ in range(trials):
        answers = of_themes(respondents, random)
        table = theme_survey_table(answers, THEMES, [ALL], Scores(), Comparison())
        known = table.dropna(subset="satisfaction_effect")
        low, high = known["satisfaction_effect_low"], known["satisfaction_effect_high"]
        held.append(float(((low <= 0) & (high >= 0)).mean()))
        verdicts = table[["satisfaction_verdict", "repurchase_verdict"]]
        alarms.append(bool(verdicts.isin(["higher", "lower"]).any(axis=None)))
    return [float(np.mean(held)), float(np.mean(alarms))]


def main() -> None:
    """Print both tables and the verdict."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="25 times the trials")
    trials = 1000 if parser.parse_args().full else 40
    random = np.random.default_rng(7)
    held, alarms = [], []
    print(
        f"three brands that are alike, of {trials} surveys\n{'':>16} {'whole':>6} {'against':>8} {'any':>6}"
    )
    for respondents, same in ((8, True), (8, False), (30, True), (30, False)):
        whole, against, any_verdict = brands(respondents, same, trials, random)
        who = f"{respondents}, {'the same' if same else 'others'}"
        print(f"{who:>16} {whole:>6.0%} {against:>8.0%} {any_verdict:>6.1%}")
        held += [whole, against]
        alarms.append(any_verdict)
    print(f"\nten themes tied to nothing\n{'':>16} {'ties':>6} {'any':>6}")
    for respondents in (15, 60):
        ties, any_verdict = themes(respondents, trials, random)
        print(f"{respondents:>16} {ties:>6.0%} {any_verdict:>6.1%}")
        held.append(ties)
        alarms.append(any_verdict)
    mean, often = float(np.mean(held)), float(np.mean(alarms))
    kept = mean >= 0.93 and often <= 0.06
    print(
        "\nasked: ranges hold the truth in 95 % of cases, and 5 % of surveys have any verdict where nothing "
        f"differs; found, on average: {mean:.1%} and {often:.1%}: {'kept' if kept else 'NOT kept'}"
    )


if __name__ == "__main__":
    main()
