// Asking the server. Every answer is { ok, status, ... }; a broken or silent line is { ok: false, status: 0 }.

const PATIENCE = 20_000; // ms

async function ask(url, options) {
  const giveUp = new AbortController();
  const timer = window.setTimeout(() => giveUp.abort(), PATIENCE);
  try {
    const response = await fetch(url, {
      credentials: "same-origin",
      redirect: "error",
      signal: giveUp.signal,
      ...options,
      headers: { Accept: "application/json", ...options?.headers },
    });
    const isJson = (response.headers.get("content-type") ?? "").includes("json");
    return { ...(isJson ? await response.json() : {}), ok: response.ok && isJson, status: response.status };
  } catch {
    return { ok: false, status: 0 };
  } finally {
    window.clearTimeout(timer);
  }
}

export const get = (url) => ask(url);

/** Post `fields` (a form's data or an object); with `keepalive` it arrives also when the page is left. */
export function post(url, fields, { keepalive = false } = {}) {
  const body = fields instanceof FormData ? fields : new FormData();
  if (!(fields instanceof FormData)) {
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
  }
  body.delete("csrfmiddlewaretoken"); // it is old after signing in again in another tab; the cookie never is
  return ask(url, { method: "POST", body, keepalive, headers: { "X-CSRFToken": token() } });
}

function token() {
  const [, kept] = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie) ?? [];
  return kept ?? document.querySelector("#desk [name=csrfmiddlewaretoken]").value;
}
