// Draws the page. Texts go into the document as text, never as HTML.
import { inOrder } from "./draft.js";
import { rangeOf, slice } from "./text.js";

const SIGNS = { positive: "+", negative: "−", neutral: "0" };

export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (value !== false && value !== null) node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children);
  return node;
}

export function fill(id, ...children) {
  const node = document.getElementById(id);
  node.replaceChildren(...children);
  return node;
}

/** A button that leaves the focus where it is, so that keys go on working on the comment. */
export function button(label, key, run, attributes = {}) {
  const keys = key ? [element("kbd", {}, key)] : [];
  return element(
    "button",
    { type: "button", onclick: run, onmousedown: (event) => event.preventDefault(), ...attributes },
    ...keys,
    label,
  );
}

/** The comment, its opinions marked; a transcript turn by turn. */
export function drawText(text, draft, selection, words, showsTurns) {
  const opinions = inOrder(draft);
  const chosen = selection ? rangeOf(selection) : [0, 0];
  const borders = new Set([...chosen, ...opinions.flatMap(({ opinion }) => [opinion.start, opinion.end])]);
  fill(
    "text",
    ...text.turns.map((turn) => {
      const cuts = [...borders].filter((at) => turn.start < at && at < turn.end);
      const edges = [turn.start, ...cuts.sort((one, other) => one - other), turn.end];
      const pieces = edges
        .slice(0, -1)
        .map((start, number) => piece(text, [start, edges[number + 1]], opinions, draft.said.active, chosen));
      const role = showsTurns ? { "data-role": words[turn.role] } : {};
      return element("p", { class: `turn ${turn.role}`, ...role }, ...pieces);
    }),
  );
}

function piece(text, [start, end], opinions, active, chosen) {
  const covering = opinions.filter(({ opinion }) => opinion.start <= start && end <= opinion.end);
  const node = element("span", { "data-start": start }, slice(text, start, end));
  if (chosen[0] <= start && end <= chosen[1]) node.classList.add("chosen");
  const top = covering.find(({ index }) => index === active) ?? covering.at(-1);
  if (!top) return node;
  node.classList.add("mark", top.opinion.category);
  node.classList.toggle("active", top.index === active);
  node.classList.toggle("suggested", Boolean(top.opinion.suggested));
  node.dataset.opinion = top.index;
  const ending = covering.filter(({ opinion }) => opinion.end === end);
  if (ending.length) node.dataset.tag = ending.map(({ opinion }) => SIGNS[opinion.polarity] ?? "?").join(" ");
  return node;
}

export function drawOpinions(text, draft, session, run) {
  const { words } = session;
  const rows = inOrder(draft).map(({ opinion, index }) => {
    const [category, touchpoint] = [
      named(session.categories, opinion.category),
      named(session.touchpoints, opinion.touchpoint),
    ];
    const polarity = opinion.polarity ? named(session.polarities, opinion.polarity).name : "?";
    return element(
      "div",
      {
        class: `opinion ${opinion.category}`,
        "data-active": index === draft.said.active,
        "data-suggested": Boolean(opinion.suggested),
      },
      button("", null, () => run.choose(index), { class: "cover", "aria-label": category.name }),
      element("span", { class: "sign" }, SIGNS[opinion.polarity] ?? "?"),
      element(
        "span",
        { class: "what" },
        element("b", {}, category.name),
        ` · ${polarity} · `,
        element("span", { class: opinion.assumed ? "assumed" : "" }, touchpoint.name),
      ),
      element("q", {}, slice(text, opinion.start, opinion.end)),
      button("×", null, () => run.remove(index), { class: "remove", title: words.remove, "aria-label": words.remove }),
    );
  });
  const suggested = draft.said.opinions.some((opinion) => opinion.suggested);
  fill(
    "opinions",
    element(
      "h2",
      {},
      words.opinions,
      ...(suggested ? [element("span", { class: "hint" }, words.suggested)] : []),
    ),
    ...(rows.length ? rows : [element("p", { class: "empty" }, words.empty)]),
  );
}

function named(choices, code) {
  return choices.find((choice) => choice.code === code);
}

/** All choices as buttons, with their keys; those of the active opinion are pressed. */
export function drawPanel(session, said, opinion, run) {
  const { words } = session;
  const choices = (field, of, pressed, choose, key) =>
    element(
      "div",
      { class: "row", role: "group", "aria-label": words[field] },
      element("span", { class: "name" }, words[field], ...(key ? [element("kbd", {}, key)] : [])),
      element(
        "span",
        { class: "choices" },
        ...of.map(({ code, name, key }) =>
          button(name, key, () => choose(code), {
            class: `choice ${field === "category" ? code : ""}`,
            "data-code": code ?? "none",
            "aria-pressed": String(pressed === code),
          }),
        ),
      ),
    );
  const none = { code: null, name: words.none };
  fill(
    "panel",
    element(
      "div",
      { class: "rows" },
      choices("category", session.categories, opinion?.category, run.category),
      choices("polarity", session.polarities, opinion?.polarity, run.polarity),
    ),
    choices("touchpoint", session.touchpoints, opinion?.touchpoint, run.touchpoint),
    element(
      "div",
      { class: "rows" },
      choices("intent", [none, ...session.intents], said.intent, run.intent, "i"),
      choices("expectation", [none, ...session.expectations], said.expectation, run.expectation, "e"),
      element(
        "div",
        { class: "actions" },
        button(words.undo, "u", run.undo),
        button(words.skip, "s", run.skip),
        button(words.save, words.enter, run.save, { class: "save" }),
      ),
    ),
  );
}

export function drawFrame(session, run) {
  const { words } = session;
  document.documentElement.lang = session.language;
  document.title = `${words.title} · ${session.annotator}`;
  fill("title", words.title, element("span", {}, session.annotator));
  fill("tools", button(words.guide, "g", run.guide), button(words.help, "?", run.help));
  fill(
    "guide",
    element("header", {}, element("h2", {}, words.guide), button(words.close, "g", run.guide)),
    ...session.guide.map(({ title, points }, number) =>
      element(
        "details",
        { open: number < 3 },
        element("summary", {}, title),
        element("ul", {}, ...points.map((point) => element("li", {}, point))),
      ),
    ),
  );
  fill(
    "help",
    element("h2", {}, words.help),
    element(
      "dl",
      {},
      ...session.help.flatMap(([keys, said]) => [
        element("dt", {}, ...keys.map((key) => element("kbd", {}, key))),
        element("dd", {}, said),
      ]),
    ),
    button(words.close, "Esc", run.help),
  );
}

export function drawProgress(words, done, total, skipped, minutes) {
  document.getElementById("bar-done").style.width = `${(100 * done) / total}%`;
  const said = [`${done} / ${total}`];
  if (skipped) said.push(words.skipped.replace("{n}", skipped));
  if (minutes) said.push(words.left.replace("{n}", minutes));
  fill("progress", said.join(" · "));
}

export function drawFacts(session, task, isLabelled) {
  const said = [session.kinds[task.kind], task.domain, task.id].filter(Boolean);
  fill(
    "facts",
    said.join(" · "),
    ...(isLabelled ? [element("span", { class: "hint" }, session.words.labelled_before)] : []),
  );
}

export function drawDone(words, saved, skipped, again) {
  fill(
    "done",
    element("h2", {}, skipped ? words.round_done : words.done),
    element("p", {}, words.done_text.replace("{n}", saved)),
    ...(skipped ? [button(words.again.replace("{n}", skipped), "Enter", again, { class: "save" })] : []),
  );
}
