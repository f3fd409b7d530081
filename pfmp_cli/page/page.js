"use strict";
const $ = (id) => document.getElementById(id);
const make = (tag, props = {}, ...children) => {
  const node = Object.assign(document.createElement(tag), props);
  node.append(...children);
  return node;
};
const announce = (text) => ($("annonce").textContent = text);

// A script may not lead elsewhere, either; links within the page and its files stay. Not every
// browser says of a navigation that it is a download.
self.navigation?.addEventListener("navigate", (event) => {
  const isFile = [...$("fichiers").querySelectorAll("a")].some(({ href }) => href === event.destination.url);
  const stays = event.hashChange || isFile || event.navigationType === "reload";
  if (!stays && event.cancelable) event.preventDefault();
});

// The worker: one question at a time, each answered under its number.
let worker, asked = 0, follow = () => {};
const waiting = new Map();
function ask(step, args, transfer = []) {
  worker.postMessage({ id: ++asked, step, args }, transfer);
  return new Promise((resolve, reject) => waiting.set(asked, { resolve, reject }));
}
function hear({ data }) {
  if (data.total) return follow(data.done, data.total);
  const { resolve, reject } = waiting.get(data.id);
  waiting.delete(data.id);
  data.error ? reject(new Error(data.error)) : resolve(data);
}

const DAMAGED = new Error();
async function unpack(name) {
  const node = $(name);
  if (!node) throw DAMAGED; // saved by a browser, from which `remove` had taken it
  const text = node.textContent, packed = new Uint8Array((text.length * 7) / 8);
  let bits = 0, at = 0;
  for (let i = 0; i < text.length; i++) { // seven bits of each
    bits = (bits << 7) | (text.charCodeAt(i) & 127);
    if (i % 8) packed[at++] = bits >> (7 - (i % 8));
  }
  node.remove();
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer().catch(() => Promise.reject(DAMAGED)));
}

async function start() {
  const parts = {};
  for (const name of ["wasm", "stdlib", "core", "lot"]) parts[name] = await unpack(name);
  $("avance").value = 1;
  const script = new Blob([await unpack("worker")], { type: "text/javascript" });
  worker = new Worker(URL.createObjectURL(script));
  worker.onmessage = hear;
  worker.onerror = ({ message }) => fail(message);
  follow = (done) => ($("avance").value = 1 + done);
  const { told } = await ask("start", parts, Object.values(parts).map((part) => part.buffer));
  offer(told);
  $("attente").hidden = true;
  $("demande").hidden = false;
  announce("La page est prête.");
}

function fail(message) {
  const told = `Quelque chose a manqué : ${message}. Rechargez la page ; si cela revient, essayez un autre navigateur, à jour.`;
  $("attente").hidden = true;
  $("dit").replaceChildren(make("p", { className: "erreur" }, told));
  $("resultat").hidden = false;
  announce(told);
}

// What is offered
let school, classes;
function offer(told) {
  ({ asks: school, classes } = told);
  told.documents.forEach(([name, plural]) => {
    const box = make("input", { type: "checkbox", value: name, checked: name === "livret" });
    $("documents").append(make("label", {}, box, plural[0].toUpperCase() + plural.slice(1)));
  });
  classes.forEach(({ code, libelle }) => $("classe").append(new Option(libelle, code)));
  told.options.forEach(([code, title]) => $("option").append(new Option(`${code} – ${title}`, code)));
  const periodes = classes.flatMap((one) => one.periodes.map(([code]) => code));
  [...new Set(periodes)].sort().forEach((code) => $("periode").append(new Option(code, code)));
  $("etablissement").hidden = !school;
  if (school) classes.forEach(offerDates);
}
function offerDates({ code, libelle, periodes }) {
  const fields = periodes.map(([periode, semaines, variante]) => {
    const day = (end) => make("input", { type: "date", min: "2000-01-01", max: "2099-12-31", ariaLabel: `${libelle}, période ${periode}, ${end}` });
    return make("div", {}, `Période ${periode} (${semaines} semaines${variante ? `, ${variante}` : ""}) : du `, day("premier jour"), " au ", day("dernier jour"));
  });
  $("dates").append(make("fieldset", { className: "dates" }, make("legend", {}, libelle), ...fields));
  $("dates").lastChild.dataset.classe = code;
}

