// What is asked only of a complaint shows once it is one. Without a script everything shows.

export function follow(form) {
  const only = [...form.querySelectorAll("[data-complaint]")].map((field) => field.closest(".house-field"));

  function show() {
    const kind = form.querySelector("[name=kind]:checked, select[name=kind]");
    for (const field of only) field.hidden = kind?.value !== "complaint";
  }

  form.addEventListener("change", show);
  show();
}

// Ctrl+Enter sends from any field; `is-live` says that it does.
export function send(form) {
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  form.classList.add("is-live");
}
