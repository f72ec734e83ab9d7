// "Lees voor": the voice of the reader's own device reads a text. Nothing is sent anywhere.

const speech = window.speechSynthesis;

function readAloud(text) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button quiet";
  const status = document.createElement("span");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  let reading = null;

  function show(now, words) {
    reading = now;
    button.textContent = now ? "Stop met voorlezen" : "Lees voor";
    status.textContent = words;
  }

  function start() {
    const words = new SpeechSynthesisUtterance(text.innerText);
    words.lang = "nl-NL";
    words.voice = speech.getVoices().find(({ lang }) => /^nl\b/i.test(lang)) ?? null;
    words.onend = () => reading === words && show(null, "Klaar met voorlezen");
    words.onerror = () => reading === words && show(null, "Voorlezen lukt niet");
    speech.cancel();
    show(words, "Wordt voorgelezen");
    speech.speak(words);
  }

  button.addEventListener("click", () => {
    if (!reading) return start();
    show(null, "Gestopt met voorlezen");
    speech.cancel();
  });
  show(null, "");
  const row = document.createElement("p");
  row.append(button, status);
  text.after(row);
}

if (speech) {
  for (const text of document.querySelectorAll("[data-voorlezen]")) readAloud(text);
  // A voice goes on after its page has gone.
  addEventListener("pagehide", () => speech.cancel());
}
