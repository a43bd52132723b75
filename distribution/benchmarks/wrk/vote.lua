-- A vote with every request, of another pair of idea and member than any before: arguments ideas, members, first pair.
dofile(os.getenv("BENCH_WRK") .. "/report.lua")
done = function(summary, latency) report(summary, latency) end

local ideas, members, n

function init(arguments)
  ideas, members, n = tonumber(arguments[1]), tonumber(arguments[2]), tonumber(arguments[3])
end

local headers = { ["Content-Type"] = "application/json" }

function request()
  local member, round = n % members, math.floor(n / members)
  local idea = (round + member * 7) % ideas
  n = n + 1
  headers["Authorization"] = "Bearer benchmark-" .. member
  -- the ids that the seeding program gives
  return wrk.format("PUT", "/api/v1/ideas/" .. string.format("%d", 1000000 + idea) .. "/vote", headers, '{"choice":"for"}')
end
