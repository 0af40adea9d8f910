"""The stages of a customer's way: five of the journey, three of the relation, and the channels of contact.

Source of the names: the method. Where a touchpoint lies is this module's own reading of them:

    | touchpoint          | journey        | relation |
    |---------------------|----------------|----------|
    | ad                  | awareness      | attract  |
    | web, ask            | consideration  | attract  |
    | store               | purchase       | attract  |
    | order, delivery     | purchase       | develop  |
    | install, use        | use            | develop  |
    | after, complaint,   | feedback       | retain   |
    | bill, member        |                |          |

Delivery ends the purchase; what a customer brings back to the company afterwards (a repair, a complaint, a
refund, membership) is feedback.
"""

from collections.abc import Mapping
from typing import Final

from cem_nlp.language import Bilingual

JOURNEY: Final = {
    "awareness": Bilingual("认知", "awareness"),
    "consideration": Bilingual("考虑", "consideration"),
    "purchase": Bilingual("购买", "purchase"),
    "use": Bilingual("使用", "use"),
    "feedback": Bilingual("反馈", "feedback"),
}
LIFE_CYCLE: Final = {
    "attract": Bilingual("吸引", "attract"),
    "develop": Bilingual("发展", "develop"),
    "retain": Bilingual("保留", "retain"),
}
CHANNELS: Final = {
    "face_to_face": Bilingual("面对面", "face to face"),
    "phone_inbound": Bilingual("电话呼入", "phone, inbound"),
    "phone_outbound": Bilingual("电话呼出", "phone, outbound"),
    "web": Bilingual("网络", "web"),
    "other": Bilingual("其他", "other"),
}
PURCHASE: Final = {
    "before": Bilingual("购买前", "before"),
    "during": Bilingual("购买中", "during"),
    "after": Bilingual("购买后", "after"),
}

JOURNEY_OF: Final = {
    "ad": "awareness",
    "web": "consideration",
    "ask": "consideration",
    "store": "purchase",
    "order": "purchase",
    "delivery": "purchase",
    "install": "use",
    "use": "use",
    "after": "feedback",
    "complaint": "feedback",
    "bill": "feedback",
    "member": "feedback",
}
LIFE_CYCLE_OF: Final = {
    "ad": "attract",
    "web": "attract",
    "ask": "attract",
    "store": "attract",
    "order": "develop",
    "delivery": "develop",
    "install": "develop",
    "use": "develop",
    "after": "retain",
    "complaint": "retain",
    "bill": "retain",
    "member": "retain",
}

LIFE_CYCLE_OF_STAGE: Final = {
    "awareness": "attract",
    "consideration": "attract",
    "purchase": "develop",
    "use": "develop",
    "feedback": "retain",
}
"""Where a stage of the journey lies whose touchpoint nobody names: with most of its touchpoints."""

AT: Final = "at "
"""Before the code of a stage: somewhere in it, at no touchpoint in particular."""

VIEWS: Final[Mapping[str, tuple[Mapping[str, Bilingual], Mapping[str, str]]]] = {
    "journey": (JOURNEY, {**JOURNEY_OF, **{AT + stage: stage for stage in JOURNEY}}),
    "life_cycle": (
        LIFE_CYCLE,
        {
            **LIFE_CYCLE_OF,
            **{AT + stage: relation for stage, relation in LIFE_CYCLE_OF_STAGE.items()},
            **{AT + stage: stage for stage in LIFE_CYCLE},
        },
    ),
}
"""Each way to cut the journey: its stages in order, and the stage of every touchpoint or stage alone."""
