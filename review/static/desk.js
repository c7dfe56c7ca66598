// The keys of the desk. Everything that they do is a button or a link of the page, so it works without them too.
"use strict";
(() => {
  const on = () => localStorage.getItem("keys") !== "off";
  const cards = () => [...document.querySelectorAll(".card")];
  // What a key decides on: the selected card, the open claim of an article, or the claim of the page.
  const unit = () => document.querySelector(".card.selected, .finding.open, #decision");
  const select = (card, scroll = true) => {
    if (!card) return;
    for (const other of cards()) other.classList.toggle("selected", other === card);
    card.focus({ preventScroll: true });
    if (scroll) card.scrollIntoView({ block: "nearest" });
  };
  const press = (selector, within = unit()) => {
    const button = within && within.querySelector(selector);
    if (button) button.click(); // as a click does: with the form's own checks
    return Boolean(button);
  };
  // A key decides only on what is on the screen: a card that is not (after going back, or scrolling) is shown first, and
  // so is the claim of an article whose panel is out of sight.
  const decide = (value) => {
    const shown = unit() && unit().matches(".card, .finding") && unit().getBoundingClientRect();
    const visible = shown && Math.min(shown.bottom, innerHeight) - Math.max(shown.top, 0);
    const enough = shown && unit().matches(".card") ? Math.min(shown.height, innerHeight) / 2 : 1;
    if (!shown || visible >= enough) return press(`form.quick button.keyed[value=${value}]`);
    unit().scrollIntoView({ block: "center" });
    wait();
  };
  const step = (by) => {
    const all = cards(), at = all.indexOf(unit());
    if (!all.length) return press(`.steps [data-step="${by}"]`, document) || press("a.next-claim", document);
    if (all[at + by]) select(all[at + by]);
    else if (by > 0) press("#more", document);
  };
  const choose = (key) => {
    const form = unit() && unit().querySelector("form.full");
    const radio = form && form.querySelector(`[data-key="${key}"]`);
    if (!radio) return;
    form.closest("details").open = true;
    radio.checked = true;
    form.querySelector("[name=note]").focus();
  };
  const open = () => {
    const details = unit() && unit().querySelector("details.otherwise");
    if (!details) return;
    details.open = true;
    details.querySelector("input[type=radio]").focus();
  };
  // The key takes back one's own decision only; a colleague's is taken back by its button.
  const undo = () => {
    const all = document.querySelectorAll(".done form.undo button.own");
    if (all.length) all[all.length - 1].click();
    else press("button.own[value=undo]");
  };
  // Enter in a field of the short form presses the button that asked for the field, and no other.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("form.quick button[name=decision]");
    if (button) button.form.dataset.wanted = button.value;
  }, true);
  document.addEventListener("keydown", (event) => {
    const form = event.key === "Enter" && event.target.matches("form.quick input") && event.target.form;
    if (!form || !form.dataset.wanted || event.isComposing) return;
    event.preventDefault();
    press(`button[value=${form.dataset.wanted}]`, form);
  });
  const mark = () => {
    const box = unit() && unit().querySelector(".pick input");
    if (!box) return;
    box.checked = !box.checked;
    if (box.checked) step(1);
  };
  // These keys count only once the page has been seen: a key that was pressed twice does not decide on the next claim.
  const DECIDE = ["c", "a", "u", "C"], SEEN = 300;
  const wait = () => {
    delete document.documentElement.dataset.keys;
    setTimeout(() => { document.documentElement.dataset.keys = "on"; }, SEEN);
  };
  const does = {
    j: () => step(1), s: () => step(1), k: () => step(-1), c: () => decide("confirm"), a: () => decide("agree"), o: open, x: () => choose("x"), u: undo, m: mark,
    C: () => press("#together button", document), q: () => { location.href = "/queue"; },
    Enter: () => press("a.open"),
  };
  document.addEventListener("keydown", (event) => {
    const at = event.target;
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat || !on()) return;
    if (event.key === "Escape") {
      if (at.closest("details.otherwise")) { at.closest("details").open = false; select(at.closest(".card")); }
      return;
    }
    const radio = at.matches("input[type=radio], input[type=checkbox]");
    if (at.isContentEditable || at.matches("textarea, select, input") && !radio) return;
    if (event.key === "Enter" && !at.matches(".card, body")) return;
    const digit = /^[1-9]$/.test(event.key) && at.closest("details.otherwise");
    const act = digit ? () => choose(event.key) : does[event.key];
    if (!act) return;
    event.preventDefault();
    if (!DECIDE.includes(event.key) || document.documentElement.dataset.keys) act();
  });
  document.addEventListener("focusin", (event) => {
    const card = event.target.closest(".card");
    if (card && !card.classList.contains("selected")) for (const one of cards()) one.classList.toggle("selected", one === card);
  });
  // The name is asked for once on a page; a form that is sent without it asks for it, too.
  const names = () => [...document.querySelectorAll("label.asked")];
  document.addEventListener("invalid", (event) => {
    if (event.target.name === "reviewer") event.target.closest("label").hidden = false;
  }, true);
  // Enter in the field above the cards leads to the card, and confirms no others.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || !event.target.matches("#together input[name=reviewer]")) return;
    event.preventDefault();
    if (event.target.value.trim()) select(unit());
  });
  // The name is typed once for all the forms of a page.
  document.addEventListener("input", (event) => {
    if (event.target.name !== "reviewer") return;
    for (const other of document.querySelectorAll("input[name=reviewer]")) other.value = event.target.value;
  });
  // A form is sent once, however often the key is pressed while the answer is on its way.
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "post") return;
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = "yes";
  });
  addEventListener("pageshow", () => { for (const form of document.forms) delete form.dataset.sent; });
  // The progress of a check, until it has ended; then the page shows the article, or what went wrong.
  const follow = async (box) => {
    const answer = await fetch(`${box.dataset.check}.json`).catch(() => null);
    const told = answer && answer.ok ? await answer.json() : null;
    if (told ? told.ended : answer) return location.replace(box.dataset.check);
    const bar = box.querySelector("progress"), words = box.querySelector("[role=status]");
    if (told) { bar.max = told.total || 1; bar.value = told.done; }
    if (told && words.textContent !== told.words) words.textContent = told.words;
    setTimeout(() => follow(box), 1000);
  };
  const start = () => {
    if (cards().length) for (const label of names().slice(1)) label.hidden = true;
    const progress = document.querySelector("#progress");
    if (progress) follow(progress);
    const box = document.querySelector("#keys-on");
    if (box) {
      box.checked = on();
      box.addEventListener("change", () => localStorage.setItem("keys", box.checked ? "on" : "off"));
    }
    const chosen = location.hash && document.getElementById(location.hash.slice(1));
    const card = chosen && chosen.matches(".card") ? chosen : cards()[0];
    select(card, Boolean(chosen));
    wait();
  };
  // The editor of Datasette makes its own field, without a label.
  addEventListener("load", () => setTimeout(() => {
    for (const field of document.querySelectorAll(".CodeMirror textarea")) field.setAttribute("aria-label", "SQL query");
  }));
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
