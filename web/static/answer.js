// Under an answer: copy, print, and thanks without leaving the page. Without this script the last is a page of its own.
const reveal = (part) => {
  for (const button of part.querySelectorAll("[data-copy], [data-print]")) button.hidden = false;
};

async function copy(button) {
  const done = button.closest(".actions").querySelector(".done");
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    done.textContent = "Copié, avec les sources.";
  } catch {
    done.textContent = "La copie n'est pas permise ici : sélectionnez le texte de la réponse.";
  }
}

async function thank(form, submitter) {
  const place = form.closest(".feedback");
  const body = new URLSearchParams([...new FormData(form, submitter)]);
  const response = await fetch(form.action, { method: "POST", body });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const thanks = document.adoptNode(page.querySelector(".thanks"));
  const title = document.createElement("p");
  title.textContent = thanks.querySelector("h1").textContent;
  thanks.querySelector("h1").replaceWith(title);
  thanks.setAttribute("role", "status");
  thanks.tabIndex = -1;
  place.replaceWith(thanks);
  thanks.focus();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.dataset.copy) copy(button);
  if (button && "print" in button.dataset) window.print();
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!("feedback" in form.dataset)) return;
  event.preventDefault();
  thank(form, event.submitter).catch(() => {
    const done = form.closest(".answer").querySelector(".done");
    done.textContent = "Réglo ne répond pas : votre avis n'est pas parti. Réessayez dans un moment.";
  });
});

document.addEventListener("answered", (event) => reveal(event.detail));
reveal(document);
