// Finding a member while typing; whoever is chosen is copied into the form. The name is posted, never in an address.

const WAIT = 250; // ms without a key before asking

for (const box of document.querySelectorAll("[data-people]")) {
  const form = box.closest("form");
  const input = box.querySelector("input");
  const list = box.querySelector("ul");
  let waiting = 0;
  let asked = 0;
  box.hidden = false;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(find, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault(); // the form is not sent by looking for somebody
    list.querySelector("button")?.click();
  });

  async function find() {
    const typed = input.value.trim();
    const mine = ++asked;
    if (typed.length < 3) return list.replaceChildren();
    const body = new FormData();
    body.set("q", typed);
    const headers = { Accept: "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
    try {
      const answer = await fetch(box.dataset.people, { method: "POST", body, headers, credentials: "same-origin" });
      const people = answer.ok ? (await answer.json()).people : [];
      if (mine === asked) show(people);
    } catch {
      if (mine === asked) list.replaceChildren();
    }
  }

  function show(people) {
    const none = Object.assign(document.createElement("li"), { textContent: box.dataset.none });
    list.replaceChildren(...(people.length ? people.map(line) : [none]));
  }

  function line(person) {
    const item = document.createElement("li");
    const button = Object.assign(document.createElement("button"), { type: "button", className: "house-chip" });
    const name = [person.first_name, person.infix, person.last_name].filter(Boolean).join(" ");
    button.textContent = [name, person.place, person.birth_date, person.email].filter(Boolean).join(" · ");
    button.addEventListener("click", () => choose(person, name));
    item.append(button);
    return item;
  }

  function choose(person, name) {
    const contact = [person.email, person.phone].filter(Boolean).join(", ");
    const filled = { ...person, about_name: name, about_contact: contact, about_member: person.member_id };
    for (const [field, value] of Object.entries(filled)) {
      if (form.elements[field]) form.elements[field].value = value;
    }
    list.replaceChildren();
    input.value = name;
  }
}
