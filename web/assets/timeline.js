// What a browser adds to pages that work without it: focus on what went wrong or was answered in
// place, the word for an error in the title, and everything opened for print.

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
