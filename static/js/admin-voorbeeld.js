// Copies the link of a preview. Without this script one selects it by hand.
for (const knop of document.querySelectorAll("[data-kopieer]")) {
  const veld = document.getElementById(knop.dataset.kopieer);
  knop.hidden = false;
  knop.addEventListener("click", async () => {
    veld.select();
    const gezegd = knop.parentElement.querySelector("[role=status]");
    try {
      await navigator.clipboard.writeText(veld.value);
      gezegd.textContent = "De link is gekopieerd.";
    } catch {
      gezegd.textContent = "Kopieer de link met Ctrl+C.";
    }
  });
}
