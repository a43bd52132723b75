// Counts along while a ballot is filled in. Without it, everything works; the server counts anyway.
"use strict";
(() => {
  const form = document.querySelector("form.ballot");
  if (!form) return;
  const language = document.documentElement.lang || "fr";
  const bar = form.querySelector(".ballot-sum");
  const progress = form.querySelector(".ballot-progress");
  const fields = [...form.querySelectorAll("[data-cost]")];
  const set = (name, text) => {
    const place = form.querySelector(`[data-sum="${name}"]`);
    if (place && place.textContent !== text) place.textContent = text;
  };
  const money = cents => new Intl.NumberFormat(`${language}-CA`, {
    style: "currency", currency: form.dataset.currency, currencyDisplay: "narrowSymbol",
    minimumFractionDigits: cents % 100 ? 2 : 0, maximumFractionDigits: 2
  }).format(cents / 100);
  const count = () => {
    const chosen = fields.filter(f => f.type === "checkbox" ? f.checked : Number(f.value) > 0);
    const cost = chosen.reduce((sum, f) => sum + Number(f.dataset.cost), 0);
    set("count", String(chosen.length));
    set("cost", money(cost));
    set("points", String(chosen.reduce((sum, f) => sum + (f.type === "checkbox" ? 1 : Number(f.value)), 0)));
    if (progress) progress.value = Math.min(cost, progress.max);
    for (const f of fields) f.closest(".pick-card").classList.toggle("chosen", chosen.includes(f));
  };
  bar.hidden = false;
  if (progress) progress.hidden = false;
  form.addEventListener("input", count);
  count();
})();
