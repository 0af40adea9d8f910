// The labelling page: what it knows, which keys and clicks change it, and saving.
import * as drafts from "./draft.js";
import { listen } from "./keys.js";
import * as service from "./service.js";
import * as stopwatch from "./stopwatch.js";
import { chosenIn, moved, rangeOf, readText } from "./text.js";
import * as view from "./view.js";

const RECENT = 20; // comments whose median time foretells what is left
const MESSAGE_MS = 2500;

const session = await service.load();
const { words, tasks } = session;
const labels = new Map(Object.entries(session.labels));
const answers = new Map(Object.entries(session.answers)); // how many the service has had to each task
const kept = new Map(); // drafts of comments seen, by id
const skipped = new Set();
const trail = []; // tasks saved or skipped, in order: the way back
const times = [];

let at = 0; // number of the task on screen, tasks.length when all is done
let text, draft;
let selection = null; // words chosen to become an opinion
let cursor = null; // where the arrow keys go on from
let pending = 0; // answers on their way
let sending = Promise.resolve();

const task = () => tasks[at];
const keysOf = (choices) => Object.fromEntries(choices.map(({ key, code }) => [key, code]));
const codesOf = (choices) => choices.map(({ code }) => code);
const CATEGORY_OF = keysOf(session.categories);
const POLARITY_OF = { ...keysOf(session.polarities), "=": "positive", "−": "negative" };
const TOUCHPOINT_OF = keysOf(session.touchpoints);

function open(number) {
  at = number;
  const isDone = at >= tasks.length;
  for (const id of ["comment", "opinions", "panel"]) document.getElementById(id).hidden = isDone;
  document.getElementById("done").hidden = !isDone;
  selection = cursor = null;
  stopwatch.restart();
  if (isDone) {
    view.drawDone(words, labels.size - pending, skipped.size, again);
  } else {
    text = readText(task());
    if (!kept.has(task().id)) kept.set(task().id, drafts.newDraft(labels.get(task().id), task().suggestion));
    draft = kept.get(task().id);
    view.drawFacts(session, task(), labels.has(task().id));
    scrollTo(0, 0);
  }
  draw();
}

function draw() {
  view.drawProgress(words, labels.size, tasks.length, skipped.size, minutesLeft());
  if (at >= tasks.length) return;
  view.drawText(text, draft, selection, words, task().kind === "transcript");
  view.drawOpinions(text, draft, session, run);
  view.drawPanel(session, draft.said, selection ? null : drafts.activeOpinion(draft), run);
}

function minutesLeft() {
  const recent = times.slice(-RECENT).sort((one, other) => one - other);
  if (recent.length < 3) return 0;
  return Math.ceil((recent[recent.length >> 1] * (tasks.length - labels.size)) / 60);
}

/** The first task from `start` on, and round again, that is neither labelled nor skipped. */
function nextOpen(start) {
  const order = [...tasks.keys()].map((step) => (start + step) % tasks.length);
  return order.find((number) => !labels.has(tasks[number].id) && !skipped.has(tasks[number].id)) ?? tasks.length;
}

function again() {
  skipped.clear();
  open(nextOpen(0));
}

let forget;
function say(message, lasting = false) {
  const node = view.fill("message", message);
  node.classList.toggle("lasting", lasting);
  node.classList.add("shown");
  clearTimeout(forget);
  if (!lasting) forget = setTimeout(hush, MESSAGE_MS);
}

function hush() {
  document.getElementById("message").classList.remove("shown");
}

function save() {
  const fault = drafts.problem(draft);
  if (fault) {
    draft.said.active = fault.index;
    say(words[fault.word]);
    return;
  }
  const { id } = task();
  const before = { label: labels.get(id), draft };
  const said = drafts.answer(draft);
  const taken = stopwatch.seconds();
  labels.set(id, said);
  skipped.delete(id);
  kept.delete(id);
  times.push(taken);
  hush();
  goOn();
  // The page goes on at once; answers are sent one after the other, and a failed one comes back.
  pending += 1;
  sending = sending.then(async () => {
    const known = answers.get(id) ?? 0;
    const error = await service.send({ id, ...said, seconds: taken, answers: known }, words);
    if (error === words.elsewhere) before.label = await catchUp(id);
    pending -= 1;
    if (error) {
      bringBack(id, before, error);
    } else {
      answers.set(id, known + 1);
      if (at >= tasks.length) open(at);
    }
  });
}

/** Learn what other windows of this page have labelled meanwhile; returns the label of one task. */
async function catchUp(id) {
  const now = await service.load();
  for (const [each, count] of Object.entries(now.answers)) answers.set(each, count);
  for (const [each, label] of Object.entries(now.labels)) if (!labels.has(each)) labels.set(each, label);
  return now.labels[id];
}

function bringBack(id, before, error) {
  if (before.label) labels.set(id, before.label);
  else labels.delete(id);
  kept.set(id, before.draft);
  open(tasks.findIndex((each) => each.id === id));
  say(error, true);
}

function skip() {
  if (!labels.has(task().id)) skipped.add(task().id);
  goOn();
}

function goOn() {
  trail.push(at);
  open(nextOpen(at + 1));
}

function undo() {
  if (at < tasks.length && drafts.undo(draft)) {
    say(words.undone);
  } else if (trail.length) {
    open(trail.pop());
    say(words.back);
  }
}

function leaf(step) {
  const number = at + step;
  if (number >= 0 && number < tasks.length) open(number);
}

