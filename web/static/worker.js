// Between the site and this browser: the offline page and its look for everyone, answers for those who chose to keep them.
const SHELL = "shell";
const ANSWERS = "answers"; // exists where its owner asked for it, and only there
const OFFLINE = "/hors-ligne";
const KEPT = `${OFFLINE}/reponses/`;
const ENGLISH = "/en";
const MOST = 50;

self.addEventListener("install", (event) => event.waitUntil(takeShell().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (pathname.startsWith(KEPT)) event.respondWith(kept(request));
  else if (request.method === "POST" && ["/", `${ENGLISH}/`].includes(pathname)) event.respondWith(answered(event));
  else if (request.mode === "navigate" && request.method === "GET") event.respondWith(fetch(request).catch(() => offline(pathname)));
  else if (pathname.startsWith("/static/")) event.respondWith(asset(request));
});

// The offline page in each language, and the files that it names.
async function takeShell() {
  await caches.delete(SHELL);
  const shell = await caches.open(SHELL);
  await Promise.all([OFFLINE, ENGLISH + OFFLINE].map((address) => take(shell, address)));
}

async function take(shell, address) {
  const page = await fetch(address, { cache: "no-cache" });
  const named = (await page.clone().text()).matchAll(/(?:href|src)="(\/static\/[^"]+)"/g);
  await shell.addAll([...named].map(([, path]) => path));
  await shell.put(address, page);
}

const isEnglish = (pathname) => pathname === ENGLISH || pathname.startsWith(`${ENGLISH}/`);
const offline = (pathname) => caches.match((isEnglish(pathname) ? ENGLISH : "") + OFFLINE, { cacheName: SHELL });

async function asset(request) {
  return (await caches.match(request, { cacheName: SHELL })) ?? fetch(request);
}

async function kept(request) {
  return (await caches.match(request, { cacheName: ANSWERS })) ?? offline(OFFLINE);
}

// An answer goes to whoever asked, and a copy of it, where they are kept, to those.
async function answered(event) {
  const { request } = event;
  let response;
  try {
    response = await fetch(request);
  } catch (failure) {
    if (request.mode === "navigate") return offline(new URL(request.url).pathname);
    throw failure;
  }
  if (response.ok && (await caches.has(ANSWERS))) event.waitUntil(keep(response.clone()));
  return response;
}

async function keep(response) {
  const page = (await response.text()).replace(/(<p class="kept"[^>]*) hidden>/, "$1>"); // says how old it is
  const answers = await caches.open(ANSWERS);
  await answers.put(`${KEPT}${Date.now()}`, new Response(page, { headers: response.headers }));
  const before = await answers.keys();
  await Promise.all(before.slice(0, -MOST).map((old) => answers.delete(old)));
}
