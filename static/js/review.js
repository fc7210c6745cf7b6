// The review of doubtful rows by keyboard, and the next row without loading the whole page. Without this script
// the page is a plain form.
"use strict";
const KEPT = "review-keys";
const byId = () => document.getElementById("review");
const typing = (element) =>
  element.closest("textarea, select, .select2-container, [contenteditable]") ||
  (element.matches("input") && !["radio", "checkbox"].includes(element.type));

const fields = () => [...document.querySelectorAll("[data-review-party]")];
const isOpen = (party) => !party.querySelector("input[type=radio]:checked");
const current = () =>
  fields().find((party) => party.contains(document.activeElement)) || fields().find(isOpen) || fields()[0];

const choose = (number) => {
  const party = current();
  const radio = party?.querySelectorAll("input[type=radio]")[number - 1];
  if (!radio) return;
  radio.checked = true;
  const next = fields().find(isOpen);
  (next?.querySelector("input[type=radio], summary") || document.querySelector("[data-key=Enter]"))?.focus();
  radio.scrollIntoView({ block: "nearest" });
};

const move = (step) => {
  const radios = [...(current()?.querySelectorAll("input[type=radio]") || [])];
  const at = radios.findIndex((radio) => radio === document.activeElement || radio.checked);
  radios[Math.max(0, Math.min(radios.length - 1, at + step))]?.focus();
};

const show = (text, address) => {
  const fresh = new DOMParser().parseFromString(text, "text/html");
  const review = fresh.getElementById("review");
  if (!review) {
    window.location.assign(address);
    return;
  }
  byId().replaceWith(review);
  const said = fresh.querySelector(".messagelist");
  const old = document.querySelector(".messagelist");
  if (old && said) old.replaceWith(said);
  else if (old) old.remove();
  else if (said) document.getElementById("content-start")?.prepend(said);
  history.replaceState(null, "", address);
  const django = window.django;
  if (django?.jQuery?.fn.djangoAdminSelect2) django.jQuery(".admin-autocomplete", review).djangoAdminSelect2();
  begin();
  const heading = review.querySelector("[data-review-heading]");
  const wrong = review.querySelector(".errorlist")?.parentElement.querySelector("input, summary");
  (wrong || heading)?.focus();
  review.querySelector("[data-review-status]").textContent = [said?.innerText, heading?.innerText].filter(Boolean).join(". ");
};

const follow = async (address, options) => {
  byId().setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { credentials: "same-origin", ...options });
    if (!answer.ok) throw new Error(String(answer.status));
    show(await answer.text(), answer.url);
  } catch {
    byId().removeAttribute("aria-busy");
    return false;
  }
  return true;
};

const enabled = () => localStorage.getItem(KEPT) !== "off";

const begin = () => {
  const keys = document.querySelector("[data-review-keys]");
  if (keys) keys.hidden = false;
  const toggle = document.querySelector("[data-review-toggle]");
  if (toggle) toggle.checked = enabled();
};

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-review-toggle]")) localStorage.setItem(KEPT, event.target.checked ? "on" : "off");
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-review-form]") || form.dataset.plain) return;
  event.preventDefault();
  const sent = new FormData(form, event.submitter);
  // A button is called "action", so the form's own property is not its address.
  const address = new URL(form.getAttribute("action"), window.location.href);
  follow(address, { method: "POST", body: sent }).then((done) => {
    if (done) return;
    // What the script could not do, the browser does.
    form.dataset.plain = "1";
    form.requestSubmit(event.submitter);
  });
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-review-link]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  follow(link.href, {}).then((done) => done || window.location.assign(link.href));
});

document.addEventListener("keydown", (event) => {
  if (!enabled() || event.ctrlKey || event.metaKey || event.altKey || event.repeat || typing(event.target)) return;
  if (/^[1-9]$/.test(event.key)) {
    event.preventDefault();
    choose(Number(event.key));
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (event.target.matches("input[type=radio]")) return;
    event.preventDefault();
    move(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter" ? !event.target.closest("a, button, summary") : true) {
    const key = event.key === "Enter" ? "Enter" : event.code.replace("Key", "").toLowerCase();
    const button = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!button) return;
    event.preventDefault();
    button.click();
  }
});
begin();
