// Enhances /embed/: the link to it opens a dialog, and a choice shows at once.

const load = async (address) => {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.status);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
};

const enhance = (root) => {
  const form = root.querySelector("form");
  const result = "[data-insluiten-uitkomst]";
  for (const button of root.querySelectorAll("button[hidden]")) button.hidden = false;
  if (!root.querySelector(result)) return;
  form.querySelector("button").remove();
  form.addEventListener("change", async () => {
    const page = await load(`${form.action}?${new URLSearchParams(new FormData(form))}`);
    root.querySelector(result).replaceWith(page.querySelector(result));
    for (const button of root.querySelectorAll("button[hidden]")) button.hidden = false;
  });
};

const open = async (address) => {
  const page = await load(address);
  const dialog = document.createElement("dialog");
  dialog.className = "embed-dialog";
  const close = document.createElement("button");
  close.className = "button quiet";
  close.textContent = "Sluit";
  close.addEventListener("click", () => dialog.close());
  const content = page.querySelector("[data-insluiten-pagina]");
  const style = page.querySelector('link[href*="css/insluiten"]');
  if (!document.querySelector(`link[href="${style.getAttribute("href")}"]`)) {
    await new Promise((resolve) => {
      style.addEventListener("load", resolve);
      style.addEventListener("error", resolve);
      document.head.append(style);
    });
  }
  dialog.append(close, content);
  dialog.setAttribute("aria-label", content.querySelector("h1").textContent);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  enhance(content);
  dialog.showModal();
};

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-insluiten]");
  const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (!link || elsewhere) return;
  event.preventDefault();
  open(link.href).catch(() => location.assign(link.href));
});

const here = document.querySelector("main [data-insluiten-pagina]");
if (here) enhance(here);
