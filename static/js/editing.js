/* Writing a draft: counts the characters of a text while it is typed. The page works without it, and no text is here. */
(() => {
  "use strict";

  document.querySelectorAll("[data-count-of]").forEach((line) => {
    const field = document.getElementById(line.dataset.countOf);
    const place = line.querySelector("[data-count-here]");
    if (!field || !place) {
      return;
    }
    /* As the site counts: one for each character, whatever it takes in memory. */
    const count = () => {
      place.textContent = [...field.value].length;
    };
    field.addEventListener("input", count);
    count();
    line.hidden = false;
  });
})();
