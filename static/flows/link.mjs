// Reads the token of a sign-in link: location.hash is base64url(JSON {attempt, code, exp}) "." base64url(mac).
// Whether it is genuine only the sign-in service can tell; so of what stands in it nothing is shown but a code that looks
// like one, and nothing is sent before somebody presses the button.

const CODE = /^[0-9A-Za-z]{4,12}$/;
const MILLISECONDS = 1000;

const sections = [...document.querySelectorAll("[data-link]")];

function read(token) {
  try {
    const [body, mac] = token.split(".");
    const bytes = Uint8Array.from(atob(body.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt());
    const { attempt, code, exp } = JSON.parse(new TextDecoder().decode(bytes));
    return mac && typeof attempt === "string" && CODE.test(code) ? { attempt, code: String(code), exp: Number(exp) } : null;
  } catch {
    return null;
  }
}

function show(token) {
  const link = read(token);
  const here = link && sections.find((section) => section.dataset.attempt === link.attempt);
  const chosen = here ?? sections.find((section) => section.dataset.link === (link ? "elsewhere" : "broken"));
  if (here) here.querySelector("[name=answer]").value = token;
  else if (link) chosen.querySelector("[data-link-code]").textContent = link.code.replace(/(.{4})(?=.)/g, "$1 ");
  if (link) chosen.querySelector("[data-link-late]").hidden = !(link.exp * MILLISECONDS < Date.now());
  for (const section of sections) section.hidden = section !== chosen;
  chosen.querySelector("h1").focus();
}

// Without the token in the address neither the history nor whoever is shown this page can use it. Opening another link in
// the same tab changes nothing but what stands behind the #.
function arrive() {
  const token = location.hash.slice(1);
  if (!token) return;
  history.replaceState(null, "", location.pathname);
  show(token);
}

addEventListener("hashchange", arrive);
arrive();
