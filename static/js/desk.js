/* The delegation's desk: this browser keeps what is being typed until it is saved, and fills in the present wording.
   Both work without it. No text here: words come from the page. */
(() => {
  "use strict";

  const PREFIX = "travaux:";
  const FORTNIGHT = 14 * 24 * 60 * 60 * 1000;

  /* A browser may forbid storing, or be full: then nothing is kept, and nothing else suffers. */
  const store = {
    read(key) {
      try {
        return JSON.parse(localStorage.getItem(PREFIX + key));
      } catch {
        return null;
      }
    },
    write(key, value) {
      try {
        localStorage.setItem(PREFIX + key, JSON.stringify(value));
      } catch {
        /* what is typed is still in the form */
      }
    },
    forget(key) {
      try {
        localStorage.removeItem(PREFIX + key);
      } catch {
        /* nothing was kept */
      }
    },
    keys() {
      try {
        return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length));
      } catch {
        return [];
      }
    },
  };

  /* A hidden field is kept where it says what the words were read beside: put back, they are compared with that. */
  const isKept = (field) => !["hidden", "submit"].includes(field.type) || "keepToo" in field.dataset;
  const fieldsOf = (form) => [...form.elements].filter((field) => field.name && isKept(field));

  const valuesOf = (form) => {
    const values = {};
    fieldsOf(form).forEach((field) => {
      if (field.type === "checkbox") {
        values[field.name] = field.checked;
      } else if (field.type !== "radio" || field.checked) {
        values[field.name] = field.value;
      }
    });
    return values;
  };

  const tell = (field, ...events) => events.forEach((name) => field.dispatchEvent(new Event(name, { bubbles: true })));

  const putBack = (form, values) => fieldsOf(form).forEach((field) => {
    if (!(field.name in values)) {
      return;
    }
    if (field.type === "checkbox") {
      field.checked = values[field.name];
    } else if (field.type === "radio") {
      field.checked = field.value === values[field.name];
    } else {
      field.value = values[field.name];
    }
    tell(field, "input", "change");
  });

  /* What the site says it has saved need not be kept any more; nor what is very old. */
  const forgetSaved = () => {
    const saved = document.cookie.split("; ").find((each) => each.startsWith("saved_form="));
    if (saved) {
      store.forget(decodeURIComponent(saved.slice("saved_form=".length)));
      document.cookie = "saved_form=; max-age=0; path=/; samesite=lax";
    }
    store.keys().forEach((key) => {
      if (!(Date.now() - store.read(key)?.at < FORTNIGHT)) {
        store.forget(key);
      }
    });
  };

  /* What a person sees of a form's values. */
  const shown = (form, values) => JSON.stringify(
    Object.entries(values).filter(([name]) => form.elements[name]?.type !== "hidden"),
  );

  const offer = (form, kept) => {
    const bar = document.querySelector("[data-kept]");
    if (!bar || !kept || shown(form, kept.values) === shown(form, valuesOf(form))) {
      return;
    }
    bar.querySelector("[data-kept-at]").textContent = new Date(kept.at).toLocaleString(
      `${document.documentElement.lang}-u-nu-latn`, { dateStyle: "long", timeStyle: "short" },
    );
    bar.querySelector("[data-kept-restore]").addEventListener("click", () => {
      putBack(form, kept.values);
      bar.hidden = true;
    });
    bar.querySelector("[data-kept-drop]").addEventListener("click", () => {
      store.forget(form.dataset.keep);
      bar.hidden = true;
    });
    bar.hidden = false;
  };

  const keep = (form) => {
    let waiting = 0;
    form.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => store.write(form.dataset.keep, { at: Date.now(), values: valuesOf(form) }), 400);
    });
  };

  /* Who signs out leaves nothing behind in this browser. */
  const forgetOnSignOut = () => document.querySelector(".account form")?.addEventListener("submit", () => {
    store.keys().forEach(store.forget);
  });

  /* The present wording is put into the empty field without asking the site for it. */
  const armPrefill = () => document.getElementById("prefill")?.addEventListener("click", (event) => {
    const proposal = document.getElementById("id_proposed_text");
    const present = document.getElementById("present-words");
    if (!present || proposal.value.trim()) {
      return;
    }
    event.preventDefault();
    document.querySelector('[name="operation"][value="replace"]')?.click();
    proposal.value = present.value;
    tell(proposal, "input");
    proposal.focus();
  });

  forgetSaved();
  document.querySelectorAll("form[data-keep]").forEach((form) => {
    offer(form, store.read(form.dataset.keep));
    keep(form);
  });
  forgetOnSignOut();
  armPrefill();
})();
