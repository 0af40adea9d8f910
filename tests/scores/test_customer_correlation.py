"""How much mentions by one customer resemble each other is measured without bias, in small cells too."""

import numpy as np
import pandas as pd
import pytest

from cem_nlp.scores.cells import correlation_within_customers, count_cells, effective_mentions


def cells_of(customers: int, repeats: float, n_cells: int = 3000) -> pd.DataFrame:
    """Count cells of customers who speak one to four times and repeat themselves with this probability."""
    random = np.random.default_rng(11)
    m = random.integers(1, 5, size=n_cells * customers)
    customer = np.repeat(np.arange(len(m)), m)
    fresh, first = (random.choice([2, 1, 0], size=len(size), p=[0.5, 0.2, 0.3]) for size in (customer, m))
    points = np.where(random.random(len(customer)) < repeats, first[customer], fresh)
    columns = {"brand": customer // customers, "customer": customer, "comment": customer}
    return count_cells(pd.DataFrame(columns | {"half_points": points}), ("brand",))


@pytest.mark.parametrize("customers", [2, 5, 50])
@pytest.mark.parametrize("repeats", [0.0, 0.5, 0.9])
def test_the_correlation_is_found_whatever_the_size_of_the_cells(customers: int, repeats: float) -> None:
    # Two mentions of a customer agree where both repeat his first thought.
    cells = cells_of(customers, repeats)
    assert correlation_within_customers(cells) == pytest.approx(repeats**2, abs=0.04)


def test_customers_who_always_repeat_themselves_count_once() -> None:
    cells = cells_of(50, 1.0)
    assert correlation_within_customers(cells) == pytest.approx(1.0, abs=0.02)
    independent = effective_mentions(cells, 1.0)
    assert independent == pytest.approx(cells["n_mentions"] ** 2 / cells["squares"])


def test_nobody_speaks_twice_nothing_to_measure() -> None:
    mentions = pd.DataFrame({"customer": range(9), "comment": range(9), "half_points": [0, 1, 2] * 3})
    cells = count_cells(mentions, ())
    assert correlation_within_customers(cells) == 1.0
    assert effective_mentions(cells, 1.0).tolist() == [9.0]


@pytest.mark.parametrize("rows", [1, 2])
def test_a_single_customer_says_nothing_about_customers(rows: int) -> None:
    mentions = pd.DataFrame({"customer": [0] * rows, "comment": [0] * rows, "half_points": [0, 2][:rows]})
    assert correlation_within_customers(count_cells(mentions, ())) == 1.0
