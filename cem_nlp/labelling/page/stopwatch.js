// How long the comment has been on screen; while the page is hidden the watch stands still.

let spent = 0;
let since = null;

export function restart() {
  spent = 0;
  since = document.hidden ? null : performance.now();
}

export function seconds() {
  return (spent + (since === null ? 0 : performance.now() - since)) / 1000;
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden && since !== null) spent += performance.now() - since;
  since = document.hidden ? null : performance.now();
});
