// Checks a public record in the browser. `verify` does what docs/record-format.md tells, with its numbers; below it is
// the form through which the page hands it a record. Nothing is sent anywhere.

/** `prev` of the first event. */
const GENESIS = "0".repeat(64);
const STAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;
const SALT = /^[0-9a-f]{32}$/;
const HASH = /^[0-9a-f]{64}$/;
/** As deep as the other verifiers read. */
const DEEPEST = 127;
/** What is read before the page may draw. */
const LINES_AT_ONCE = 200;
const BYTES_AT_ONCE = 1 << 18;

const isText = (value) => typeof value === "string";
const FIELDS = {
  seq: Number.isInteger,
  at: isText,
  kind: isText,
  subject: isText,
  content: (value) => value === null || value instanceof Map,
  content_hash: isText,
  prev: isText,
  hash: isText,
};

/**
 * Reads JSON of which no two readers can think differently; throws at anything else. JSON.parse keeps the last of two
 * equal keys and reads 1.0 as 1 without a word. Objects become Maps, which know no key that means something else.
 */
function strict(text) {
  let at = 0;

  const take = (pattern) => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (!found) throw new SyntaxError(`at ${at}`);
    at = pattern.lastIndex;
    return found[0];
  };
  const space = () => take(/[ \t\n\r]*/y);
  const follows = (sign) => {
    space();
    if (text[at] !== sign) return false;
    at += 1;
    return true;
  };

  function string() {
    const raw = take(/"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y);
    if (!raw.includes("\\")) return raw.slice(1, -1);
    const value = JSON.parse(raw);
    // With `u`, halves that belong together are one character and do not match.
    if (/[\ud800-\udfff]/u.test(value)) throw new SyntaxError("half a character");
    return value;
  }

  function number() {
    // A fraction then stands where none may. -0 is one to some readers.
    const value = Number(take(/0|-?[1-9]\d*/y));
    if (!Number.isSafeInteger(value)) throw new SyntaxError("beyond 2^53 - 1");
    return value;
  }

  function list(depth) {
    const values = [];
    if (follows("]")) return values;
    do values.push(value(depth)); while (follows(","));
    take(/]/y);
    return values;
  }

  function object(depth) {
    const values = new Map();
    if (follows("}")) return values;
    do {
      space();
      const key = string();
      if (values.has(key) || /[^\u0000-\u007f]/.test(key)) throw new SyntaxError("a key");
      space();
      take(/:/y);
      values.set(key, value(depth));
    } while (follows(","));
    take(/}/y);
    return values;
  }

  function value(depth) {
    if (follows("{") || follows("[")) {
      if (depth === DEEPEST) throw new SyntaxError("too deep");
      return text[at - 1] === "{" ? object(depth + 1) : list(depth + 1);
    }
    if (text[at] === '"') return string();
    if (/[-\d]/.test(text[at])) return number();
    return { true: true, false: false, null: null }[take(/true|false|null/y)];
  }

  const whole = value(0);
  space();
  if (at !== text.length) throw new SyntaxError("more than one value");
  return whole;
}

/** The form of RFC 8785. For whole numbers and whole characters JSON.stringify writes just that. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (!(value instanceof Map)) return JSON.stringify(value);
  const fields = [...value.keys()].sort().map((key) => `${JSON.stringify(key)}:${canonical(value.get(key))}`);
  return `{${fields.join()}}`;
}

const utf8 = new TextEncoder();
// "ignore" means: a byte-order mark is left where it stands, and is no JSON.
const fromUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The hash of an event: of the 32 bytes of `prev` and what follows them. */
function hashOf({ seq, at, kind, subject, content_hash, prev }) {
  const chained = utf8.encode(canonical(new Map(Object.entries({ seq, at, kind, subject, content_hash }))));
  const bytes = new Uint8Array(32 + chained.length);
  bytes.set(prev.match(/../g).map((digits) => parseInt(digits, 16)));
  bytes.set(chained, 32);
  return sha256(bytes);
}

