/* Names that complete themselves (the combobox of the ARIA authoring guide, with automatic selection). A field works without it:
   codes and names can be typed. No text here: words come from the page or the site.

   [data-lookup="state,group"] in a form[data-lookup-url]; data-lookup-many="semicolons" completes the last of several names;
   data-adds-to="id" adds what is chosen as a line to another field. */
(() => {
  "use strict";

  const kept = new Map();
  let boxes = 0;

  const tell = (field) => field.dispatchEvent(new Event("input", { bubbles: true }));

  const ask = async (field, text) => {
    const address = new URL(field.form.dataset.lookupUrl, document.baseURI);
    address.searchParams.set("kind", field.dataset.lookup);
    address.searchParams.set("q", text);
    if (!kept.has(address.href)) {
      const answer = await fetch(address, { headers: { "Accept-Language": document.documentElement.lang } });
      if (!answer.ok) {
        return [];
      }
      kept.set(address.href, (await answer.json()).results);
    }
    return kept.get(address.href);
  };

  class Box {
    constructor(field) {
      this.field = field;
      this.choices = [];
      this.at = -1;
      this.asked = 0;
      this.wanted = false;
      this.list = document.createElement("ul");
      this.list.className = "choices";
      this.list.id = `choices-${(boxes += 1)}`;
      this.list.setAttribute("role", "listbox");
      this.list.setAttribute("aria-label", field.labels?.[0]?.textContent.trim() ?? "");
      this.list.hidden = true;
      field.after(this.list);
      field.setAttribute("role", "combobox");
      field.setAttribute("aria-autocomplete", "list");
      field.setAttribute("aria-expanded", "false");
      field.setAttribute("aria-controls", this.list.id);
      field.addEventListener("input", (event) => event.isTrusted && this.look());
      field.addEventListener("keydown", (event) => this.press(event));
      field.addEventListener("blur", () => this.leave());
      this.list.addEventListener("mousedown", (event) => this.point(event));
    }

    get isMany() {
      return this.field.dataset.lookupMany === "semicolons";
    }

    get typed() {
      return (this.isMany ? this.field.value.split(";").at(-1) : this.field.value).trim();
    }

    async look() {
      const text = this.typed;
      const number = (this.asked += 1);
      this.pending = text.length > 0 && !text.endsWith("]");
      if (!this.pending) {
        this.close();
        return;
      }
      await new Promise((done) => {
        setTimeout(done, 60);
      });
      if (number !== this.asked) {
        return;
      }
      let choices = [];
      try {
        choices = await ask(this.field, text);
      } catch {
        /* the line dropped: what is typed stays, and is read when it is saved */
      }
      if (number !== this.asked) {
        return;
      }
      this.pending = false;
      this.choices = choices;
      if (this.wanted) {
        this.wanted = false;
        this.at = 0;
        this.pick();
      } else if (document.activeElement === this.field) {
        this.open();
      }
    }

    open() {
      this.list.replaceChildren(...this.choices.map((choice, place) => {
        const option = document.createElement("li");
        option.id = `${this.list.id}-${place}`;
        option.setAttribute("role", "option");
        option.append(choice.name, " ");
        const small = document.createElement("small");
        small.textContent = [choice.key, choice.detail].filter(Boolean).join(" · ");
        option.append(small);
        return option;
      }));
      this.list.hidden = this.choices.length === 0;
      this.field.setAttribute("aria-expanded", String(!this.list.hidden));
      this.mark(0);
    }

    close() {
      this.list.hidden = true;
      this.choices = [];
      this.at = -1;
      this.field.setAttribute("aria-expanded", "false");
      this.field.removeAttribute("aria-activedescendant");
    }

    mark(place) {
      if (this.list.hidden) {
        return;
      }
      this.at = (place + this.choices.length) % this.choices.length;
      [...this.list.children].forEach((option, number) => {
        option.setAttribute("aria-selected", String(number === this.at));
      });
      this.list.children[this.at].scrollIntoView({ block: "nearest" });
      this.field.setAttribute("aria-activedescendant", this.list.children[this.at].id);
    }

    pick() {
      const choice = this.choices[this.at];
      this.close();
      if (!choice) {
        return;
      }
      const target = document.getElementById(this.field.dataset.addsTo ?? "");
      if (target) {
        const lines = target.value.split("\n").map((line) => line.trim()).filter(Boolean);
        target.value = [...lines.filter((line) => line !== choice.typed), choice.typed, ""].join("\n");
        this.field.value = "";
        tell(target);
        target.scrollTop = target.scrollHeight;
      } else if (this.isMany) {
        const before = this.field.value.split(";").slice(0, -1).map((each) => each.trim()).filter(Boolean);
        this.field.value = [...before, choice.typed, ""].join("; ");
        tell(this.field);
      } else {
        this.field.value = choice.typed;
        tell(this.field);
      }
    }

    press(event) {
      const isOpen = !this.list.hidden;
      if (event.key === "Escape" && isOpen) {
        event.preventDefault();
        event.stopPropagation();
        this.close();
      } else if (["ArrowDown", "ArrowUp"].includes(event.key) && !event.altKey) {
        event.preventDefault();
        if (isOpen) {
          this.mark(this.at + (event.key === "ArrowDown" ? 1 : -1));
        } else {
          this.look();
        }
      } else if (event.key === "Enter" || event.key === "Tab") {
        this.accept(event, isOpen);
      }
    }

    /* Who types faster than the site answers gets the best choice as soon as it comes. */
    accept(event, isOpen) {
      if (!isOpen && !this.pending) {
        return;
      }
      if (event.key === "Enter") {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
      if (this.pending) {
        this.wanted = true;
      } else {
        this.pick();
      }
    }

    leave() {
      if (!this.wanted) {
        this.close();
      }
    }

    point(event) {
      const option = event.target.closest("[role=option]");
      event.preventDefault();
      if (option) {
        this.at = [...this.list.children].indexOf(option);
        this.pick();
        this.field.focus();
      }
    }
  }

  const arm = (within) => within.querySelectorAll("input[data-lookup]").forEach((field) => {
    if (!field.dataset.lookupArmed) {
      field.dataset.lookupArmed = "1";
      new Box(field);
    }
  });

  document.querySelectorAll("[data-adds]").forEach((place) => {
    place.hidden = false;
  });
  document.querySelectorAll("form[data-lookup-url]").forEach(arm);
  document.addEventListener("row-added", (event) => arm(event.target));
})();
