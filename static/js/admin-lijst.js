// Gives each cell of a list in the admin the name of its column: on a phone a row is a card, and
// its cells stand below each other (static/css/admin.css).
(() => {
  const table = document.getElementById("result_list");
  if (!table) return;
  const names = [...table.tHead.rows[0].cells].map(
    (cell) => (cell.querySelector(".text") ?? cell).textContent.trim(),
  );
  // What is no table for the eye, still is one for who hears it.
  table.setAttribute("role", "table");
  for (const group of [table.tHead, ...table.tBodies]) group.setAttribute("role", "rowgroup");
  for (const row of table.rows) {
    row.setAttribute("role", "row");
    [...row.cells].forEach((cell, i) => {
      const heads = row.parentElement === table.tHead;
      cell.setAttribute("role", heads ? "columnheader" : cell.localName === "th" ? "rowheader" : "cell");
      if (!heads && names[i] && !cell.classList.contains("action-checkbox")) {
        cell.dataset.kop = names[i];
      }
    });
  }
})();
