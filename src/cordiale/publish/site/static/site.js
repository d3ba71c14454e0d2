// Search as you type, and buttons that copy. Without it every page is complete.
"use strict";
(() => {
  const MOST = 12; // names that the search box shows
  const names = window.cordialeNames || [];
  const box = document.querySelector(".search");
  const root = document.body.dataset.root;
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const folded = names.map(([label]) => plain(label));

  if (box) {
    const field = box.querySelector("input");
    const list = box.querySelector("ul");
    const count = box.querySelector("[role=status]");
    box.hidden = false;
    const show = () => {
      const words = plain(field.value).split(/\s+/).filter(Boolean);
      list.replaceChildren();
      count.textContent = "";
      if (!words.length) return;
      const found = [];
      folded.forEach((label, at) => {
        if (words.every((word) => label.includes(word))) found.push([label.startsWith(words[0]) ? 0 : 1, label.length, at]);
      });
      found.sort((one, other) => one[0] - other[0] || one[1] - other[1] || one[2] - other[2]);
      const said = found.length > MOST ? count.dataset.more : count.dataset.text;
      count.textContent = said.replace("{}", found.length).replace("{most}", MOST);
      const shown = found.slice(0, MOST).map(([, , at]) => names[at]);
      for (const [label, path, kind] of shown) {
        // What is called alike is told apart by its address.
        const alike = shown.filter(([other, , as]) => other === label && as === kind).length > 1;
        const item = document.createElement("li");
        const link = document.createElement("a");
        const note = document.createElement("small");
        link.href = `${root}${path}.html`;
        link.textContent = label;
        note.textContent = alike ? ` ${kind} · ${path}` : ` ${kind}`;
        item.append(link, note);
        list.append(item);
      }
    };
    field.addEventListener("input", show);
    field.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { field.value = ""; show(); }
      if (event.key === "Enter") { const first = list.querySelector("a"); if (first) first.click(); }
    });
  }

  for (const button of document.querySelectorAll("button.copy")) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    const said = button.textContent;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.of).textContent);
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = said; }, 2000);
    });
  }

  // In a narrow window the middle of a neighbourhood is seen first: what it is of.
  for (const each of document.querySelectorAll(".drawing:has(.neighbourhood)")) {
    each.scrollLeft = (each.scrollWidth - each.clientWidth) / 2;
  }

  // A link to a fact opens its reasons.
  const open = () => {
    const at = location.hash && document.getElementById(location.hash.slice(1));
    if (!at) return;
    for (let each = at; each; each = each.parentElement) if (each.tagName === "DETAILS") each.open = true;
    const why = at.querySelector("details.why");
    if (why) why.open = true;
  };
  addEventListener("hashchange", open);
  open();
})();
