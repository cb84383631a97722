-- wrk -s load.lua URL -- SPEC: sends the requests of the file SPEC in turn and prints what came of them as JSON.
-- SPEC: the method on the first line, then on each line a path, a tab and a body; {n} in a body counts the requests.

local method, paths, bodies, sent = "GET", {}, {}, 0

function init(args)
  local lines = io.lines(args[1])
  method = lines()
  for line in lines do
    local path, body = line:match("^([^\t]*)\t(.*)$")
    paths[#paths + 1], bodies[#bodies + 1] = path, body
  end
end

function request()
  sent = sent + 1
  local turn = sent % #paths + 1
  local body = bodies[turn]
  if body == "" then
    return wrk.format(method, paths[turn])
  end
  return wrk.format(method, paths[turn], nil, (body:gsub("{n}", sent)))
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\nRESULT {"requests": %d, "us": %d, "refused": %d, "broken": %d, "p50": %f, "p99": %f}\n',
    summary.requests, summary.duration, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
