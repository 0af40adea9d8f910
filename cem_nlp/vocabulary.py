"""The closed vocabularies of the method: codes as they stand in tables, with their names in both languages.

Source of the categories, channels, stages and determinants: the customer-experience-management method
this software implements. Touchpoints, intents and expectations follow the labelling guide.
"""

from typing import Final

from cem_nlp.language import Bilingual

CATEGORIES: Final = {
    "product": Bilingual("产品", "product"),
    "service": Bilingual("服务", "service"),
    "relationship": Bilingual("关系", "relationship"),
    "price": Bilingual("价格", "price"),
    "convenience": Bilingual("便利性", "convenience"),
    "brand": Bilingual("品牌形象", "brand image"),
}
POLARITIES: Final = {
    "positive": Bilingual("正面", "positive"),
    "neutral": Bilingual("中性", "neutral"),
    "negative": Bilingual("负面", "negative"),
}
TOUCHPOINTS: Final = {
    "ad": Bilingual("广告宣传", "advertising"),
    "web": Bilingual("网页与应用", "site and app"),
    "store": Bilingual("门店现场", "store"),
    "ask": Bilingual("购前咨询", "enquiry"),
    "order": Bilingual("下单支付", "order and payment"),
    "delivery": Bilingual("配送物流", "delivery"),
    "install": Bilingual("安装上门", "installation"),
    "use": Bilingual("产品使用", "use"),
    "after": Bilingual("售后维修", "after-sales"),
    "complaint": Bilingual("投诉处理", "complaint handling"),
    "bill": Bilingual("账单退款", "billing and refund"),
    "member": Bilingual("会员关怀", "membership and care"),
}
INTENTS: Final = {
    "repurchase": Bilingual("回购", "repurchase"),
    "recommend": Bilingual("推荐", "recommend"),
    "churn": Bilingual("流失", "churn"),
    "complain": Bilingual("投诉", "complain"),
}
EXPECTATIONS: Final = {
    "above": Bilingual("超出预期", "above expectation"),
    "met": Bilingual("符合预期", "as expected"),
    "below": Bilingual("低于预期", "below expectation"),
}
DETERMINANTS: Final = {
    "word_of_mouth": Bilingual("口碑", "word of mouth"),
    "promotion": Bilingual("品牌宣传", "brand promotion"),
    "background": Bilingual("价值观与背景", "values and background"),
    "circumstance": Bilingual("处境与人生阶段", "circumstance and life stage"),
    "earlier_here": Bilingual("在本公司的经历", "earlier experience here"),
    "earlier_elsewhere": Bilingual("在别家的经历", "earlier experience elsewhere"),
}
KINDS: Final = {
    "review": Bilingual("评论", "review"),
    "complaint": Bilingual("投诉", "complaint"),
    "transcript": Bilingual("通话记录", "call transcript"),
}
KIND_CODES: Final = {code: code for code in KINDS} | {name.zh: code for code, name in KINDS.items()}
"""Each kind by what users may write for it: its code, or its name in Chinese."""
ROLES: Final = {
    "customer": Bilingual("客户", "customer"),
    "agent": Bilingual("客服", "agent"),
}
ORIGINS: Final = {
    "survey": Bilingual("问卷", "survey"),
    "derived": Bilingual("推算", "derived"),
    "assumed": Bilingual("假定", "assumed"),
}

ALL: Final = "all"
"""What a rolled-up dimension of a table holds instead of one of its values."""

UNKNOWN: Final = "unknown"
"""What a dimension holds where the source says nothing."""
