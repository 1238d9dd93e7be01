-- For wrk: sends If-None-Match where a tag is given, counts the statuses that are not expected, and says how it went in
-- one line of JSON.
local tag = os.getenv("BENCH_TAG")
local expected = tonumber(os.getenv("BENCH_STATUS") or "200")
local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

function init(args)
  wrong = 0
  if tag then
    wrk.headers["If-None-Match"] = tag
  end
end

function response(status, headers, body)
  if status ~= expected then
    wrong = wrong + 1
  end
end

-- Counting costs wrk itself; where it would slow the measure down, the statuses are left to `done`.
if os.getenv("BENCH_COUNT") ~= "yes" then
  response = nil
end

function done(summary, latency, requests)
  local wrong = 0
  for _, thread in ipairs(threads) do
    wrong = wrong + (thread:get("wrong") or 0)
  end
  local errors = summary.errors
  io.write(string.format(
    '\nJSON {"requests": %d, "us": %d, "bytes": %d, "p50": %d, "p99": %d, "wrong": %d, "errors": %d}\n',
    summary.requests, summary.duration, summary.bytes, latency:percentile(50), latency:percentile(99), wrong,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
