// Nothing is stored in this browser before its first question, and no answer unless its owner chooses so on this page.
const ANSWERS = "answers";
const page = document.querySelector("[data-offline]");
const canKeep = "serviceWorker" in navigator && "caches" in window && window.top === window;

const register = () => navigator.serviceWorker.register("/worker.js").then(() => navigator.serviceWorker.ready);

if (canKeep) {
  if (document.querySelector("article.answer")) register();
  document.addEventListener("answered", register, { once: true });
  if (page) show();
}

async function show() {
  const keeps = await caches.has(ANSWERS);
  const [keep, forget, list] = ["keep", "forget", "list"].map((name) => page.querySelector(`[data-${name}]`));
  keep.hidden = keeps;
  forget.hidden = !keeps;
  keep.onclick = async () => {
    await register();
    await caches.open(ANSWERS);
    say("sayKept");
  };
  forget.onclick = async () => {
    await caches.delete(ANSWERS);
    say("sayForgotten");
  };
  list.replaceChildren(...(keeps ? await answers() : []));
}

// What the page holds to be said, in its language.
function say(what) {
  const status = page.querySelector("[role=status]");
  status.textContent = status.dataset[what];
  return show();
}

// The kept answers, the last one first, each under the title of its page.
async function answers() {
  const cache = await caches.open(ANSWERS);
  const requests = [...(await cache.keys())].reverse();
  return Promise.all(requests.map(async (request) => item(request.url, await (await cache.match(request)).text())));
}

function item(address, html) {
  const link = document.createElement("a");
  link.href = address;
  link.textContent = new DOMParser().parseFromString(html, "text/html").title.replace(/ – Réglo$/, "");
  const line = document.createElement("li");
  line.append(link);
  return line;
}
