// Asking the server. Every answer is { ok, status, ... }; a broken line is { ok: false, status: 0 }.

const place = () => document.getElementById("desk");

async function ask(url, options) {
  try {
    const response = await fetch(url, {
      credentials: "same-origin",
      redirect: "error",
      ...options,
      headers: { Accept: "application/json", ...options?.headers },
    });
    const isJson = (response.headers.get("content-type") ?? "").includes("json");
    return { ...(isJson ? await response.json() : {}), ok: response.ok && isJson, status: response.status };
  } catch {
    return { ok: false, status: 0 };
  }
}

export const get = (url) => ask(url);

export function post(url, fields) {
  const token = place().querySelector("[name=csrfmiddlewaretoken]").value;
  const body = fields instanceof FormData ? fields : new FormData();
  if (!(fields instanceof FormData)) {
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
  }
  return ask(url, { method: "POST", body, headers: { "X-CSRFToken": token } });
}