function select(units, step, extend) {
  selection = moved(text, units, selection, cursor, step, extend);
  cursor = selection?.focus ?? cursor;
  draw();
  reveal("#text .chosen");
}

/** Scroll to words that are out of sight, or below the header or the panel. */
function reveal(selector) {
  const { style } = document.documentElement;
  style.scrollPaddingTop = `${document.querySelector("body > header").offsetHeight}px`;
  style.scrollPaddingBottom = `${document.getElementById("panel").offsetHeight}px`;
  document.querySelector(selector)?.scrollIntoView({ block: "nearest" });
}

function category(code) {
  if (selection) {
    drafts.addOpinion(draft, code, rangeOf(selection), task().touchpoints);
    selection = null;
  } else if (drafts.activeOpinion(draft)) drafts.setCategory(draft, code, task().touchpoints);
  else say(words.select_first);
}

/** Edit the active opinion; words just chosen are still to become one, so it is not that which is meant. */
function onActive(edit) {
  if (selection) say(words.category_first);
  else if (drafts.activeOpinion(draft)) edit();
  else say(words.choose_opinion);
}

function span() {
  if (!selection || !drafts.activeOpinion(draft)) {
    say(words.choose_both);
    return;
  }
  drafts.setSpan(draft, rangeOf(selection));
  selection = null;
}

function dismiss() {
  if (selection) selection = null;
  else draft.said.active = null;
}

const drawn = (edit) => (...values) => {
  edit(...values);
  draw();
};

/** The same for what makes an opinion the active one: in a long comment its words may lie out of sight. */
const shown = (edit) => (...values) => {
  drawn(edit)(...values);
  reveal("#text .active");
};

const run = {
  category: drawn(category),
  polarity: drawn((code) => onActive(() => drafts.setPolarity(draft, code))),
  touchpoint: drawn((code) => onActive(() => drafts.setTouchpoint(draft, code))),
  span: drawn(span),
  remove: drawn((index) => drafts.removeOpinion(draft, index)),
  removeActive: drawn(() => onActive(() => drafts.removeOpinion(draft, draft.said.active))),
  dismiss: drawn(dismiss),
  choose: shown((index) => {
    draft.said.active = index;
    selection = null;
  }),
  step: shown((step) => {
    drafts.stepOpinion(draft, step);
    selection = null;
  }),
  intent: drawn((code) => drafts.setField(draft, "intent", code)),
  expectation: drawn((code) => drafts.setField(draft, "expectation", code)),
  cycle: drawn((field, codes, step) => drafts.cycle(draft, field, codes, step)),
  save: drawn(save),
  skip: drawn(skip),
  undo: drawn(undo),
  guide: () => {
    const guide = document.getElementById("guide");
    guide.hidden = !guide.hidden;
    document.body.classList.toggle("with-guide", !guide.hidden);
  },
  help: () => {
    const help = document.getElementById("help");
    if (help.open) help.close();
    else help.showModal();
  },
};

const ALWAYS = {
  "?": run.help,
  g: run.guide,
  u: run.undo,
  PageUp: () => leaf(-1),
  PageDown: () => leaf(1),
};
const ON_COMMENT = {
  Enter: run.save,
  s: run.skip,
  " ": run.span,
  "[": () => run.step(-1),
  "]": () => run.step(1),
  Delete: run.removeActive,
  Backspace: run.removeActive,
  Escape: run.dismiss,
};

function actionOf(key, shift) {
  if (ALWAYS[key]) return ALWAYS[key];
  if (at >= tasks.length) return key === "Enter" && skipped.size ? again : null;
  if (ON_COMMENT[key]) return ON_COMMENT[key];
  const step = shift ? -1 : 1;
  if (key === "ArrowRight" || key === "ArrowLeft") {
    return () => select(text.words, key === "ArrowRight" ? 1 : -1, shift);
  }
  if (key === "ArrowDown" || key === "ArrowUp") {
    return () => select(text.clauses, key === "ArrowDown" ? 1 : -1, shift);
  }
  if (key === "i") return () => run.cycle("intent", codesOf(session.intents), step);
  if (key === "e") return () => run.cycle("expectation", codesOf(session.expectations), step);
  if (CATEGORY_OF[key]) return () => run.category(CATEGORY_OF[key]);
  if (POLARITY_OF[key]) return () => run.polarity(POLARITY_OF[key]);
  return TOUCHPOINT_OF[key] && (() => run.touchpoint(TOUCHPOINT_OF[key]));
}

document.addEventListener("mouseup", (event) => {
  const container = document.getElementById("text");
  const range = getSelection().rangeCount ? getSelection().getRangeAt(0) : null;
  if (at >= tasks.length || !range?.intersectsNode(container)) return;
  if (range.collapsed && !container.contains(event.target)) return;
  const marked = range.collapsed && event.target.closest("[data-opinion]");
  if (marked) {
    run.choose(Number(marked.dataset.opinion));
    return;
  }
  const chosen = chosenIn(container, text, range);
  if (!chosen) say(words.customer_only);
  selection = chosen;
  cursor = chosen?.focus ?? cursor;
  getSelection().removeAllRanges();
  draw();
});

addEventListener("beforeunload", (event) => {
  if (pending || (at < tasks.length && draft.history.length)) event.preventDefault();
});

listen(actionOf);
view.drawFrame(session, run);
open(nextOpen(0));
