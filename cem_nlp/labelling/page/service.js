// What the page asks of the service that runs on this machine.

export async function load() {
  return (await fetch("session")).json();
}

/** Send an answer; returns what went wrong in the user's words, null where it is stored. */
export async function send(said, words) {
  try {
    const reply = await fetch("labels", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(said),
    });
    if (reply.status === 409) return words.elsewhere;
    return reply.ok ? null : (await reply.json()).error;
  } catch {
    return words.lost;
  }
}
