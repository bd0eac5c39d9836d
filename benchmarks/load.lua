-- Sends the requests of a file, one after the other: method, path, body and headers of each in a
-- line, separated by tabs. Reads begin anew at the end of the file, writes stop there.
local requests, at, wraps, threads = {}, 0, true, {}
local ffi = require("ffi")
ffi.cdef("struct instant { long s; long ns; }; int clock_gettime(int, struct instant *);")
local instant = ffi.new("struct instant")

local function now_us()
  ffi.C.clock_gettime(1, instant)
  return tonumber(instant.s) * 1e6 + tonumber(instant.ns) / 1e3
end

function setup(thread) threads[#threads + 1] = thread end

function init(arguments)
  wraps = arguments[2] == "again"
  if wraps then response = nil end
  for line in io.lines(arguments[1]) do
    local fields = {}
    for field in (line .. "\t"):gmatch("([^\t]*)\t") do fields[#fields + 1] = field end
    local own = {}
    for index = 4, #fields, 2 do own[fields[index]] = fields[index + 1] end
    local body = fields[3] ~= "" and fields[3] or nil
    requests[#requests + 1] = wrk.format(fields[1], fields[2], own, body)
  end
end

function request()
  at = at + 1
  first_us = first_us or now_us()
  if at > #requests then
    at = 1
    if not wraps then wrk.thread:stop() end
  end
  return requests[at]
end

-- wrk waits for the end of the round even when all is sent: what counts is the last answer.
function response() last_us = now_us() end

function done(summary, latency, _)
  local errors, took_us = summary.errors, summary.duration
  local first, last = threads[1]:get("first_us"), threads[1]:get("last_us")
  if first and last then took_us = last - first end
  io.write(string.format(
    'RESULT {"requests":%d,"took_us":%d,"p50_us":%d,"p99_us":%d,"refused":%d,"lost":%d}\n',
    summary.requests, took_us, latency:percentile(50), latency:percentile(99),
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