// What is asked
let dropped = [];
const readFile = async (file) => ({ name: file.name, content: new Uint8Array(await file.arrayBuffer()) });
const isGuardians = ({ name }) => /^responsables/i.test(name);
function tellSchool() {
  if (!school) return null;
  const texts = Object.fromEntries(["nom", "adresse", "commune", "annee"].map((id) => [id, $(id).value.trim()]));
  const dates = {};
  for (const group of document.querySelectorAll(".dates"))
    dates[group.dataset.classe] = [...group.querySelectorAll("div")].map((row) => {
      const days = [...row.querySelectorAll("input")].map((input) => input.value);
      return days.every(Boolean) ? days : null;
    });
  return { texts, dates };
}
async function gather() {
  const pasted = $("collage").value;
  const lists = pasted.trim()
    ? [{ name: "liste-collee.txt", content: new TextEncoder().encode(pasted) }]
    : await Promise.all([...dropped].sort((a, b) => isGuardians(a) - isGuardians(b)).map(readFile));
  const stages = $("stages").files[0] ? await readFile($("stages").files[0]) : null;
  const documents = [...$("documents").querySelectorAll(":checked")].map((box) => box.value);
  const words = Object.fromEntries(["classe", "option", "periode"].map((id) => [id, $(id).value || null]));
  return { lists, stages, words: { ...words, documents, school: tellSchool() } };
}

let reading = Promise.resolve(), later;
function readSoon() {
  clearTimeout(later);
  later = setTimeout(() => (reading = reading.then(read).catch(({ message }) => fail(message))), 150);
}
async function read() {
  const asked = await gather();
  $("lus").textContent = asked.lists.map(({ name }) => name).join(", ");
  if (!asked.lists.length) return;
  if (asked.lists.filter((one) => !isGuardians(one)).length > 1) return show({ said: [], left: ["Donnez une liste à la fois"], groups: [] });
  if (!asked.words.documents.length) return show({ said: [], left: ["Cochez au moins un document"], groups: [] });
  announce("Lecture de la liste…");
  const { told } = await ask("read", asked);
  show(told);
}

// What is shown
function show({ said, left, groups }) {
  const number = groups.reduce((sum, [, pupils]) => sum + pupils.reduce((n, [, made]) => n + made.length, 0), 0);
  const heard = tally(said);
  const counted = `${number} document${number > 1 ? "s" : ""} à faire${heard ? ` ; ${heard}` : ""}`;
  const held = $("resultat").querySelector(":focus");
  $("dit").replaceChildren(make("p", {}, make("strong", {}, counted)),
    make("ul", {}, ...left.map((line) => make("li", {}, line))), list(said));
  $("eleves").replaceChildren(...groups.map(showGroup));
  forget();
  $("faire").hidden = !number;
  $("resultat").hidden = false;
  if (held && !held.checkVisibility()) $("t-resultat").focus();
  announce(`${left[0] || "Liste refusée"}, ${counted}.`);
}
function tally(said) {
  const kinds = ["erreur", "avertissement", "remarque"].map((kind) => [kind, said.filter((one) => one.severity === kind).length]);
  return kinds.filter(([, number]) => number).map(([kind, number]) => `${number} ${kind}${number > 1 ? "s" : ""}`).join(", ");
}
const MOST = 300;
function list(said) {
  const items = said.slice(0, MOST).map(tell);
  if (said.length > MOST) items.push(make("li", {}, `… et ${said.length - MOST} autres : corrigez d'abord ceux-ci.`));
  return make("ul", { className: "avis" }, ...items);
}
function tell({ severity, message, help, place, label, line, column, length, excerpt }) {
  const item = make("li", { className: severity }, make("strong", { className: severity }, `${severity} :`), ` ${message}`);
  if (place) item.append(make("div", { className: "note" }, place + (label ? ` (${label})` : "")));
  if (excerpt !== null && excerpt !== undefined && line) item.append(cite(excerpt, column, length));
  if (help) item.append(make("div", {}, make("em", {}, "aide :"), ` ${help}`));
  return item;
}
function cite(excerpt, column, length) {
  if (!column) return make("pre", {}, excerpt);
  const signs = [...excerpt], from = Math.max(0, column - 40), end = column - 1 + Math.max(1, length);
  const part = (a, b) => signs.slice(a, b).join("");
  return make("pre", {}, (from ? "…" : "") + part(from, column - 1), make("mark", {}, part(column - 1, end)), part(end, end + 60));
}
function showGroup([name, pupils]) {
  const rows = pupils.map(([pupil, made]) => make("tr", {}, make("th", { scope: "row" }, pupil),
    make("td", {}, make("ul", { className: "liens" }, ...made.map(([label, path]) => {
      const button = make("button", { type: "button", ariaLabel: `${label}, ${pupil}`, onclick: () => produce({ path }) }, label);
      return make("li", {}, button);
    })))));
  const table = make("table", {}, make("caption", {}, "Un document se fait aussi seul, d'ici"), make("tbody", {}, ...rows));
  return make("details", {}, make("summary", {}, `${name} : ${pupils.length} élève${pupils.length > 1 ? "s" : ""}`), table);
}

