"""Checks an exported record as docs/record-format.md tells: prints 0 if it holds, else the number of the first fault.
Beside it, as a note, it tells where the record ends: sums alone do not show that an end was left off."""
import hashlib, json, re, sys

def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()

def sha(data):
    return hashlib.sha256(data).hexdigest()

def fault(text):
    def read(line):
        try: return json.loads(line)
        except ValueError: return None
    lines = [read(line) for line in text.split("\n")[:-1]]
    gone = {e["content"]["redacts"] for e in lines if isinstance(e, dict) and e.get("kind") == "redaction"
            and isinstance(e.get("content"), dict) and e["content"].get("redacts", e["seq"]) < e["seq"]}
    prev, at, fields = "0" * 64, "", "seq at kind subject content content_hash prev hash".split()
    for n, e in enumerate(lines, 1):
        if not isinstance(e, dict) or sorted(e) != sorted(fields) or e["seq"] != n or e["prev"] != prev: return n
        if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", e["at"]) or e["at"] < at: return n
        if e["content"] is None:
            if n not in gone or e["kind"] == "redaction": return n
        elif not re.fullmatch("[0-9a-f]{32}", e["content"].get("salt", "")) or sha(canonical(e["content"])) != e["content_hash"]: return n
        chained = canonical({key: e[key] for key in ("seq", "at", "kind", "subject", "content_hash")})
        if sha(bytes.fromhex(prev) + chained) != e["hash"]: return n
        prev, at = e["hash"], e["at"]
    return 0

text = open(sys.argv[1], encoding="utf-8", newline="\n").read()
found = fault(text)
print(found)
if not found and text:
    last = json.loads(text.split("\n")[-2])
    mark = " ".join(last["hash"][i:i + 4] for i in range(0, 16, 4))
    print(f"All {last['seq']} events fit together. The last is event {last['seq']}, its fingerprint {mark}.", file=sys.stderr)
    print("Compare both with the project's page or with somebody's update: an end may have been left off.", file=sys.stderr)
