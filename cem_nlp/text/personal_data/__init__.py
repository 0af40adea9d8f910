"""Rules that find personal data in normalised Chinese text.

The group `secret` of a rule's pattern is the data; a check follows where the pattern alone says too little.
Quantifiers are bounded or possessive, so that searching takes linear time. Prices, models, dates, versions,
measures and public service numbers (400, 800, 95xxx, 10086, 12315, 110) are no personal data.
"""

from typing import Final

from cem_nlp.text.personal_data.accounts import ACCOUNTS
from cem_nlp.text.personal_data.addresses import ADDRESSES
from cem_nlp.text.personal_data.names import NAMES
from cem_nlp.text.personal_data.numbers import BIRTHDAYS, NUMBERS, PLATES
from cem_nlp.text.personal_data.telephones import TELEPHONES

__all__ = ["RULES"]

RULES: Final = (*NUMBERS, *TELEPHONES, *ACCOUNTS, *PLATES, *BIRTHDAYS, *ADDRESSES, *NAMES)
"""All rules in the order to apply them: named and self-proving numbers before shapes that they may hold."""
