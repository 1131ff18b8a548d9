// A new answer joins those before it, in the log that announces it; without this script it comes as a page of its own.
// What is said stands on the log, in the page's language.
const main = document.querySelector("main");
const log = main.querySelector('[role="log"]');
const home = new URL(main.querySelector("form.ask").action).pathname; // of the conversation in this language
const answers = () => log.querySelectorAll(":scope > .answer");

// The server's page, taken in: its answer goes to the end of the log, all that stands around the log is its own.
function show(page) {
  const fresh = page.querySelector('main [role="log"]');
  const answer = fresh?.querySelector(":scope > .answer");
  if (!answer) return refused(page);
  for (const old of log.querySelectorAll(".after")) old.remove();
  if (answers().length) page.querySelector("main > .earlier")?.remove();
  surround(fresh);
  main.className = page.querySelector("main").className;
  document.title = page.title;
  log.append(document.adoptNode(answer));
  document.dispatchEvent(new CustomEvent("answered", { detail: answer }));
  main.querySelector("#question").focus({ preventScroll: true });
  answer.scrollIntoView({ block: "start" });
}

function surround(fresh) {
  for (const node of [...main.children]) if (node !== log) node.remove();
  const nodes = [...fresh.parentElement.children];
  const at = nodes.indexOf(fresh);
  log.before(...nodes.slice(0, at).map((node) => document.adoptNode(node)));
  log.after(...nodes.slice(at + 1).map((node) => document.adoptNode(node)));
}

// What is wrong is said by the form, which keeps what was written.
function refused(page) {
  const form = page.querySelector("form.ask");
  if (form) {
    main.querySelector("form.ask").replaceWith(document.adoptNode(form));
    main.querySelector("#question").focus();
  } else {
    const said = [...page.querySelectorAll("main h1, main h1 + p")].map((node) => node.textContent.trim());
    trouble(said.join(" ") || log.dataset.sayUnanswered);
  }
}

function trouble(text) {
  main.querySelector("form.ask .wrong")?.remove();
  const said = document.createElement("p");
  said.className = "wrong";
  said.setAttribute("role", "alert");
  said.textContent = text;
  main.querySelector("form.ask").prepend(said);
}

// A link's address is left behind when another question is asked: going back leads to it again.
let left = false;
function remember(fields) {
  if (location.pathname === home) return history.replaceState({ fields }, "");
  history.pushState({ fields }, "", home);
  left = true;
}
addEventListener("popstate", () => left && location.pathname !== home && location.reload());

async function ask(fields) {
  main.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(home, { method: "POST", body: new URLSearchParams(fields) });
    show(new DOMParser().parseFromString(await response.text(), "text/html"));
    if (response.ok) remember(fields);
  } catch {
    trouble(log.dataset.sayUnreachable);
  } finally {
    main.removeAttribute("aria-busy");
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || new URL(form.action).pathname !== home || !main.contains(form)) return;
  event.preventDefault();
  if (!main.hasAttribute("aria-busy")) ask([...new FormData(form, event.submitter)]);
});

// Back from a document, or reloaded: the last answer is asked for again, since nothing else kept it.
const [arrival] = performance.getEntriesByType("navigation");
if (["back_forward", "reload"].includes(arrival?.type) && history.state?.fields && !answers().length) {
  ask(history.state.fields);
}
