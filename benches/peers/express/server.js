// The project page in Express: a cluster of 2, better-sqlite3, Nunjucks with its compiled templates kept.
// DATABASE=path PORT=8082 node server.js
const cluster = require("node:cluster");
const path = require("node:path");

if (cluster.isPrimary) {
  for (let i = 0; i < 2; i += 1) cluster.fork();
  return;
}

const express = require("express");
const nunjucks = require("nunjucks");
const Database = require("better-sqlite3");
const words = require("./words.js");

const db = new Database(process.env.DATABASE, { readonly: true });
const queries = {
  project: db.prepare("SELECT * FROM bench_project WHERE slug = ?"),
  counts: db.prepare(
    `SELECT COUNT(*) AS all_of, SUM(response <> 'awaiting') AS answered, SUM(progress = 'done') AS done,
     SUM(verdict IS 'confirmed') AS confirmed, SUM(progress = 'stalled') AS stalled,
     COUNT(silent_since) AS silent FROM bench_recommendation`,
  ),
  rows: db.prepare("SELECT * FROM bench_recommendation ORDER BY position LIMIT 200"),
  silent: db.prepare(
    `SELECT * FROM bench_recommendation WHERE silent_since IS NOT NULL ORDER BY silent_since, position LIMIT 20`,
  ),
  silences: db.prepare(
    `SELECT s.* FROM bench_silence s JOIN bench_recommendation r ON r.reference = s.reference WHERE r.position < 200
     OR r.reference IN (SELECT reference FROM bench_recommendation WHERE silent_since IS NOT NULL
     ORDER BY silent_since, position LIMIT 20) ORDER BY s.rowid`,
  ),
  latest: db.prepare("SELECT * FROM bench_latest ORDER BY position"),
  promises: db.prepare(
    `SELECT *, CASE WHEN kept_on IS NOT NULL AND kept_on <= first_due_on THEN 'kept'
     WHEN kept_on IS NOT NULL THEN 'kept-late' WHEN due_on < $today THEN 'missed' ELSE 'open' END AS state
     FROM bench_promise ORDER BY CASE state WHEN 'missed' THEN 0 WHEN 'open' THEN 1 WHEN 'kept-late' THEN 2 ELSE 3 END,
     due_on, position`,
  ),
  figures: db.prepare("SELECT * FROM bench_figure ORDER BY position"),
  editions: db.prepare("SELECT * FROM bench_edition ORDER BY period"),
};

function responders(row) {
  return row.responsible
    .split(";")
    .map((name) => name.trim())
    .filter(Boolean)
    .map((name) => ({ name, href: `/responders/${encodeURIComponent(name.split(/\s+/).join(" ").toLowerCase())}` }));
}

function page(slug) {
  const project = queries.project.get(slug);
  if (!project) return null;
  const today = words.today();
  const base = `/p/${slug}`;
  const silences = new Map();
  for (const silence of queries.silences.all()) {
    if (!silences.has(silence.reference)) silences.set(silence.reference, []);
    silences.get(silence.reference).push(silence);
  }
  const dressed = (row) => ({
    ...row,
    href: `${base}/r/${row.reference}`,
    responders: responders(row),
    silences: silences.get(row.reference) || [],
  });
  const counts = queries.counts.get();
  const promises = queries.promises.all({ today });
  const promised = { kept: 0, open: 0, missed: 0, moved: 0 };
  for (const promise of promises) {
    promised[promise.state === "kept-late" ? "kept" : promise.state] += 1;
    if (promise.moves > 0) promised.moved += 1;
    promise.href = `${base}/r/${promise.reference}`;
  }
  return {
    project,
    base,
    today,
    counts,
    rows: queries.rows.all().map(dressed),
    more: Math.max(0, counts.all_of - 200),
    latest: queries.latest
      .all()
      .map((it) => ({ ...it, href: `${base}/r/${it.reference}`, details: JSON.parse(it.details) })),
    silent: queries.silent.all().map(dressed),
    more_silent: Math.max(0, counts.silent - 20),
    promises,
    promised,
    figures: queries.figures.all().map((it) => ({ ...it, beside: JSON.parse(it.beside) })),
    course: words.course(queries.editions.all()),
  };
}

const app = express();
app.disable("x-powered-by");
const env = nunjucks.configure(path.join(__dirname, "views"), {
  express: app,
  autoescape: true,
  trimBlocks: true,
  lstripBlocks: true,
});
env.addFilter("day", words.day);
env.addFilter("age", words.age);
env.addGlobal("words", words);
app.get("/p/:slug", (request, response) => {
  const context = page(request.params.slug);
  if (!context) return response.status(404).send("not found");
  return response.render("project.html", context);
});
app.listen(Number(process.env.PORT), "127.0.0.1");
