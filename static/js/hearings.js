/* Writing up a consultation: rows that follow one another with Enter, and a page that saves itself while one types. The page works
   without it. No text here: words come from the page and the site. Loaded before desk.js, which keeps the words in this browser. */
(() => {
  "use strict";

  const form = document.getElementById("write-up");
  if (!form) {
    return;
  }
  const rows = document.getElementById("views");
  const blank = document.getElementById("view-row");
  const state = document.getElementById("save-state");
  const PAUSE = 1200;
  const AGAIN = 5000;

  const numbers = () => [...rows.querySelectorAll('[name="row"]')].map((each) => Number(each.value));
  const fieldOf = (row, name) => row.querySelector(`[name$="-${name}"]`);

  const addRow = (number = Math.max(-1, ...numbers()) + 1) => {
    const holder = document.createElement("template");
    holder.innerHTML = blank.innerHTML.replaceAll("__number__", String(number));
    rows.append(holder.content);
    const row = rows.lastElementChild;
    row.dispatchEvent(new CustomEvent("row-added", { bubbles: true }));
    return row;
  };

  const goOn = (row) => {
    const next = row.nextElementSibling ?? addRow();
    fieldOf(next, "party").focus();
  };

  const moveRow = (row, up) => {
    const other = up ? row.previousElementSibling : row.nextElementSibling;
    if (other) {
      const at = document.activeElement ?? row;
      other[up ? "before" : "after"](row);
      at.focus();
      change();
    }
  };

  const followers = () => [...form.elements].filter(
    (each) => !each.disabled && each.type !== "hidden" && each.tabIndex >= 0 && each.tagName !== "FIELDSET" && each.offsetParent,
  );

  /* Enter goes on, and sends nothing by accident. */
  const onEnter = (event) => {
    const field = event.target;
    const row = field.closest("[data-row]");
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      document.getElementById("save").click();
    } else if (row && field.matches("[data-row-text], [name$='-bears_on']") && !event.shiftKey) {
      event.preventDefault();
      goOn(row);
    } else if (field.matches("input, select")) {
      event.preventDefault();
      const all = followers();
      all[all.indexOf(field) + 1]?.focus();
    }
  };

  form.addEventListener("keydown", (event) => {
    const row = event.target.closest("[data-row]");
    if (event.key === "Enter" && !event.isComposing) {
      onEnter(event);
    } else if (row && event.altKey && ["ArrowUp", "ArrowDown"].includes(event.key)) {
      event.preventDefault();
      moveRow(row, event.key === "ArrowUp");
    }
  });

  /* Without scripts these buttons save the page with the row in its new place. */
  rows.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (button) {
      event.preventDefault();
      moveRow(button.closest("[data-row]"), button.dataset.move === "up");
    }
  });

  document.getElementById("row-add").addEventListener("click", (event) => {
    event.preventDefault();
    fieldOf(addRow(), "party").focus();
  });

  /* Saving. One at a time; what is typed while it runs is saved by the next one. */
  let changes = 0;
  let savedAt = 0;
  let timer = 0;
  let isRunning = false;
  /* What everyone reads is saved only when somebody says so. */
  let isStopped = Boolean(document.getElementById("differences")) || form.dataset.autosave === "off";
  let isLeaving = false;
  let waitingButton = null;

  const say = (words) => {
    state.textContent = words ?? "";
  };

  const change = () => {
    changes += 1;
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  };

  const isUnfinished = (row) => !fieldOf(row, "summary").value.trim() && !fieldOf(row, "pk").value;

  /* A view of which only the speaker has been typed so far waits. */
  const gather = () => {
    const data = new FormData(form);
    [...rows.children].filter(isUnfinished).forEach((row) => {
      row.querySelectorAll("[name]").forEach((field) => field.name !== "row" && data.delete(field.name));
    });
    return data;
  };

  const showErrors = (errors) => {
    form.querySelectorAll("[data-live-error]").forEach((each) => each.remove());
    form.querySelectorAll("[data-live-invalid]").forEach((field) => {
      field.removeAttribute("aria-invalid");
      delete field.dataset.liveInvalid;
    });
    Object.entries(errors).forEach(([name, messages]) => {
      const field = name && form.elements[name];
      if (!field?.after || field === document.activeElement) {
        return;
      }
      const told = document.createElement("p");
      told.className = "errorlist";
      told.dataset.liveError = "";
      told.textContent = messages.join(" ");
      field.after(told);
      field.setAttribute("aria-invalid", "true");
      field.dataset.liveInvalid = "";
    });
  };

  const forget = (key) => {
    try {
      localStorage.removeItem(`travaux:${key}`);
    } catch {
      /* nothing was kept */
    }
  };

  const set = (name, value) => {
    const field = form.elements[name];
    if (field) {
      field.value = value ?? "";
    }
  };

  const takeIn = (answer, upTo) => {
    set("revision", answer.revision);
    set("note-pk", answer.note.pk);
    set("note-revision", answer.note.revision);
    [...rows.children].filter((row) => fieldOf(row, "remove").checked).forEach((row) => row.remove());
    Object.entries(answer.rows).forEach(([row, pk]) => set(`${row}-pk`, pk));
    savedAt = upTo;
    if (changes === upTo) {
      forget(form.dataset.keep);
    }
    form.dataset.keep = answer.keep;
    if (!form.hasAttribute("action")) {
      form.setAttribute("action", answer.url);
      history.replaceState(null, "", answer.url + location.search);
    }
    showErrors({});
  };

  const later = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  };

  const send = async (upTo) => {
    const answer = await fetch(form.getAttribute("action") || location.href, {
      method: "POST", body: gather(), headers: { "X-Autosave": "1" }, redirect: "manual",
    });
    const isTold = (answer.headers.get("Content-Type") ?? "").startsWith("application/json");
    if (!isTold) {
      isStopped = answer.type === "opaqueredirect" || answer.status === 403 || answer.status === 404;
      say(isStopped ? form.dataset.signedOut : form.dataset.offline);
      later(AGAIN);
      return;
    }
    const told = await answer.json();
    say(told.said);
    if (answer.ok) {
      takeIn(told, upTo);
    } else {
      isStopped = Boolean(told.conflict);
      showErrors(told.errors ?? {});
    }
  };

  async function save() {
    if (isRunning || isStopped || isLeaving || !form.elements.name.value.trim()) {
      return;
    }
    isRunning = true;
    const upTo = changes;
    say(form.dataset.saving);
    try {
      await send(upTo);
    } catch {
      say(form.dataset.offline);
      later(AGAIN);
    }
    isRunning = false;
    if (waitingButton) {
      const button = waitingButton;
      waitingButton = null;
      form.requestSubmit(button);
    } else if (changes !== upTo && !isStopped) {
      later(PAUSE);
    }
  }

  form.addEventListener("input", change);
  form.addEventListener("change", change);
  window.addEventListener("online", () => later(0));
  /* A page that is just being saved is sent once that is done, with the revision that it then has. */
  form.addEventListener("submit", (event) => {
    if (isRunning) {
      event.preventDefault();
      waitingButton = event.submitter ?? document.getElementById("save");
    } else {
      isLeaving = true;
      clearTimeout(timer);
    }
  });
  window.addEventListener("pageshow", () => {
    isLeaving = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (!isLeaving && changes !== savedAt) {
      event.preventDefault();
    }
  });

  /* Words that are put back may need more rows than the page has: they are made before desk.js fills them in. */
  document.querySelector("[data-kept-restore]")?.addEventListener("click", () => {
    const kept = JSON.parse(localStorage.getItem(`travaux:${form.dataset.keep}`) ?? "{}");
    const there = new Set(numbers());
    Object.keys(kept.values ?? {}).forEach((name) => {
      const match = name.match(/^v([0-9]+)-summary$/);
      if (match && !there.has(Number(match[1]))) {
        addRow(Number(match[1]));
      }
    });
  }, { capture: true });
})();
