// Copies what a reader sent into the form beside it, without sending the form.

const form = document.getElementById("inzending_form");
const told = form?.querySelector(".melding");

function fill(values, onlyEmpty) {
  const done = [];
  for (const [name, value] of Object.entries(values)) {
    const field = form.elements[name];
    if (!field || (onlyEmpty && field.value)) continue;
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
    const label = form.querySelector(`label[for="${field.id}"]`);
    done.push(label.textContent.replace(/[:*\s]+$/u, "").trim());
  }
  return done;
}

form?.addEventListener("click", (event) => {
  const button = event.target.closest("button[name='_neem']");
  if (!button) return;
  event.preventDefault();
  const all = !button.dataset.neem;
  const buttons = all ? form.querySelectorAll("button[data-neem]") : [button];
  const done = [...buttons].flatMap((b) => fill(JSON.parse(b.dataset.neem), all));
  told.textContent = done.length
    ? `Overgenomen: ${done.join(", ")}. Er is nog niets bewaard.`
    : "Alles was al ingevuld.";
});