/** The lines of a file in portions, each line with its line feed. */
function* portions(bytes) {
  let lines = [];
  let first = 0;
  for (let from = 0; from < bytes.length; ) {
    const to = bytes.indexOf(10, from) + 1 || bytes.length;
    lines.push(bytes.subarray(from, to));
    from = to;
    if (lines.length === LINES_AT_ONCE || from - first > BYTES_AT_ONCE || from === bytes.length) {
      yield { lines, share: from / bytes.length };
      lines = [];
      first = from;
    }
  }
}

/** Check 1: the event on a line, or `{ why }`. */
function read(line) {
  if (line[line.length - 1] !== 10) return { why: "End" };
  try {
    const event = strict(fromUtf8.decode(line.subarray(0, -1)));
    const names = Object.keys(FIELDS);
    const isEvent = event instanceof Map && event.size === names.length;
    if (isEvent && names.every((name) => FIELDS[name](event.get(name)))) return Object.fromEntries(event);
  } catch {} // It is no event.
  return { why: "Line" };
}

/** Checks 2 to 6: why an event does not hold as number `seq` after `before`, or nothing. */
async function fault(event, seq, before, redacted) {
  const { at, kind, content, content_hash, prev, hash, why } = event;
  if (why) return why;
  if (event.seq !== seq) return "Seq";
  if (!STAMP.test(at) || at < before.at) return "At";
  if (prev !== before.hash || !HASH.test(prev)) return "Prev";
  if (content) {
    const salt = content.get("salt");
    if (!isText(salt) || !SALT.test(salt)) return "Content";
    if ((await sha256(utf8.encode(canonical(content)))) !== content_hash) return "Content";
  } else if (kind === "redaction" || !HASH.test(content_hash) || !redacted.has(seq)) {
    return "Gone";
  }
  return (await hashOf(event)) === hash ? undefined : "Hash";
}

/**
 * Checks a record: the hashes of all events that hold, in order, and the first fault if there is one, as
 * `{ seq, why }`. `step` is awaited again and again with the share that is done; what it throws ends the check.
 */
export async function verify(bytes, step = async () => {}) {
  const redacted = new Set();
  for (const { lines, share } of portions(bytes)) {
    for (const { seq, kind, content } of lines.map(read)) {
      const redacts = kind === "redaction" && content ? content.get("redacts") : undefined;
      if (Number.isInteger(redacts) && redacts < seq) redacted.add(redacts);
    }
    await step(share / 2);
  }
  const hashes = [];
  let before = { at: "", hash: GENESIS };
  for (const { lines, share } of portions(bytes)) {
    // A portion is hashed side by side, then judged in order: what follows a fault does not count.
    const events = lines.map(read);
    const checks = events.map((event, index) => {
      const last = before;
      before = event;
      return fault(event, hashes.length + index + 1, last, redacted);
    });
    for (const [index, why] of (await Promise.all(checks)).entries()) {
      if (why) return { hashes, fault: { seq: hashes.length + 1, why } };
      hashes.push(events[index].hash);
    }
    await step((1 + share) / 2);
  }
  return { hashes };
}

/** As updates print it. */
const fingerprint = (hash) => hash.slice(0, 16).match(/.{4}/g).join(" ");

/** A text without what cannot be seen in it, which comes along when somebody copies from a message. */
const seen = (text) => text.replace(/\p{Cf}/gu, "").replace(/\s+/g, " ");

