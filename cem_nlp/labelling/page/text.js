// Texts by code points, as Python counts them; JavaScript's own offsets count UTF-16 units.

const SILENT = /^[\p{P}\p{Z}\s~～]+$/u;

/** A task's text: its code points, and the words and clauses that a customer says, as [start, end). */
export function readText(task) {
  const points = [...task.text];
  const turns = task.turns.map(([role, start, end]) => ({ role, start, end }));
  const words = turns
    .filter((turn) => turn.role === "customer")
    .flatMap((turn) => wordsOf(points.slice(turn.start, turn.end), turn.start));
  return { points, turns, words, clauses: task.clauses };
}

export function slice(text, start, end) {
  return text.points.slice(start, end).join("");
}

function wordsOf(points, start) {
  const found = [];
  for (const piece of segmented(points)) {
    const end = start + [...piece].length;
    if (!SILENT.test(piece)) found.push([start, end]);
    start = end;
  }
  return found;
}

function segmented(points) {
  if (!Intl.Segmenter) return points;
  const segmenter = new Intl.Segmenter("zh", { granularity: "word" });
  return [...segmenter.segment(points.join(""))].map((found) => found.segment);
}

/** Select the next (step 1) or previous (-1) of `units` from `cursor` on, or extend `selection` by it. */
export function moved(text, units, selection, cursor, step, extend) {
  const next = neighbour(units, cursor, step);
  if (!next) return selection;
  if (!extend || !selection) return { anchor: next, focus: next };
  const isSameTurn = turnAt(text, next[0]) === turnAt(text, selection.anchor[0]);
  return isSameTurn ? { anchor: selection.anchor, focus: next } : selection;
}

function neighbour(units, cursor, step) {
  if (!cursor) return units.at(step > 0 ? 0 : -1);
  return step > 0
    ? units.find(([start]) => start >= cursor[1])
    : units.findLast(([, end]) => end <= cursor[0]);
}

/** The code points [start, end) that a selection covers. */
export function rangeOf({ anchor, focus }) {
  return [Math.min(anchor[0], focus[0]), Math.max(anchor[1], focus[1])];
}

function turnAt(text, point) {
  return text.turns.find((turn) => turn.start <= point && point < turn.end);
}

/** What the mouse chose inside `container`: the words dragged over, within one of the customer's turns and
 * without blanks around them, or the clause clicked on; null where that is nothing. */
export function chosenIn(container, text, range) {
  const start = container.contains(range.startContainer) ? pointOf(range.startContainer, range.startOffset) : 0;
  if (range.collapsed) return clauseAt(text, start);
  // A drag may end beside the text.
  const isInside = container.contains(range.endContainer);
  return trimmed(text, start, isInside ? pointOf(range.endContainer, range.endOffset) : text.points.length);
}

function clauseAt(text, point) {
  const clause = text.clauses.find(([start, end]) => start <= point && point < end);
  return clause ? { anchor: clause, focus: clause } : null;
}

function trimmed(text, start, end) {
  const turn = text.turns.find((each) => each.role === "customer" && start < each.end && each.start < end);
  if (!turn) return null;
  [start, end] = [Math.max(start, turn.start), Math.min(end, turn.end)];
  while (start < end && !text.points[start].trim()) start += 1;
  while (start < end && !text.points[end - 1].trim()) end -= 1;
  return start < end ? { anchor: [start, end], focus: [start, end] } : null;
}

function pointOf(node, offset) {
  if (node.nodeType === Node.TEXT_NODE) {
    return Number(node.parentElement.dataset.start) + [...node.data.slice(0, offset)].length;
  }
  const after = node.childNodes[offset];
  const piece = after && (after.matches("[data-start]") ? after : after.querySelector("[data-start]"));
  if (piece) return Number(piece.dataset.start);
  const last = [...node.querySelectorAll("[data-start]")].at(-1) ?? node.closest("[data-start]");
  return last ? Number(last.dataset.start) + [...last.textContent].length : 0;
}
