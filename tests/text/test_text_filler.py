import pytest

from cem_nlp.text import is_default_praise


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
        "該用戶覺得商品較好",
        "此用戶未填寫評價內容",
        "系統默認評論",
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
