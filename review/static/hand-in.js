// Shows the page that the bookmark handed over in the fragment of the address, and puts it into the form.
"use strict";
(async () => {
  const packed = location.hash.slice(1), key = document.currentScript.dataset.key;
  if (!packed) return;
  history.replaceState(null, "", location.pathname); // the page is not kept in the browser's history
  const at = (id) => document.getElementById(id);
  const refuse = (words) => { at("refused").textContent = words; at("refused").hidden = false; };
  let page;
  try {
    const bytes = Uint8Array.from(atob(packed.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
    const text = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    page = JSON.parse(await new Response(text).text());
  } catch {
    return refuse("What the bookmark handed over cannot be read. Save the page and hand in the file at the claim.");
  }
  if (page.key !== key) return refuse("This did not come from this desk's own bookmark. Drag the bookmark above to your bar again.");
  const shown = new DOMParser().parseFromString(page.html, "text/html"); // runs no scripts and loads nothing
  for (const element of shown.querySelectorAll("script, style, noscript, nav, header")) element.remove();
  at("came-title").textContent = page.title;
  at("came-address").textContent = page.url;
  const blocks = [...shown.body.querySelectorAll("h1, h2, p, li")].map((block) => block.textContent);
  at("came-words").textContent = (blocks.join(" ") || shown.body.textContent).replace(/\s+/g, " ").trim().slice(0, 300);
  at("came").hidden = false;
  at("how").hidden = true;
  const form = at("hand-in");
  if (!form) return;
  const files = new DataTransfer();
  files.items.add(new File([page.html], "open-page.html", { type: "text/html" }));
  form.elements.file.files = files.files;
  const site = (address) => { try { return new URL(address).hostname.replace(/^www\./, ""); } catch { return ""; } };
  const options = [...form.elements.source.options];
  const same = options.filter((option) => option.dataset.address && option.dataset.address.split("#")[0] === page.url.split("#")[0]);
  const near = options.filter((option) => site(option.dataset.address) === site(page.url) && site(page.url));
  const likely = same.length ? same : near;
  if (likely.length) form.elements.source.value = likely[0].value;
  form.addEventListener("submit", () => {
    form.action = `/claim/${form.elements.source.selectedOptions[0].dataset.claim}/source`;
  });
})();
