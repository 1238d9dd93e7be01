// The words of codes and days, and the numbers of the plot.
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
  "November", "December"];

exports.response = { awaiting: "No answer yet", accepted: "Accepted", accepted_in_part: "Accepted in part",
  declined: "Turned down" };
exports.progress = { not_started: "Not started", planned: "Planned", in_progress: "Under way", stalled: "Stuck",
  done_in_part: "Done in part", done: "Done", stopped: "Stopped", superseded: "Replaced" };
exports.verdict = { confirmed: "Confirmed by participants", disputed: "Disputed by participants",
  none: "Not enough answers from participants to say" };
exports.promise = { kept: "Kept", "kept-late": "Kept late", missed: "Missed", open: "Still open" };
exports.reason = { money: "money", staff_time: "not enough staff time", logistics: "practical problems",
  leadership_change: "a change of leadership or staff", law_or_policy: "a law or policy",
  another_body_decides: "somebody else has to decide", waiting_for_partner: "waiting for a partner",
  more_evidence_needed: "more evidence is needed", our_own_delay: "the organisation’s own delay" };
exports.silence = {
  overdue: (date) => `No answer. It was due by ${date}`,
  promise: (date) => `A promise was due by ${date}, and there is no word that it was kept`,
  review: (date) => `It was to be looked at again by ${date}`,
  stale: (date) => `The explanation has been out of date since ${date}`,
  quiet: (date) => `Nobody has said anything since ${date}`,
};

exports.today = () => new Date().toISOString().slice(0, 10);

/** "2026-05-01" as "1 May 2026". */
exports.day = (iso) => `${Number(iso.slice(8, 10))} ${MONTHS[Number(iso.slice(5, 7)) - 1]} ${iso.slice(0, 4)}`;

exports.age = (from, today) => {
  const days = Math.max(0, Math.round((Date.parse(today) - Date.parse(from)) / 86400000));
  if (days < 60) return days === 1 ? "1 day" : `${days} days`;
  return `about ${Math.floor((days * 2) / 61)} months`;
};

const SERIES = [["responded", "Answered"], ["completed", "Done"], ["explained", "Explained"], ["told", "Told"]];

exports.course = (editions) => {
  if (editions.length === 0) return null;
  const time = (edition) => Date.parse(edition.period);
  const from = time(editions[0]);
  const span = Math.max(86400000, time(editions[editions.length - 1]) - from);
  const lines = SERIES.map(([key, name]) => {
    const points = editions
      .filter((edition) => edition[`${key}_of`] > 0)
      .map((edition) => ({
        x: (((time(edition) - from) / span) * 100).toFixed(2),
        y: (100 - (edition[`${key}_count`] / edition[`${key}_of`]) * 100).toFixed(2),
      }));
    const joins = points.slice(1).map((point, i) => [points[i].x, points[i].y, point.x, point.y]);
    return { key, name, points, joins };
  });
  return {
    from: editions[0].period,
    to: editions[editions.length - 1].period,
    lines,
    editions: editions.map((edition) => ({
      on: edition.period,
      cells: SERIES.map(([key]) => `${edition[`${key}_count`]} of ${edition[`${key}_of`]}`),
    })),
  };
};
