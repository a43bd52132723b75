-- One address again and again, or with the name of a file as argument the queries in it in turn.
dofile(os.getenv("BENCH_WRK") .. "/report.lua")
done = function(summary, latency) report(summary, latency) end

local queries, n = {}, 0

function init(arguments)
  if arguments[1] then
    for line in io.lines(arguments[1]) do queries[#queries + 1] = wrk.format("GET", wrk.path .. "?" .. line) end
    request = function()
      n = n % #queries + 1
      return queries[n]
    end
  end
end
