-- One address again and again, or with the name of a file as argument the queries in it in turn ("-" for none); with a number
-- as second argument in the sessions of that many members in turn.
dofile(os.getenv("BENCH_WRK") .. "/report.lua")
done = function(summary, latency) report(summary, latency) end

local requests, n = {}, 0

function init(arguments)
  local file, members = arguments[1] or "-", tonumber(arguments[2] or "0")
  if file == "-" and members == 0 then return end
  local paths = {}
  if file == "-" then
    paths[1] = wrk.path
  else
    for line in io.lines(file) do paths[#paths + 1] = wrk.path .. "?" .. line end
  end
  for i = 1, math.max(#paths, members) do
    local headers = {}
    if members > 0 then headers["Cookie"] = "nv_session=benchmark-" .. i % members end
    requests[i] = wrk.format("GET", paths[(i - 1) % #paths + 1], headers)
  end
  request = function()
    n = n % #requests + 1
    return requests[n]
  end
end
