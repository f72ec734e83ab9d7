// Passkeys: asks the site for a question, the browser for an answer, and puts that in the
// form. Works without the newest JSON methods of WebAuthn, so in all browsers that have
// passkeys at all.

const naarBytes = (tekst) =>
  Uint8Array.from(atob(tekst.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));

const naarTekst = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

const metBytes = (lijst) => (lijst ?? []).map((sleutel) => ({ ...sleutel, id: naarBytes(sleutel.id) }));

async function vraag(vak, formulier) {
  const inhoud = new FormData();
  inhoud.set("doel", vak.dataset.passkey);
  inhoud.set("csrfmiddlewaretoken", formulier.elements.csrfmiddlewaretoken.value);
  const antwoord = await fetch(vak.dataset.opties, { method: "POST", body: inhoud });
  if (!antwoord.ok) throw new Error(String(antwoord.status));
  const { publicKey } = await antwoord.json();
  publicKey.challenge = naarBytes(publicKey.challenge);
  if (vak.dataset.passkey === "nieuw") {
    publicKey.user.id = naarBytes(publicKey.user.id);
    publicKey.excludeCredentials = metBytes(publicKey.excludeCredentials);
    return navigator.credentials.create({ publicKey });
  }
  publicKey.allowCredentials = metBytes(publicKey.allowCredentials);
  return navigator.credentials.get({ publicKey });
}

function alsTekst(sleutel) {
  const response = { clientDataJSON: naarTekst(sleutel.response.clientDataJSON) };
  for (const naam of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (sleutel.response[naam]) response[naam] = naarTekst(sleutel.response[naam]);
  }
  return JSON.stringify({
    id: sleutel.id,
    rawId: naarTekst(sleutel.rawId),
    type: sleutel.type,
    clientExtensionResults: {},
    response,
  });
}

function zegWaarom(fout) {
  if (fout.name === "InvalidStateError") return "Op dit apparaat staat al een passkey voor jou.";
  if (fout.name === "NotAllowedError") return "Er is geen passkey gekozen. Je kunt het nog een keer proberen.";
  if (fout.name === "SecurityError") return "Passkeys werken niet op dit adres van de site.";
  return "Dat lukte niet. Laad de pagina opnieuw en probeer het nog een keer.";
}

// An address of digits, as of a local start, can have no passkeys: localhost can.
const adresKan = !/^[\d.]+$|:/.test(location.hostname);

for (const vak of document.querySelectorAll("[data-passkey]")) {
  if (!window.PublicKeyCredential || !adresKan) continue;
  const formulier = vak.closest("form");
  const melding = vak.querySelector("[role=status]");
  const knop = vak.querySelector("button");
  vak.hidden = false;
  formulier.querySelector(".zonder-passkey")?.remove();
  knop.addEventListener("click", async () => {
    knop.disabled = true;
    melding.textContent = "Volg de vraag van je browser …";
    try {
      formulier.elements[vak.dataset.veld].value = alsTekst(await vraag(vak, formulier));
      // Not requestSubmit: name and password may stay empty now.
      formulier.submit();
    } catch (fout) {
      melding.textContent = zegWaarom(fout);
      knop.disabled = false;
      knop.focus();
    }
  });
}
