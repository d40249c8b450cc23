/* Beside a deadline: the same moment by the reader's own clock, where it differs from the one that is printed. */
(() => {
  "use strict";

  /* English dates as the United Nations writes them: 7 June 2012. */
  const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
  const shown = new Intl.DateTimeFormat(`${language}-u-nu-latn`, {
    dateStyle: "long",
    timeStyle: "short",
    hourCycle: "h23",
  });
  const offsetOf = (text) => {
    const match = text.match(/([+-])(\d\d):(\d\d)$/);
    return match ? Number(`${match[1]}1`) * (Number(match[2]) * 60 + Number(match[3])) : 0;
  };

  document.querySelectorAll("[data-local-time]").forEach((place) => {
    const moment = new Date(place.dataset.localTime);
    if (-moment.getTimezoneOffset() === offsetOf(place.dataset.localTime)) {
      return;
    }
    place.querySelector("bdi").textContent = shown.format(moment);
    place.hidden = false;
  });
})();
