(() => {
  "use strict";
  const root = document.documentElement;
  const article = document.getElementById("text");
  const panel = document.getElementById("evidence");
  const all = [...document.querySelectorAll(".finding")];
  const narrow = matchMedia("(max-width: 59.99rem)");
  let current = null;
  root.classList.add("js");

  const visible = () => all.filter((note) => note.dataset.filtered !== "yes");
  // The claim that the address names; the browser sets :target only after a script that is deferred.
  const named = () => all.find((note) => location.hash === "#" + note.id);
  const number = (note) => document.getElementById("r" + note.dataset.claim);

  function light(claim, on) {
    for (const hit of article.querySelectorAll(".hit")) {
      if (hit.dataset.claims.split(" ").includes(claim)) hit.classList.toggle("on", on);
    }
    const mark = document.getElementById("r" + claim);
    if (mark) mark.classList.toggle("on", on);
  }

  function close(back) {
    if (!current) return;
    const mark = number(current);
    light(current.dataset.claim, false);
    current.classList.remove("open");
    current = null;
    root.classList.remove("reading");
    if (back && mark) mark.focus();
  }

  function open(note, focus) {
    if (!note) return;
    if (current && current !== note) close(false);
    current = note;
    note.classList.add("open");
    root.classList.add("reading");
    light(note.dataset.claim, true);
    panel.scrollTop = 0;
    if (panel.parentElement) panel.parentElement.scrollTop = 0;
    const mark = number(note);
    const place = article.querySelector(".hit.on") || mark;
    if (focus && mark) mark.focus({ preventScroll: true });
    if (place && (focus || narrow.matches)) place.scrollIntoView({ block: narrow.matches ? "start" : "nearest" });
  }

  function step(by) {
    const list = visible();
    if (!list.length) return;
    const at = list.indexOf(current);
    const next = at < 0 ? (by > 0 ? 0 : list.length - 1) : (at + by + list.length) % list.length;
    open(list[next], true);
  }

  // A second click on a stretch that lies in several claims goes on to the next of them.
  function chosen(hit) {
    const claims = hit.dataset.claims.split(" ");
    const at = current ? claims.indexOf(current.dataset.claim) : -1;
    return document.getElementById("c" + claims[(at + 1) % claims.length]);
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.hit, a.num, .toc a");
    if (link) {
      event.preventDefault();
      const inText = link.classList.contains("hit");
      open(inText ? chosen(link) : document.getElementById(link.hash.slice(1)), !inText);
      return;
    }
    const button = event.target.closest(".steps button");
    if (!button) return;
    if (button.dataset.step) step(Number(button.dataset.step));
    else close(true);
  });

  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape" && current) {
      close(true);
    } else if (document.activeElement && document.activeElement.classList.contains("num")) {
      const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (!by) return;
      event.preventDefault();
      if (!current) current = document.getElementById(document.activeElement.hash.slice(1));
      step(by);
    }
  });

  // The filter works by style sheet alone; here it only decides what the arrows step over.
  function filter() {
    const wanted = document.querySelector(".filter input:checked");
    const value = wanted ? wanted.value : "all";
    for (const note of all) {
      const fits = value === "all" || note.dataset.label === value || (value === "review" && note.dataset.review === "yes");
      note.dataset.filtered = fits ? "no" : "yes";
    }
    if (current && current.dataset.filtered === "yes") close(false);
  }
  for (const input of document.querySelectorAll(".filter input")) input.addEventListener("change", filter);
  addEventListener("hashchange", () => open(named(), false));
  filter();
  open(named(), false);
})();
