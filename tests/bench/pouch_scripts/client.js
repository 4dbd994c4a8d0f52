// Replicates a database into a new folder. node client.js MODULES FOLDER URL BATCH: prints
// {"seconds", "documents"}; the time of loading the library is not counted.
"use strict";

const { createRequire } = require("node:module");
const path = require("node:path");

const [modules, folder, url, batch] = process.argv.slice(2);
const PouchDB = createRequire(path.join(modules, "here.js"))("pouchdb");

async function pull() {
  const database = new PouchDB(folder);
  await database.info();
  const start = performance.now();
  const done = await database.replicate.from(url, { batch_size: Number(batch), batches_limit: 10 });
  const seconds = (performance.now() - start) / 1000;
  if (!done.ok || done.doc_write_failures) throw new Error("replication failed");
  console.log(JSON.stringify({ seconds, documents: done.docs_written }));
  process.exit(0);
}

pull();
