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

const AT_ONCE = 200;
const SILENT = 20;
const PROMISES = 60;

const db = new Database(process.env.DATABASE, { readonly: true });
const queries = {
  project: db.prepare("SELECT * FROM bench_project WHERE slug = ?"),
  counts: db.prepare(
    `SELECT COUNT(*) AS all_of, SUM(response <> 'awaiting') AS answered, SUM(progress = 'done') AS done,
     SUM(progress = 'stalled') AS stalled, COUNT(silent_since) AS silent FROM bench_recommendation`,
  ),
  rows: db.prepare(`SELECT * FROM bench_recommendation ORDER BY position LIMIT ${AT_ONCE}`),
  silent: db.prepare(
    `SELECT position, reference, title, responsible FROM bench_recommendation WHERE silent_since IS NOT NULL
     ORDER BY silent_since, position LIMIT ${SILENT}`,
  ),
  silences: db.prepare("SELECT kind, since FROM bench_silence WHERE reference = ? ORDER BY rowid"),
  latest: db.prepare("SELECT * FROM bench_latest ORDER BY position"),
  promises: db.prepare(`SELECT * FROM bench_promise ORDER BY position LIMIT ${PROMISES}`),
  promised: db.prepare(
    `SELECT COUNT(*) AS all_of, SUM(state IN ('kept', 'kept-late')) AS kept, SUM(state = 'open') AS open,
     SUM(state = 'missed') AS missed, SUM(moves > 0) AS moved FROM bench_promise`,
  ),
  figures: db.prepare("SELECT * FROM bench_figure ORDER BY position"),
  editions: db.prepare("SELECT * FROM bench_edition ORDER BY period"),
};

function page(slug) {
  const project = queries.project.get(slug);
  if (!project) return null;
  const base = `/p/${slug}`;
  const counts = queries.counts.get();
  const promised = queries.promised.get();
  const linked = (row) => {
    row.href = `${base}/r/${row.reference}`;
    return row;
  };
  const dressed = (row) => {
    row.responders = words.responders(row.responsible);
    return linked(row);
  };
  return {
    project,
    base,
    today: words.today(),
    counts: words.counts(base, { ...counts, missed: promised.missed, confirmed: project.confirmed }),
    rows: queries.rows.all().map(dressed),
    more: Math.max(0, counts.all_of - AT_ONCE),
    latest: queries.latest.all().map(linked),
    silent: queries.silent.all().map((row) => {
      row.all = queries.silences.all(row.reference);
      return dressed(row);
    }),
    more_silent: Math.max(0, counts.silent - SILENT),
    promises: queries.promises.all().map(dressed),
    promised,
    more_promises: Math.max(0, promised.all_of - PROMISES),
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
