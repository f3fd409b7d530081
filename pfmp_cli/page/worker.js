// Runs the core under Pyodide, away from the page, which stays at hand meanwhile.
"use strict";
let session, py;

const STEPS = { start: open, read, make };
self.onmessage = async ({ data: { id, step, args } }) => {
  try {
    const answer = await STEPS[step](args);
    self.postMessage({ id, ...answer }, (answer.files || []).map(({ content }) => content.buffer));
  } catch (error) {
    // Of Python's, the kind alone: what it says may hold a pupil's data.
    self.postMessage({ id, error: error.type || String(error.message || error) });
  }
};

const tell = (done, total) => self.postMessage({ done, total });

async function open({ wasm, stdlib, core, lot }) {
  // What Pyodide would fetch is in the page: nothing else can be had.
  const kept = { "pyodide.asm.wasm": [wasm, "wasm"], "python_stdlib.zip": [stdlib, "zip"] };
  self.fetch = async (address) => {
    const [content, kind] = kept[String(address.url || address).split("/").pop()];
    return new Response(content, { headers: { "Content-Type": `application/${kind}` } });
  };
  py = await self.loadPyodide({
    indexURL: "https://pfmp.invalid/",
    stdLibURL: "https://pfmp.invalid/python_stdlib.zip",
    createPyodideModule: _createPyodideModule,
    lockFileContents: { info: {{lock}}, packages: {} },
  });
  tell(1, 2);
  py.unpackArchive(core, "zip", { extractDir: "/core" });
  py.FS.writeFile("/lot", lot);
  py.FS.mkdirTree("/listes/stages");
  session = py.runPython(`
import os, sys
sys.path.insert(0, "/core")
os.chdir("/listes")
from pfmp_cli.page.session import Session
Session("/lot")`);
  return { told: JSON.parse(session.describe()) };
}

function write(file, folder) {
  if (!file) return "";
  const name = file.name.replaceAll("/", "_");
  py.FS.writeFile(`/listes/${folder}${name}`, file.content);
  return folder + name;
}

function clear(folder) {
  for (const name of py.FS.readdir(folder))
    if (py.FS.isFile(py.FS.stat(`${folder}/${name}`).mode)) py.FS.unlink(`${folder}/${name}`);
}

function read({ lists, stages, words }) {
  ["/listes", "/listes/stages"].forEach(clear);
  const names = lists.map((file) => write(file, ""));
  return { told: JSON.parse(session.read(names[0], write(stages, "stages/"), JSON.stringify(words))) };
}

function make({ form, path }) {
  const files = [];
  const made = path ? [session.make_one(path)] : session.make(form, tell);
  for (const file of made) {
    const [name, content] = file;
    files.push({ name, content: content.toJs() });
    [content, file].forEach((one) => one.destroy());
  }
  return { files, told: JSON.parse(session.tell_misfits()) };
}
