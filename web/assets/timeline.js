// What a browser adds to pages that work without it: focus on what went wrong, and everything opened for print.

function focusOnErrors() {
  document.querySelector(".govuk-error-summary")?.focus();
}

document.addEventListener("DOMContentLoaded", focusOnErrors);
document.addEventListener("htmx:after:swap", focusOnErrors);

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
