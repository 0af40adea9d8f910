import pytest

from cem_nlp.text import is_chinese, is_default_praise


@pytest.mark.parametrize(
    "text",
    [
        "此用户未填写评价内容",
        "此用户没有填写评价。",
        "此用户未及时填写评价内容",
        "该用户觉得商品不错",
        "您没有填写内容，默认好评",
        "系统默认好评！",
        "评价方未及时做出评价,系统默认好评!",
        "默认好评",
    ],
)
def test_default_praise(text):
    assert is_default_praise(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "好评",
        "不错",
        "商品不错",
        "我没有填写评价",
        "此用户没有填写评价，但是我要说不好",
        "默认好评？不存在的",
    ],
)
def test_what_customers_write_is_no_default_praise(text):
    assert not is_default_praise(text)


@pytest.mark.parametrize(
    "text", ["好", "服務很好", "iPhone 11 Pro Max 很好", "の很好喝", "👍好评", "[手机号]打不通"]
)
def test_chinese(text):
    assert is_chinese(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "👍👍",
        "！！！",
        "13812",
        "very good",
        "good 好 service and very nice room",
        "とても良いです",
        "정말 좋아요",
    ],
)
def test_not_chinese(text):
    assert not is_chinese(text)
