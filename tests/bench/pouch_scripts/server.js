// A server of CouchDB's protocol over LevelDB, filled from a file of one document a line.
// node server.js MODULES FOLDER FILE: prints its port once everything is stored.
"use strict";

const { createRequire } = require("node:module");
const fs = require("node:fs");
const path = require("node:path");

const [modules, folder, file] = process.argv.slice(2);
const load = createRequire(path.join(modules, "here.js"));
const PouchDB = load("pouchdb").defaults({ prefix: folder + path.sep });
// It assigns to what a later Express makes read-only: it must run on the one it brings.
const door = load("express-pouchdb");
const express = createRequire(load.resolve("express-pouchdb"))("express");
const AT_ONCE = 2000;

async function fill() {
  const database = new PouchDB("people");
  const lines = fs.readFileSync(file, "utf8").split("\n").filter(Boolean);
  for (let start = 0; start < lines.length; start += AT_ONCE) {
    await database.bulkDocs(lines.slice(start, start + AT_ONCE).map((line) => JSON.parse(line)));
  }
}

fill().then(() => {
  const app = express();
  const logPath = path.join(folder, "log.txt");
  app.use("/", door(PouchDB, { mode: "minimumForPouchDB", inMemoryConfig: true, logPath }));
  const listening = app.listen(0, "127.0.0.1", () => console.log(listening.address().port));
});
