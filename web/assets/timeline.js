// What a browser adds to pages that work without it: focus on what went wrong or was answered in
// place, the word for an error in the title, and everything opened for print.

function focusOnErrors() {
  document.querySelector(".govuk-error-summary")?.focus();
}

function focusOnAnswer() {
  document.querySelector("[data-answer]")?.focus();
}

function sayErrorInTitle() {
  const form = document.getElementById("record") ?? document.getElementById("suppose");
  if (form) {
    const title = document.title.replace(/^Error: /, "");
    document.title = form.querySelector(".govuk-error-summary") ? `Error: ${title}` : title;
  }
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
