"""Touchpoints: their diagnosis, what customers wish for there, and the service blueprint."""

from typing import Final

import pyarrow as pa

from cem_nlp.schemas.columns import ID, NIGHT, STRINGS, column, measure, sourced, table

TABLES: Final[dict[str, pa.Schema]] = {
    "wishes": table(
        "a clause in which a customer wishes or asks for something",
        ID,
        column("wish_no", pa.int32(), "position in the comment, from 0"),
        column(
            "sort",
            pa.string(),
            "missing: asks for what is not there; preference: for another channel; question: how, where or "
            "whether",
        ),
        column("channel", pa.string(), "channel that the clause names", optional=True),
        column("category", pa.string(), "category that its words are about", optional=True),
        column("topic", pa.string(), "sub-topic of the taxonomy", optional=True),
        column("start", pa.int32(), "first code point of the clause in feedback.text"),
        column("end", pa.int32(), "code point after it"),
        column("evidence", pa.string(), "feedback.text[start:end]"),
        column("taxonomy_version", pa.string(), "version and checksum of the taxonomy"),
        NIGHT,
    ),
    "touchpoints": table(
        "a touchpoint of a brand and product: a place in the matrix of channel and stage, and its diagnosis",
        column("brand", pa.string(), "own brand; every brand where none is own"),
        column("product", pa.string(), "product, or 'all'"),
        column("touchpoint", pa.string(), "touchpoint"),
        column("channel", pa.string(), "face_to_face, phone_inbound, phone_outbound, web or other"),
        column("stage", pa.string(), "before, during or after the purchase"),
        column("is_own", pa.bool_(), "whether the brand is one of the own brands"),
        column("n_mentions", pa.int64(), "opinions at the touchpoint"),
        *measure("share_of_voice", "share of the brand's and product's opinions, 0–1"),
        *sourced("experience", "score, 0–10; null where too few mentions"),
        *sourced(
            "importance",
            "points by which the rating is higher where the touchpoint is praised than where it is blamed, "
            "all else equal, 0–10; or a survey's importance",
        ),
        column("mean_importance", pa.float64(), "mean over the touchpoints that have one", optional=True),
        column("preferred_channel", pa.string(), "channel that customers prefer there", optional=True),
        *sourced("preference", "share of the preferred channel among wishes or answers, 0–1"),
        *sourced("own_preference", "the same share of the touchpoint's own channel, 0–1"),
        column("n_preferences", pa.int64(), "wishes or answers that name a channel"),
        *sourced(
            "use", "share of the opinions at the same stage that lie in the same channel, 0–1; or a survey's"
        ),
        column("diagnosis", pa.string(), "defect, misplaced, none or unknown"),
        column(
            "reason",
            pa.string(),
            "defect: important_and_poor; misplaced: channel (another one is preferred) or effort (much is "
            "said of what matters little); none: not_poor, or not_important where its importance is not "
            "surely above the mean; unknown: few_mentions, uncertain (the range of the experience spans 5) "
            "or no_importance",
        ),
        column(
            "steer_to",
            pa.string(),
            "channel that could take over: preferred there, and surely better at the same stage",
            optional=True,
        ),
        *measure("steer_experience", "score of that channel at the same stage"),
    ),
    "missing_points": table(
        "what customers of a brand ask for: a sub-topic, or a channel at a stage",
        column("brand", pa.string(), "own brand; every brand where none is own"),
        column("asked", pa.string(), "topic or channel"),
        column("name", pa.string(), "code of the sub-topic; or channel and stage, as in web×after"),
        column("category", pa.string(), "category of the sub-topic", optional=True),
        column("n_feedback", pa.int64(), "comments that ask"),
        column("n_wishes", pa.int64(), "wishes for what is not there, or for the channel"),
        column("n_questions", pa.int64(), "questions"),
        *measure("share", "share of the brand's comments that ask, 0–1"),
        column("touchpoint", pa.string(), "touchpoint where they ask most", optional=True),
        column(
            "served_by",
            pa.string(),
            "touchpoint where the sub-topic's score is surely above 5, or that has the channel at the stage",
            optional=True,
        ),
        column("n_mentions", pa.int64(), "opinions on the sub-topic"),
        *measure("experience", "the sub-topic's score, 0–10; null where too few mentions"),
        column("diagnosis", pa.string(), "missing, served, or unknown where too few ask"),
        column("example_ids", STRINGS, "feedback_id of up to three examples"),
        column("examples", STRINGS, "their clauses"),
    ),
    "blueprint": table(
        "a touchpoint of the service blueprint, with what was measured there for an own brand",
        column("brand", pa.string(), "own brand; the most mentioned where none is own"),
        column("touchpoint", pa.string(), "touchpoint"),
        column("customer_action", pa.string(), "what the customer does"),
        column("on_stage", pa.string(), "contact that the customer sees"),
        column("back_stage", pa.string(), "action that the customer does not see"),
        column("support", pa.string(), "process behind both"),
        column("evidence", pa.string(), "physical evidence"),
        column("n_mentions", pa.int64(), "opinions at the touchpoint"),
        *measure("experience", "score of the touchpoint as in scores, 0–10"),
        column("worst_topic", pa.string(), "sub-topic that pulls the score down most", optional=True),
        column("worst_n_mentions", pa.int64(), "opinions on that sub-topic there"),
        *measure("worst_experience", "its score there, 0–10"),
    ),
}
