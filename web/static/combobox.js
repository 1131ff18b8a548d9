// Completes the question from those that the documents are known to answer, and from the names of the exams.
const MOST = 6;
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[’']/g, " ");
const root = (word) => (word.length > 4 ? word.slice(0, -1) : word); // "durée" and "dure", "oral" and "orale"
let known;

async function questions() {
  known ??= fetch("/suggestions.json").then((response) => (response.ok ? response.json() : { questions: [] }));
  try {
    return (await known).questions;
  } catch {
    known = undefined; // the next word tries again
    return [];
  }
}

function matching(all, typed) {
  const words = plain(typed).split(/\s+/).filter(Boolean).map(root);
  const found = all.filter((one) => words.every((word) => plain(one).includes(word)));
  const starts = (one) => (plain(one).startsWith(words[0]) ? 0 : 1);
  return found.filter((one) => one !== typed).sort((a, b) => starts(a) - starts(b)).slice(0, MOST);
}

class Combobox {
  constructor(field) {
    this.field = field;
    this.list = document.createElement("ul");
    Object.assign(this.list, { id: "completions", className: "completions", hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", field.form.dataset.sayProposed);
    field.closest(".field").after(this.list); // under the button too: it is never covered
    const roles = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "completions" };
    for (const [name, value] of Object.entries(roles)) field.setAttribute(name, value);
    field.addEventListener("input", () => this.complete());
    field.addEventListener("keydown", (event) => this.key(event));
    field.addEventListener("blur", () => this.close());
    field.form.addEventListener("submit", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    this.list.addEventListener("click", (event) => this.choose(event.target.closest("[role=option]")));
  }

  get options() { return [...this.list.children]; }
  get active() { return this.list.querySelector('[aria-selected="true"]'); }

  async complete() {
    const typed = this.field.value.trim();
    if (typed.length < 2) return this.close();
    const found = matching(await questions(), typed);
    if (typed !== this.field.value.trim()) return; // more was typed meanwhile
    this.list.replaceChildren(...found.map((text, at) => {
      const option = document.createElement("li");
      Object.assign(option, { id: `completion-${at}`, textContent: text });
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      return option;
    }));
    this.open(found.length > 0);
  }

  open(shown) {
    this.list.hidden = !shown;
    this.field.setAttribute("aria-expanded", String(shown));
    this.mark();
  }

  close() { this.open(false); }

  mark(option) {
    for (const one of this.options) one.setAttribute("aria-selected", String(one === option));
    if (option && !this.list.hidden) this.field.setAttribute("aria-activedescendant", option.id);
    else this.field.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  move(by) {
    const places = [...this.options, undefined]; // past the last comes the field itself
    const from = this.active ? places.indexOf(this.active) : places.length - 1;
    this.mark(places[(from + by + places.length) % places.length]);
  }

  choose(option) {
    if (!option) return;
    this.field.value = option.textContent;
    this.close();
    this.field.form.requestSubmit();
  }

  key(event) {
    if (event.isComposing) return;
    if (event.key === "Escape" && !this.list.hidden) this.close();
    else if (this.list.hidden) return;
    else if (event.key === "ArrowDown") this.move(1);
    else if (event.key === "ArrowUp") this.move(-1);
    else if (event.key === "Enter" && this.active) this.choose(this.active);
    else return;
    event.preventDefault();
  }
}

// The form comes anew with each answer, and its field with it.
const attach = () => {
  const field = document.querySelector("form.ask #question");
  if (field && field.getAttribute("role") !== "combobox") new Combobox(field);
};
new MutationObserver(attach).observe(document.querySelector("main"), { childList: true });
attach();
