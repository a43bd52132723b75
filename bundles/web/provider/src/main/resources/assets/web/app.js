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

  // If sending a form fails (session ended, module away), it is sent the plain way, with nothing lost. What is asked while
  // somebody types, such as a preview, is never sent so: the person has not said that it is finished.
  document.addEventListener("htmx:responseError", (event) => {
    const form = event.detail.elt.closest("form");
    const trigger = event.detail.requestConfig && event.detail.requestConfig.triggeringEvent;
    if (!form || !trigger || trigger.type !== "submit") return;
    const submitter = trigger.submitter;
    if (submitter && submitter.name) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = submitter.name;
      field.value = submitter.value;
      form.append(field);
    }
    HTMLFormElement.prototype.submit.call(form);
  });

  // A form that keeps what is typed says so when it cannot.
  document.addEventListener("htmx:afterRequest", (event) => {
    const place = event.detail.elt.dataset.failed;
    if (place) document.getElementById(place).hidden = event.detail.successful || event.detail.xhr.status === 422;
  });

  // Keep the keyboard where it was when the box of the vote is exchanged.
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id !== "vote") return;
    const pressed = document.querySelector('#vote [aria-pressed="true"]') || document.querySelector("#vote button");
    if (pressed) pressed.focus({ preventScroll: true });
  });
})();
