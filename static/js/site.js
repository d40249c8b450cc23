/* Small helps for pages that work without them. No text here: words come from the page in data attributes. */
(() => {
  "use strict";

  const each = (selector, act) => document.querySelectorAll(selector).forEach(act);

  /* After a refused form the reader starts at the list of errors: once, for what htmx puts into the page later must not
     draw her back to it. */
  const focusErrors = () => {
    const errors = document.querySelector("[data-focus]");
    errors?.focus();
    errors?.removeAttribute("data-focus");
  };

  /* A form marked data-guard warns before what was typed in it is left behind. */
  const changed = new WeakSet();
  const isUnsaved = () => [...document.querySelectorAll("form[data-guard]")].some((form) => changed.has(form));

  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("form[data-guard]");
    if (form) {
      changed.add(form);
    }
  });
  document.addEventListener("submit", (event) => {
    /* A form that htmx sends stays on the page: it is saved only once the answer has come (see below). */
    if (!event.target.matches("[hx-post], [hx-put], [hx-patch]")) {
      changed.delete(event.target);
    }
  });
  window.addEventListener("beforeunload", (event) => {
    if (isUnsaved()) {
      event.preventDefault();
    }
  });

  /* A folding menu (details with data-menu) closes on Escape and when the reader goes elsewhere. */
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") {
      return;
    }
    each("details[data-menu][open]", (menu) => {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    });
  });
  document.addEventListener("click", (event) => {
    each("details[data-menu][open]", (menu) => {
      menu.open = menu.contains(event.target);
    });
  });

  /* A button with data-copy="#id" copies that element's text; it stays hidden where copying is not possible. */
  const armCopyButtons = () => {
    if (!navigator.clipboard) {
      return;
    }
    each("button[data-copy][hidden]", (button) => {
      button.hidden = false;
      button.addEventListener("click", async () => {
        const source = document.querySelector(button.dataset.copy);
        await navigator.clipboard.writeText(source.value ?? source.textContent.trim());
        button.textContent = button.dataset.copied ?? button.textContent;
      });
    });
  };

  /* The contents of a long page: marks the part in sight, and folds again on a narrow screen once a part is chosen. */
  const armContents = (toc) => {
    const links = new Map();
    toc.querySelectorAll('a[href^="#"]').forEach((link) => {
      const part = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (part) {
        links.set(part, link);
      }
    });
    const mark = (current) => links.forEach((link) => {
      if (link === current) {
        link.setAttribute("aria-current", "location");
      } else {
        link.removeAttribute("aria-current");
      }
    });
    const watcher = new IntersectionObserver((entries) => {
      const seen = entries.filter((entry) => entry.isIntersecting).at(-1);
      if (seen) {
        mark(links.get(seen.target));
      }
    }, { rootMargin: "0px 0px -75% 0px" });
    links.forEach((link, part) => watcher.observe(part));
    toc.addEventListener("click", (event) => {
      if (event.target.closest("a")) {
        toc.open = false;
      }
    });
  };

  /* A browser that cannot show the folded contents in a wide column opens them instead. */
  const openContentsWhereWide = (toc) => {
    if (!CSS.supports("selector(::details-content)")) {
      toc.open = window.matchMedia("(min-width: 60em)").matches;
    }
  };

  /* What htmx could not send or was refused is said aloud, in the page's own words. */
  const say = (words) => {
    const place = document.getElementById("connection-lost");
    if (place) {
      place.classList.remove("visually-hidden");
      place.classList.add("notice", "notice--error", "work-bar");
      place.textContent = place.dataset[words];
    }
  };
  document.addEventListener("htmx:sendError", () => say("offline"));
  document.addEventListener("htmx:timeout", () => say("offline"));
  document.addEventListener("htmx:responseError", () => say("refused"));
  document.addEventListener("htmx:afterSwap", () => {
    armCopyButtons();
    focusErrors();
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    /* What a part of a form asks for on its own, such as a preview, saves nothing. */
    const form = event.target.matches?.("form, button") ? event.target.closest("form[data-guard]") : null;
    if (form && event.detail.successful) {
      changed.delete(form);
    }
  });

  focusErrors();
  armCopyButtons();
  each("[data-toc]", (toc) => {
    openContentsWhereWide(toc);
    armContents(toc);
  });
})();
