"""The strings of the sections of the page below the key points, in both languages side by side."""

from typing import Final

from cem_nlp.language import Bilingual

PAGE_WORDS: Final[dict[str, Bilingual]] = {
    # Scores
    "scores_caption": Bilingual(
        "体验得分（0–10）：点是得分，线是 {share} 范围。实心为自有品牌，虚线是 5 分（正负持平）。",
        "Experience score (0–10): the dot is the score, the line its {share} range. Own brands are solid; "
        "the dashes mark 5, as many good as bad.",
    ),
    "brand": Bilingual("品牌", "Brand"),
    "range_chart": Bilingual("0 – 10", "0 – 10"),
    "score": Bilingual("得分", "Score"),
    "range": Bilingual("范围", "Range"),
    "mentions": Bilingual("意见数", "Opinions"),
    "polarity_counts": Bilingual("正 / 中 / 负", "Pos. / neu. / neg."),
    "corrected": Bilingual("扣除模型误读后", "Without the model's errors"),
    "against": Bilingual("与{brand}相比", "Against {brand}"),
    "verdict_higher": Bilingual("明显更高", "clearly higher"),
    "verdict_lower": Bilingual("明显更低", "clearly lower"),
    "verdict_unclear": Bilingual("无明显差别", "no clear difference"),
    "verdict_unknown": Bilingual("无法比较", "not comparable"),
    "tested_verdict_higher": Bilingual("更高", "higher"),
    "tested_verdict_lower": Bilingual("更低", "lower"),
    "tested_verdict_unclear": Bilingual("看不出差别", "no evidence"),
    "tested_verdict_unknown": Bilingual("无法比较", "not comparable"),
    "tested_verdicts": Bilingual(
        "“与{brand}相比”取自“与对手比较”：只比同一来源、同一种反馈、同一月份的意见，并控制误报，所以与两边范围"
        "是否重叠未必一致。",
        "“Against {brand}” is taken from the section on rivals, where like is compared with like and false "
        "verdicts are held down: it need not agree with whether the ranges overlap.",
    ),
    "own_mark": Bilingual("自有", "own"),
    "rivals_left_out": Bilingual(
        "另有 {n} 个品牌提及较少，未列出；全部得分在 scores 表里。",
        "{n} less mentioned brands are not listed; the scores table holds them all.",
    ),
    "own_left_out": Bilingual("另有 {n} 个自有品牌未列出。", "{n} more own brands are not listed."),
    "unnamed_mentions": Bilingual(
        "另有 {n} 条意见没有注明品牌，不计入任何品牌。",
        "{n} opinions name no brand and count for none.",
    ),
    "kinds_caption": Bilingual("各品牌的反馈构成（条）", "What each brand's feedback consists of (comments)"),
    "kinds_caution": Bilingual(
        "各品牌的反馈来源构成差别较大：投诉天然偏负面，跨品牌比较总分时请留意。",
        "The brands' feedback differs in kind: complaints are negative by nature, so "
        "compare totals with care.",
    ),
    # Heat map
    "heat_caption": Bilingual(
        "{brand}：每个触点在每一类上的体验得分与意见数",
        "{brand}: experience score and number of opinions by touchpoint and category",
    ),
    "heat_legend": Bilingual(
        "颜色：橙低、蓝高，5 分为正负持平", "Colour: orange low, blue high; 5 is as many good as bad"
    ),
    "heat_shrunk": Bilingual(
        "意见少的格子向上一级收缩：类别格向品牌在这一类的得分，“总体”格向品牌的总分，所以意见几乎相同的两格也会"
        "不同。“触点诊断”与部门待办里的体验按原始意见计，不收缩，与这里也会不同；意见越少，差得越多。",
        "Cells with few opinions are drawn towards the level above: a category's towards the brand in that "
        "category, “overall” towards the brand as a whole, so that cells of nearly the same opinions differ. "
        "The diagnosis of touchpoints and the findings of departments count opinions as they are and differ "
        "from this too, the more the fewer opinions there are.",
    ),
    "touchpoint": Bilingual("触点", "Touchpoint"),
    "heat_none": Bilingual("没有触点得分。", "There are no touchpoint scores."),
    "suppressed_mark": Bilingual("样本不足", "too few"),
    # Gaps
    "gaps_caption": Bilingual(
        "{scope}：体验 → 期望 → 理想（0–10），按加权满意度从最痛到最好",
        "{scope}: experience → expectation → ideal (0–10), worst weighted satisfaction first",
    ),
    "scope_all": Bilingual("全部产品与客群", "all products and segments"),
    "experience": Bilingual("体验", "experience"),
    "expectation": Bilingual("期望", "expectation"),
    "satisfaction": Bilingual("满意度", "satisfaction"),
    "importance": Bilingual("重要性", "importance"),
    "weighted": Bilingual("加权满意度", "weighted satisfaction"),
    "ideal": Bilingual("理想体验", "ideal experience"),
    "gap": Bilingual("差距", "gap"),
    "origins_legend": Bilingual(
        "数值来源：问卷 = 客户调查；推算 = 由文本或公式得出；假定 = 没有数据时的假定值（空心）。",
        "Origins: survey = asked; derived = worked out from text or by the method; "
        "assumed = set where there are no data (hollow).",
    ),
    "key_mark": Bilingual("关键体验", "key experience"),
    "runner_up_mark": Bilingual("备选", "runner-up"),
    "steps_title": Bilingual("七步法明细：{scope}", "The seven steps: {scope}"),
    "step": Bilingual("步骤", "Step"),
    "steps_left_out": Bilingual(
        "另有 {n} 组产品与客群未列出；全部在 gaps 表里。",
        "{n} more products and segments are not listed; the gaps table holds them all.",
    ),
    # Quotes
    "quotes_intro": Bilingual(
        "每类各取最有代表性的负面与正面意见；个人信息已遮盖，标出的是模型找到的依据。",
        "The most telling negative and positive opinions of each category; personal data are masked, "
        "the marked words are what the model found.",
    ),
    "wishes": Bilingual(
        "{brand}的 {n} 条反馈里：{intents}；{expectations}。",
        "Of {brand}'s {n} comments: {intents}; {expectations}.",
    ),
    "wish_mark": Bilingual("想{wish}", "intent: {wish}"),
    "no_quotes": Bilingual("没有这样的意见。", "No such opinion."),
    "probability": Bilingual("把握 {share}", "{share} sure"),
    "undated": Bilingual("无日期", "no date"),
    # Trend
    "trend_intro": Bilingual(
        "{brand}：每周得分与范围；空心点是还没有过完的一周，断开处意见太少。",
        "{brand}: weekly score and range; a hollow dot is a week not over yet, a break has too few opinions.",
    ),
    "week": Bilingual("周", "Week"),
    "weeks_table": Bilingual("数据表：每周得分", "Table: score by week"),
    "trend_none": Bilingual("没有按周的得分。", "There are no weekly scores."),
    "trend_label": Bilingual("{category}，{weeks}", "{category}, {weeks}"),
    "trend_week": Bilingual("{week}：{score}", "{week}: {score}"),
    # Data and method
    "files_caption": Bilingual(
        "行数核对：读入 = 发布 + 隔离 + 重复", "Reconciliation: in = published + quarantined + duplicates"
    ),
    "file": Bilingual("文件", "File"),
    "kind": Bilingual("类型", "Kind"),
    "rows_in": Bilingual("读入", "In"),
    "rows_published": Bilingual("发布", "Published"),
    "rows_quarantined": Bilingual("隔离", "Quarantined"),
    "rows_duplicate": Bilingual("重复", "Duplicates"),
    "rows_near": Bilingual("其中近似重复", "Of these near-duplicates"),
    "check": Bilingual("核对", "Check"),
    "balanced": Bilingual("✓ 相符", "✓ adds up"),
    "unbalanced": Bilingual("✗ 不符", "✗ does not add up"),
    "total": Bilingual("合计", "Total"),
    "files_none": Bilingual("今晚没有读入文件。", "No file was read tonight."),
    "broken_caption": Bilingual("隔离的行：违反约定的原因", "Rows in quarantine, by reason"),
    "reason": Bilingual("原因", "Reason"),
    "column": Bilingual("列", "Column"),
    "valid": Bilingual("有效值", "Valid"),
    "n_rows": Bilingual("行数", "Rows"),
    "row_numbers": Bilingual("行号", "Row numbers"),
    "broken_none": Bilingual("没有隔离的行。", "No row is in quarantine."),
    "broken_left_out": Bilingual(
        "另有 {n} 种原因未列出；全部在 quarantine 表里。",
        "{n} more reasons are not listed; the quarantine table holds them all.",
    ),
    "how_range": Bilingual("怎样读范围", "How to read a range"),
    "how_range_text": Bilingual(
        "得分来自抽到的意见，换一批客户会略有不同。{share} 范围的意思是："
        "同样的做法重复许多次，约 {share} 的范围会包含真实水平。"
        "两个范围重叠，就不要下“谁更好”的结论；意见越多，范围越窄。少于 {minimum} 条意见的格子不打分。",
        "A score rests on the opinions at hand; other customers would give a slightly different one. If the "
        "same were done many times, about {share} of the {share} ranges would hold the true level. Where two "
        "ranges overlap, call neither better; more opinions make a range narrower. Cells with fewer than "
        "{minimum} opinions have no score.",
    ),
    "how_score": Bilingual("得分怎么来的", "What the score is"),
    "how_score_text": Bilingual(
        "体验得分 = 10 × (正面 + 中性 ÷ 2) ÷ (正面 + 中性 + 负面)，"
        "意见少时向上一级收缩（相当于 {prior} 条意见的分量）。"
        "5 分表示正负持平。没有人提到的类别没有得分，不当作中性。",
        "Experience = 10 × (positive + neutral ÷ 2) ÷ (positive + neutral + negative), drawn towards its "
        "parent where opinions are few (the parent weighs as much as {prior} opinions). 5 means as many good "
        "as bad. A category nobody mentions has no score; it is not counted as neutral.",
    ),
    "how_gap": Bilingual("满意度与差距", "Satisfaction and gap"),
    "how_gap_text": Bilingual(
        "满意度 = 体验 − 期望；加权满意度 = 重要性 × 满意度，最负的一类最痛。"
        "关键体验的理想值提到期望之上，其余保持现状；差距 = 体验 − 理想。",
        "Satisfaction = experience − expectation; weighted satisfaction = importance × satisfaction, and it "
        "hurts most where that is most negative. The ideal of the key experience is raised above "
        "expectation, the others stay as they are; gap = experience − ideal.",
    ),
    "limits": Bilingual("局限", "Limits"),
    "limits_text": Bilingual(
        "愿意开口的客户不代表全部客户；评论、投诉与通话的语气不同；模型会读错，单条意见请以原文为准。"
        "比较很多格子时，偶然的差别也会出现。",
        "Customers who speak up are not all customers; reviews, complaints and calls differ in tone; "
        "the model misreads some, so trust the text over a single opinion. "
        "Among many cells some differ by chance.",
    ),
    "notes": Bilingual("关于这批数据", "About these data"),
    "drift": Bilingual("数据有没有变样", "Drift"),
    "drift_length": Bilingual("长度", "length"),
    "drift_language": Bilingual("语言", "language"),
    "drift_unknown": Bilingual("模型不认识的用词", "wording unknown to the model"),
    "drift_found": Bilingual("有无观点", "share with opinions"),
    "drift_opinions": Bilingual("类别与正负面的构成", "mix of categories and polarities"),
    "drift_probability": Bilingual("模型的把握", "certainty of the model"),
    "bin_length": Bilingual("{range} 字", "{range} characters"),
    "bin_language_zh": Bilingual("中文", "Chinese"),
    "bin_language_other": Bilingual("其他语言", "other languages"),
    "bin_language_none": Bilingual("没有文字", "nothing written"),
    "bin_unknown": Bilingual("不认识的比例 {range}", "unknown share {range}"),
    "bin_found_some": Bilingual("有观点", "some opinion"),
    "bin_found_none": Bilingual("没有观点", "no opinion"),
    "bin_probability": Bilingual("把握 {range}", "probability {range}"),
    "version_moved": Bilingual(
        "{version}的版本与上一夜（{before}）不同：得分的变化可能由此而来。",
        "{version}: another version than the night before ({before}), which may be why scores differ.",
    ),
    "past_moved": Bilingual(
        "{kind}的{measure}与过去 {nights} 夜不同，变化最大的是“{bin}”：{share}，此前 {before}。",
        "The {measure} of {kind}s differs from the {nights} nights before, most of all “{bin}”: "
        "{share}, {before} before.",
    ),
    "past_stable": Bilingual(
        "与过去 {nights} 夜相比，没有超出偶然的变化。",
        "Against the {nights} nights before, nothing moved by more than chance.",
    ),
    "past_unknown": Bilingual(
        "可比的夜晚还不够，暂不能与过去比较：同一模型至少 5 夜，每夜至少 20 条。",
        "There is too little to compare with earlier nights: it takes five, read by the same model, of 20 "
        "comments each.",
    ),
    "training_moved": Bilingual(
        "{share} 的{kind}，其{measure}超出训练数据的常见范围（训练数据本身 {before}）：模型读起来较不可靠。",
        "The {measure} of {share} of the {kind}s lies outside the usual range of the training comments "
        "({before} of which do): the model reads these less reliably.",
    ),
    "training_stable": Bilingual(
        "反馈的长度与用词在模型训练数据的常见范围之内。",
        "Length and wording are within the usual range of the model's training comments.",
    ),
    "training_unknown": Bilingual(
        "没有可比的训练数据画像，或今晚反馈太少，不能与训练数据比较。",
        "There is no comparison with the training comments: no profile of them, or too few comments tonight.",
    ),
    "drift_method": Bilingual(
        "训练数据有意多收了关系、品牌和中性的意见，各类比例不是自然比例，因此与训练数据只比较长度和用词。"
        "全部数值在 drift 表里。",
        "Training comments were picked to be rich in relationship, brand and neutral opinions, so their "
        "shares are not natural: only length and wording are compared with them. The drift table holds all.",
    ),
    "foreign": Bilingual(
        "{n} 条反馈不是中文：已标记，没有识别观点。",
        "{n} comments are in another language: they are marked, and no opinion was read from them.",
    ),
    "quality": Bilingual("模型质量", "Model quality"),
    "quality_text": Bilingual(
        "在 {data}（{n} 条标注评论）上，类别与正负面都判对的 F1 为 {f1}（1 为全对）。",
        "On {data} ({n} labelled comments) the F1 of category and polarity together is {f1} (1 is perfect).",
    ),
    "quality_unknown": Bilingual("没有提供实测质量。", "The measured quality was not given."),
    "category": Bilingual("类别", "Category"),
    "versions": Bilingual("版本", "Versions"),
    "model_version": Bilingual("模型", "Model"),
    "taxonomy_version": Bilingual("分类体系", "Taxonomy"),
    "software_version": Bilingual("软件", "Software"),
    "run": Bilingual("运行", "Run"),
    "timezone": Bilingual("日期所用时区", "Time zone of dates"),
    # Terminal and Markdown
    "report_path": Bilingual("报告", "Report"),
    "warehouse_path": Bilingual("仓库", "Warehouse"),
}
