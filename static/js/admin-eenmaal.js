// Who presses a button twice sends the form once. Of two the browser shows only the second answer:
// that it is there already, or a page to sign in, where recovery codes were to be read once.
(() => {
  // A slow double click. After that it is meant: an export stays on its page.
  const VENSTER = 1000;
  const verstuurd = new WeakMap();

  // Another tab or frame shows its answer, and this page stays.
  const elders = (form, knop) => !/^(_self)?$/.test(knop?.getAttribute("formtarget") ?? form.target);

  addEventListener(
    "submit",
    (event) => {
      if (event.timeStamp - (verstuurd.get(event.target) ?? -VENSTER) >= VENSTER) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    true,
  );
  // Last of all: not when another script kept it here.
  addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    if (event.defaultPrevented || form.method !== "post" || elders(form, submitter)) return;
    verstuurd.set(form, event.timeStamp);
  });
})();