// What is made
function forget() {
  $("fichiers").querySelectorAll("a").forEach(({ href }) => URL.revokeObjectURL(href));
  ["fichiers", "restes"].forEach((id) => $(id).replaceChildren());
}
let busy = false;
async function produce(what) {
  if (busy) return;
  busy = true;
  // Not `disabled`, which would lose the focus.
  const buttons = [...document.querySelectorAll("#resultat button")];
  buttons.forEach((button) => (button.ariaDisabled = "true"));
  $("travail").hidden = false;
  follow = (done, total) => {
    Object.assign($("travail"), { value: done, max: total });
    if (done % 100 === 0) announce(`${done} documents sur ${total}`);
  };
  announce("Les documents se font…");
  try {
    await reading;
    forget();
    const { files, told } = await ask("make", what);
    $("fichiers").replaceChildren(...files.map(link));
    $("restes").replaceChildren(list(told.said));
    const ready = files.length > 1 ? `${files.length} fichiers prêts` : "Fichier prêt";
    announce(`${ready} : ${[...files.map(({ name }) => name), tally(told.said)].filter(Boolean).join(", ")}.`);
    if (files.length === 1) $("fichiers").querySelector("a").click();
    if (what.form) $("fichiers").querySelector("a").focus();
  } catch ({ message }) {
    fail(message);
  }
  $("travail").hidden = true;
  buttons.forEach((button) => (button.ariaDisabled = null));
  busy = false;
}
function link({ name, content }) {
  const type = name.endsWith(".zip") ? "application/zip" : "application/pdf";
  const size = Math.max(1, Math.round(content.length / 1000)).toLocaleString("fr");
  const href = URL.createObjectURL(new Blob([content], { type }));
  return make("li", {}, make("a", { href, download: name }, name), ` (${size} ko)`);
}

// What moves
const zone = $("depot");
const take = (files) => { if ($("demande").hidden || !files.length) return; dropped = [...files]; $("collage").value = ""; readSoon(); };
$("liste").onchange = ({ target }) => take(target.files);
document.ondragover = (event) => { event.preventDefault(); zone.classList.add("dessus"); };
document.ondragleave = () => zone.classList.remove("dessus");
document.ondrop = (event) => { event.preventDefault(); zone.classList.remove("dessus"); take(event.dataTransfer.files); };
$("demande").addEventListener("change", ({ target }) => target.id === "liste" || readSoon());
$("demande").onsubmit = (event) => event.preventDefault();
document.querySelectorAll("[data-form]").forEach((button) => (button.onclick = () => produce({ form: button.dataset.form })));
start().catch((error) => (error === DAMAGED ? tellDamage() : fail(error.message)));
