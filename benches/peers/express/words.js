// The words of codes and days, and the numbers of the plot.
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
  "November", "December"];

exports.response = { awaiting: "No answer yet", accepted: "Accepted", accepted_in_part: "Accepted in part",
  declined: "Turned down" };
exports.progress = { not_started: "Not started", planned: "Planned", in_progress: "Under way", stalled: "Stuck",
  done_in_part: "Done in part", done: "Done", stopped: "Stopped", superseded: "Replaced" };
exports.verdict = { confirmed: "Confirmed by participants", disputed: "Disputed by participants",
  none: "Too few answers from participants yet" };
exports.promise = { kept: "Kept", "kept-late": "Kept late", missed: "Missed", open: "Still open" };
exports.reason = { money: "money", staff_time: "not enough staff time", logistics: "practical problems",
  leadership_change: "a change of leadership or staff", law_or_policy: "a law or policy",
  another_body_decides: "somebody else has to decide", waiting_for_partner: "waiting for a partner",
  more_evidence_needed: "more evidence is needed", our_own_delay: "the organisation’s own delay" };
// The day follows.
exports.silence = { response_overdue: "No answer. Due", promise_missed: "Promise missed. Due",
  review_date_passed: "No new look. Due", answer_stale: "Explanation of the answer out of date since",
  work_stale: "Explanation of the work out of date since",
  gone_quiet: "Nothing new since" };

exports.today = () => new Date().toISOString().slice(0, 10);

/** "2026-05-01" as "1 May 2026". */
exports.day = (iso) => `${Number(iso.slice(8, 10))} ${MONTHS[Number(iso.slice(5, 7)) - 1]} ${iso.slice(0, 4)}`;

exports.age = (from, today) => {
  const days = Math.max(0, Math.round((Date.parse(today) - Date.parse(from)) / 86400000));
  if (days < 60) return days === 1 ? "1 day" : `${days} days`;
  const months = Math.floor((days * 10 + 152) / 304);
  return months === 1 ? "about 1 month" : `about ${months} months`;
};

const known = new Map();

/** "The Ferry Company; the board" as names with the addresses of their pages. There are few, so they are kept. */
exports.responders = (responsible) => {
  if (!known.has(responsible)) {
    const names = responsible.split(";").map((name) => name.trim()).filter(Boolean);
    const href = (name) => `/responders/${encodeURIComponent(name.split(/\s+/).join(" ").toLowerCase())}`;
    known.set(responsible, names.map((name) => ({ name, href: href(name) })));
  }
  return known.get(responsible);
};

/** The counts at the top, each with the list behind it where there is anything in it. */
exports.counts = (base, { all_of, answered, done, stalled, silent, missed, confirmed }) => {
  const list = `${base}/recommendations?`;
  const counts = [
    ["answered", "response-accepted", answered, `${answered} of ${all_of} answered`, `${list}answered=yes`],
    ["unanswered", "response-awaiting", all_of - answered, `${all_of - answered} not answered`, `${list}answered=no`],
    ["done", "progress-done", done, `${done} done`, `${list}progress=done`],
    ["stalled", "progress-stalled", stalled, `${stalled} stuck`, `${list}progress=stalled`],
    ["silent", "silence", silent, `${silent} late or silent`, "#silent"],
    ["missed", "promise-missed", missed, `${missed} promise${missed === 1 ? "" : "s"} missed`, "#promises"],
    ["confirmed", "verdict-confirmed", confirmed, `${confirmed} confirmed`, `${list}verdict=confirmed`],
  ];
  return counts
    .filter(([code, , count]) => code !== "unanswered" || count > 0)
    .map(([code, shape, count, said, href]) => ({ code, shape, words: said, href: count > 0 ? href : null }));
};

const SERIES = [["responded", "Answered"], ["completed", "Done"], ["explained", "Explained"], ["told", "Told"]];

const of = (count, all) => {
  if (all === null) return count === null ? "not shown, to protect people" : `${count}`;
  return count === null ? `not shown, to protect people; out of ${all}` : `${count} of ${all}`;
};

exports.course = (editions) => {
  if (editions.length === 0) return null;
  const time = (edition) => Date.parse(edition.period);
  const from = time(editions[0]);
  const span = Math.max(86400000, time(editions[editions.length - 1]) - from);
  const lines = SERIES.map(([key, name], place) => {
    const points = [];
    const joins = [];
    let joined = false;
    for (const edition of editions) {
      const [count, all] = [edition[`${key}_count`], edition[`${key}_of`]];
      if (count === null || !all) {
        joined = false;
        continue;
      }
      const x = (((time(edition) - from) / span) * 100).toFixed(2);
      const y = (100 - (count / all) * 100).toFixed(2);
      const before = points[points.length - 1];
      if (joined) joins.push([before.x, before.y, x, y]);
      points.push({ x, y, words: of(count, all) });
      joined = true;
    }
    const end = points[points.length - 1];
    return { key, name, place, points, joins, end, last: end && end.words };
  });
  const height = (line) => (line.end ? Number(line.end.y) : 101);
  const order = [...lines].sort((a, b) => height(a) - height(b));
  const leads = [];
  order.forEach((line, slot) => {
    const to = (((slot + 0.5) / lines.length) * 100).toFixed(2);
    if (line.end && line.end.x === "100.00") leads.push({ from: line.end.y, to });
  });
  return {
    from: editions[0].period,
    to: editions[editions.length - 1].period,
    lines,
    order,
    leads,
    editions: editions.map((edition) => ({
      on: edition.period,
      cells: SERIES.map(([key]) => of(edition[`${key}_count`], edition[`${key}_of`])),
    })),
  };
};
