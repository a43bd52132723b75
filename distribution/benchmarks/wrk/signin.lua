-- A sign-in with every request, of one member after another: argument members.
dofile(os.getenv("BENCH_WRK") .. "/report.lua")
done = function(summary, latency) report(summary, latency) end

local members, n = 1, 0

function init(arguments) members = tonumber(arguments[1]) end

local headers = { ["Content-Type"] = "application/json" }

function request()
  n = (n + 1) % members
  -- what the seeding program calls them
  local body = '{"email":"benchmark-' .. n .. '@example.org","password":"une phrase secrete"}'
  return wrk.format("POST", "/api/v1/sessions", headers, body)
end
