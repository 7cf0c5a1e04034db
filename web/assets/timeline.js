// What a browser adds to pages that work without it: focus on what went wrong or was answered in
// place, the word for an error in the title, everything opened for print, suggestions, and what was changed.

function focusOnErrors() {
  document.querySelector("[data-problems]")?.focus();
}

function focusOnAnswer() {
  document.querySelector("[data-answer]")?.focus();
}

// A page that is swapped in part keeps its title: where something is wrong the title says so, as a whole page's does.
function sayErrorInTitle() {
  const title = document.title.replace(/^Error: /, "");
  document.title = document.querySelector("[data-problems]") ? `Error: ${title}` : title;
}

document.addEventListener("DOMContentLoaded", focusOnErrors);
document.addEventListener("htmx:after:swap", focusOnErrors);
document.addEventListener("htmx:after:swap", focusOnAnswer);
document.addEventListener("htmx:after:swap", sayErrorInTitle);

window.addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details:not([open])")) {
    details.open = true;
    details.dataset.openedToPrint = "";
  }
});

window.addEventListener("afterprint", () => {
  for (const details of document.querySelectorAll("details[data-opened-to-print]")) {
    details.open = false;
    delete details.dataset.openedToPrint;
  }
});

// A search box suggests: the list that its page shows, as a listbox for arrows, Enter and Escape.
function suggestIn(input) {
  const list = document.createElement("ul");
  const told = document.createElement("p");
  list.id = `${input.id}-suggested`;
  list.className = "suggest suggest--below";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  told.className = "hidden";
  told.setAttribute("role", "status");
  input.form.append(list, told);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id }))
    input.setAttribute(name, value);
  let at = -1;
  let waiting;
  let asked = 0;

  function choose(place) {
    at = place;
    [...list.children].forEach((option, number) => option.setAttribute("aria-selected", String(number === at)));
    if (at < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", list.children[at].id);
  }

  function show(found) {
    list.replaceChildren(
      ...found.map((one, number) => {
        const option = document.createElement("li");
        const link = one.querySelector("a");
        option.id = `${list.id}-${number}`;
        option.dataset.address = link.getAttribute("href");
        option.setAttribute("role", "option");
        const name = document.createElement("span");
        name.append(...link.childNodes);
        link.remove();
        option.append(name, ...one.children);
        return option;
      }),
    );
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    choose(-1);
  }

  async function ask() {
    const number = ++asked;
    const typed = input.value.trim();
    if (typed.length < 2) return show([]);
    const address = new URL(input.dataset.suggest, location.href);
    address.searchParams.set("q", typed);
    const answer = await fetch(address, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (!answer?.ok || number !== asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = [...page.querySelectorAll(".suggest > li")];
    show(found);
    told.textContent = found.length === 1 ? "1 suggestion" : `${found.length || "No"} suggestions`;
  }

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 120);
  });
  input.addEventListener("keydown", (event) => {
    const last = list.children.length - 1;
    if (event.key === "ArrowDown" && last >= 0) choose(at < last ? at + 1 : 0);
    else if (event.key === "ArrowUp" && last >= 0) choose(at > 0 ? at - 1 : last);
    else if (event.key === "Enter" && at >= 0) location.assign(list.children[at].dataset.address);
    else if (event.key === "Escape" && !list.hidden) show([]);
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", () => show([]));
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const option = event.target.closest("li");
    if (option) location.assign(option.dataset.address);
  });
  show([]);
}

document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-suggest]").forEach(suggestIn));

// In the grid of updates a cell that was changed says what it held, and the button how many rows it saves.
function tellChanges(grid) {
  const button = grid.closest("form").querySelector("button[type=submit]");
  grid.addEventListener("input", ({ target: cell }) => {
    const places = ["progress", "track", "now"];
    const told = cell.closest("tr").querySelector("[name$='-was']").value.split("|");
    const held = told[places.indexOf(cell.name.split("-").pop())] ?? "";
    const changed = cell.value !== "" && cell.value !== held;
    cell.classList.toggle("cell-changed", changed);
    document.getElementById(`${cell.id}-was`)?.remove();
    if (changed && held) {
      const was = document.createElement("small");
      const option = [...(cell.options ?? [])].find((one) => one.value === held);
      was.id = `${cell.id}-was`;
      was.className = "was";
      was.textContent = `was ${(option?.text ?? held).toLowerCase()}`;
      cell.after(was);
    }
    const rows = grid.querySelectorAll("tr:has(.cell-changed)").length;
    button.textContent = rows ? `Save ${rows} ${rows === 1 ? "change" : "changes"}` : "Save what changed";
  });
}

document.addEventListener("DOMContentLoaded", () => document.querySelectorAll(".update-grid").forEach(tellChanges));
