/* Answering many comments: helps for a page that works without them. No text here: words come from the page. */
(() => {
  "use strict";

  const sheet = document.getElementById("answers");
  if (!sheet) {
    return;
  }
  const rowOf = (element) => element.closest?.(".answer-row");

  /* What is typed in a row is only on this page until the row is saved; a saved row comes back without the mark. */
  sheet.addEventListener("input", (event) => {
    const place = rowOf(event.target) ?? event.target.closest(".alike");
    if (place && event.target.type !== "checkbox") {
      place.dataset.unsaved = "";
    }
  });
  let leaving = false;
  sheet.addEventListener("submit", () => {
    leaving = true;
  });
  window.addEventListener("pageshow", () => {
    leaving = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && document.querySelector("[data-unsaved]")) {
      event.preventDefault();
    }
  });

  /* Ctrl and Enter save the row in which one writes. */
  sheet.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const save = rowOf(event.target)?.querySelector('[name="save-row"]');
      if (save) {
        event.preventDefault();
        save.click();
      }
    }
  });

  /* The reason is typed in the direction of its language. */
  sheet.addEventListener("change", (event) => {
    if (!event.target.name?.endsWith("-language")) {
      return;
    }
    const reason = sheet.querySelector(`[name="${event.target.name.replace(/language$/, "reason")}"]`);
    if (reason) {
      reason.lang = event.target.value;
      reason.dir = event.target.value === "ar" ? "rtl" : "ltr";
    }
  });

  /* One box chooses all rows of the page. */
  const all = sheet.querySelector("[data-tick-all]");
  if (all) {
    all.hidden = false;
    all.querySelector("input").addEventListener("change", (event) => {
      sheet.querySelectorAll('[name$="-tick"]').forEach((tick) => {
        tick.checked = event.target.checked;
      });
    });
  }
})();
