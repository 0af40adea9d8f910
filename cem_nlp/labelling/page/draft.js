// What the annotator has said about one comment so far. Every change can be undone.

/** Start from what was saved, else from the model's suggestion, else from nothing. */
export function newDraft(saved, suggestion) {
  const { opinions = [], intent = null, expectation = null } = saved ?? suggestion ?? {};
  return {
    said: {
      opinions: opinions.map((opinion) => ({ ...opinion, suggested: !saved })),
      intent,
      expectation,
      active: null,
    },
    history: [],
  };
}

/** Let `edit` change what is said; without a change there is nothing to undo either. */
export function change(draft, edit) {
  const before = structuredClone(draft.said);
  edit(draft.said);
  if (JSON.stringify(before) !== JSON.stringify(draft.said)) draft.history.push(before);
}

/** Take the last change back; false where there is none. */
export function undo(draft) {
  if (!draft.history.length) return false;
  draft.said = draft.history.pop();
  return true;
}

export function activeOpinion(draft) {
  return draft.said.opinions[draft.said.active] ?? null;
}

/** A new opinion on [start, end); its touchpoint is the usual one until somebody says another. */
export function addOpinion(draft, category, [start, end], usual) {
  change(draft, (said) => {
    said.opinions.push({ category, polarity: null, touchpoint: usual[category], start, end, assumed: true });
    said.active = said.opinions.length - 1;
  });
}

export function setCategory(draft, category, usual) {
  edited(draft, (opinion) => {
    opinion.category = category;
    if (opinion.assumed) opinion.touchpoint = usual[category];
  });
}

export function setPolarity(draft, polarity) {
  edited(draft, (opinion) => {
    opinion.polarity = polarity;
  });
}

export function setTouchpoint(draft, touchpoint) {
  edited(draft, (opinion) => {
    opinion.touchpoint = touchpoint;
    opinion.assumed = false;
  });
}

export function setSpan(draft, [start, end]) {
  edited(draft, (opinion) => {
    Object.assign(opinion, { start, end });
  });
}

function edited(draft, edit) {
  change(draft, (said) => {
    const opinion = said.opinions[said.active];
    edit(opinion);
    opinion.suggested = false;
  });
}

export function removeOpinion(draft, index) {
  change(draft, (said) => {
    said.opinions.splice(index, 1);
    said.active = said.opinions.length ? Math.min(index, said.opinions.length - 1) : null;
  });
}

/** Make the next (step 1) or previous (-1) opinion the active one, in the order of their words. */
export function stepOpinion(draft, step) {
  const order = inOrder(draft).map(({ index }) => index);
  if (!order.length) return;
  const at = order.indexOf(draft.said.active);
  draft.said.active = order.at(at < 0 ? (step > 0 ? 0 : -1) : (at + step) % order.length);
}

export function inOrder(draft) {
  return draft.said.opinions
    .map((opinion, index) => ({ opinion, index }))
    .sort((one, other) => one.opinion.start - other.opinion.start || one.index - other.index);
}

/** The next of `codes` for `field`, which is intent or expectation; null comes first. */
export function cycle(draft, field, codes, step) {
  const all = [null, ...codes];
  change(draft, (said) => {
    said[field] = all.at((all.indexOf(said[field]) + step) % all.length);
  });
}

export function setField(draft, field, code) {
  change(draft, (said) => {
    said[field] = code;
  });
}

/** Why the draft cannot be saved yet: the opinion's index and a word of `wording`; null where it can. */
export function problem(draft) {
  const seen = new Set();
  for (const { opinion, index } of inOrder(draft)) {
    if (!opinion.polarity) return { index, word: "polarity_missing" };
    const triple = `${opinion.category} ${opinion.polarity} ${opinion.touchpoint}`;
    if (seen.has(triple)) return { index, word: "twice" };
    seen.add(triple);
  }
  return null;
}

/** The draft as the labelled format has it. */
export function answer(draft) {
  const opinions = inOrder(draft).map(({ opinion }) => {
    const { category, polarity, touchpoint, start, end } = opinion;
    return { category, polarity, touchpoint, start, end };
  });
  return { opinions, intent: draft.said.intent, expectation: draft.said.expectation };
}
