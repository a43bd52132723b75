// What is nicer with script; every page works without it.
(() => {
  "use strict";

  // After a form that was not taken, the list of errors is where a person begins.
  const summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();

  // A second click while the first is on its way sends nothing.
  let sent = new WeakSet();
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.target.method !== "post") return;
    if (sent.has(event.target)) event.preventDefault();
    sent.add(event.target);
  });
  window.addEventListener("pageshow", () => {
    sent = new WeakSet();
  });

  // The list of languages closes when the person turns to something else.
  const languages = document.querySelector(".langs");
  if (languages) {
    document.addEventListener("click", (event) => {
      if (!languages.contains(event.target)) languages.open = false;
    });
    languages.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !languages.open) return;
      languages.open = false;
      languages.querySelector("summary").focus();
    });
  }

  // If sending a part fails (session ended, module away), the form is sent the plain way, with nothing lost.
  document.addEventListener("htmx:responseError", (event) => {
    const form = event.detail.elt.closest("form");
    if (!form || !event.detail.requestConfig) return;
    const submitter = event.detail.requestConfig.triggeringEvent && event.detail.requestConfig.triggeringEvent.submitter;
    if (submitter && submitter.name) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = submitter.name;
      field.value = submitter.value;
      form.append(field);
    }
    HTMLFormElement.prototype.submit.call(form);
  });

  // Keep the keyboard where it was when the box of the vote is exchanged.
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id !== "vote") return;
    const pressed = document.querySelector('#vote [aria-pressed="true"]') || document.querySelector("#vote button");
    if (pressed) pressed.focus({ preventScroll: true });
  });
})();
