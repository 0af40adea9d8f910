// What the page asks of the service that runs on this machine.

export async function load() {
  return (await fetch("session")).json();
}

/** Send an answer; returns what went wrong, null where it is stored. */
export async function send(said, lost) {
  try {
    const reply = await fetch("labels", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(said),
    });
    return reply.ok ? null : (await reply.json()).error;
  } catch {
    return lost;
  }
}