/** What has digits and is no number of an event: days, times, and numbers with a fraction. */
const OTHER = new RegExp(
  [
    String.raw`\d{4}-\d\d-\d\d`,
    String.raw`\d{4}年\d{1,2}月\d{1,2}日`,
    String.raw`\d{1,2}(?<between>[./-]) ?\d{1,2}\k<between> ?\d{2,4}`,
    String.raw`(?:0?[1-9]|[12]\d|3[01])\.? (?:\p{L}+\.? ){1,3}(?:19|20|21)\d\d`,
    String.raw`\p{L}+\.? \d{1,2}(?:st|nd|rd|th)?,? (?:19|20|21)\d\d`,
    String.raw`\d{1,2}:\d\d(?::\d\d)?`,
    String.raw`\d+[.,]\d{1,2}`,
  ].map((form) => `(?<![a-z\\d])(?:${form})(?!-?[a-z\\d])`).join("|"),
  "giu",
);
const NUMBER = /(?<![a-z\d])(?:[1-9]\d{0,2}(?:[.,'’ ]\d{3}){1,4}|[1-9]\d{0,14})(?![a-z\d])/gi;
const GROUPS = /(?<![0-9a-f])(?:[0-9a-f]{4}(?: [0-9a-f]{4}){3,}|[0-9a-f]{64}|[0-9a-f]{16})(?![0-9a-z])/i;

/** A number without what some languages put between thousands. */
const plain = (number) => number.replace(/[.,'’ ](?=\d{3}(?!\d))/g, "");

/**
 * The number and the fingerprint in a line that says both, in whatever language: the footer of a page, the end of an
 * update, a citation. The number is the last before the fingerprint, or the first behind it where none stands before.
 */
export function lineOf(text) {
  const line = text.replace(/[\p{Cf}\s]+/gu, " ");
  const found = GROUPS.exec(line);
  if (!found) return undefined;
  // A number or a short word before it may look like one more group; a whole hash has sixteen.
  const groups = found[0].split(" ");
  const mark = groups.length < 5 || groups.length === 16 ? found[0] : groups.slice(-4).join(" ");
  const end = found.index + found[0].length;
  const numbers = (part) => (part.replace(OTHER, ";").match(NUMBER) || []).map(plain);
  const number = numbers(line.slice(0, end - mark.length)).pop() || numbers(line.slice(end))[0];
  return number && [number, mark];
}

/** Lets the page draw and answer. Timers would wait a second each while the page is in the background. */
function breathe() {
  return new Promise((go) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => go(port1.close());
    port2.postMessage("");
  });
}

/** Brings the form to life. All its words stand in the page, and so in the language of the page. */
function enhance(form) {
  const { seq, mark, file } = form.elements;
  const status = form.querySelector("[role=status]");
  const fields = form.querySelector("details");
  // How far the record goes that this page was made from.
  const page = { seq: Number(form.dataset.seq), mark: (form.dataset.mark || "").replaceAll(" ", "") };
  let current = new AbortController();

  const say = (name, values = {}) => status.dataset[name].replace(/\{(\w+)\}/g, (_, key) => values[key]);
  /** One verdict, and below it what else there is to know. */
  const show = (state, ...sentences) => {
    status.dataset.state = state;
    status.replaceChildren(
      ...sentences.map((text) => Object.assign(document.createElement("p"), { textContent: text })),
    );
  };

  /** Marks a field, with words that its description points to. */
  const flag = (field, isWrong) => {
    const note = document.getElementById(`${field.id}-wrong`);
    note.textContent = isWrong ? note.dataset.words : "";
    if (isWrong) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
    if (isWrong) fields.open = true;
    return isWrong;
  };

  /** Puts a line of an update where it belongs, whichever field it came into; says whether it was one. */
  const spread = (text) => {
    const line = lineOf(text);
    if (line) [seq.value, mark.value] = line;
    return Boolean(line);
  };

  /** What the update says, if the fields were filled in: whether the record agrees, and a sentence. */
  const compare = (hashes) => {
    const number = plain(seen(seq.value).trim());
    const digits = seen(mark.value).replace(/[^0-9a-z]/gi, "").toLowerCase();
    const isAsked = number !== "" || mark.value.trim() !== "";
    const wrong = [
      flag(seq, isAsked && !/^[1-9]\d{0,14}$/.test(number)),
      flag(mark, isAsked && !/^[0-9a-f]{16,64}$/.test(digits)),
    ];
    if (!isAsked) return undefined;
    if (wrong.includes(true)) return { state: "open", words: say("unread") };
    if (!hashes) return undefined;
    const named = { seq: number, last: hashes.length };
    if (number > hashes.length) return { state: "fault", words: say("ends", named) };
    const isSame = hashes[number - 1].startsWith(digits);
    return { state: isSame ? "good" : "fault", words: say(isSame ? "same" : "other", named), reaches: Number(number) };
  };

  /** How what was read stands to the page. A record that was read just now may be newer than the page, never older. */
  const beside = (hashes) => {
    const last = hashes.length;
    const values = { seq: last, known: page.seq, missing: page.seq - last };
    if (last === 0 && page.seq > 0) return { state: "fault", words: say("none", values) };
    if (last < page.seq) return { state: "fault", words: say("part", values), isPart: true };
    if (page.seq > 0 && !hashes[page.seq - 1].startsWith(page.mark)) return { state: "fault", words: say("foreign", values) };
    return last > page.seq ? { state: "good", words: say("newer", values) } : undefined;
  };

  const tell = ({ hashes, fault }) => {
    if (fault) {
      return show("fault", say("broken", { seq: fault.seq, why: say(`why${fault.why}`) }));
    }
    const last = hashes.length;
    const values = { seq: last, mark: last && fingerprint(hashes[last - 1]) };
    const [update, page] = [compare(hashes), beside(hashes)];
    const isGood = [update, page].every((one) => !one || one.state === "good");
    const whole = { state: "good", words: say(["empty", "holdsOne"][last] || (isGood ? "holds" : "fits"), values) };
    const end = page?.isPart ? { state: "good", words: say("end", values) } : whole;
    const verdicts = [update, page, last === 0 && page ? undefined : end];
    const rank = ["fault", "open", "good"];
    const told = verdicts.filter(Boolean).sort((one, other) => rank.indexOf(one.state) - rank.indexOf(other.state));
    const sentences = told.map((one) => one.words);
    // Sums alone never show an end that is not there; an update that names the last event does.
    if (isGood && last > 0 && update?.reaches !== last) sentences.push(say("caveat"));
    show(told[0].state, ...sentences);
  };

  /** Checks what `load` brings; what was being checked before is given up. */
  const check = async (load) => {
    current.abort();
    current = new AbortController();
    const { signal } = current;
    // Fields are judged only when somebody asks: words that come and go while they type move the page under the pointer.
    spread(seq.value) || spread(mark.value);
    compare();
    show("busy", say("busy", { percent: 0 }));
    let told = Date.now();
    const step = async (share) => {
      await breathe();
      if (signal.aborted) throw new Error("given up");
      // Whoever listens to this page is not to hear every step.
      if (Date.now() - told < 2000) return;
      told = Date.now();
      show("busy", say("busy", { percent: Math.floor(share * 100) }));
    };
    try {
      const outcome = await verify(new Uint8Array(await load(signal)), step);
      if (signal.aborted) return;
      tell(outcome);
    } catch {
      if (!signal.aborted) show("open", say("unreachable"));
    }
    // It stands above the fields; who pressed the button below them is to see it.
    if (!signal.aborted) status.scrollIntoView({ block: "nearest" });
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    file.value = "";
    check(async (signal) => {
      const answer = await fetch(form.dataset.record, { signal, cache: "no-store" });
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      return answer.arrayBuffer();
    });
  });
  file.addEventListener("change", () => {
    const [chosen] = file.files;
    if (chosen) check(() => chosen.arrayBuffer());
  });
  // The same file once more is a question too, and no change.
  file.addEventListener("click", () => { file.value = ""; });
  for (const field of [seq, mark]) {
    field.addEventListener("paste", (event) => {
      if (spread(event.clipboardData.getData("text/plain"))) event.preventDefault();
    });
  }
  form.hidden = false;
}

const form = globalThis.document && document.querySelector("form[data-record]");
if (form) {
  // Browsers do this only on pages that came by a safe way.
  if (globalThis.crypto && crypto.subtle) enhance(form);
  else document.getElementById("check-unable").hidden = false;
}
