# Resident memory at the heap limit that is shipped.

measure_memory() {
  local n=${rounds:-3} round rested=() loaded=() highest=() url=http://127.0.0.1:$port data=$work/memory
  prepare "$data" "$port" 5000 5000 4
  for round in $(seq "$n"); do
    say "memory, round $round of $n"
    launch "$ours" "$data" "$port"
    local server=$pid
    wait_for "$server" "$port" /ideas
    sleep 10
    rested+=("$(resident "$server")")
    load "$seconds" 16 get.lua "$url/ideas"
    load "$seconds" 32 vote.lua "$url/" 5000 5000 $((round * 1000000))
    load "$seconds" 16 get.lua "$url/ideas" "$data/pages.txt"
    load "$seconds" 16 get.lua "$url/ideas?q=jardin"
    loaded+=("$(resident "$server")") highest+=("$(peak "$server")")
    stop "$server"
  done
  local rest most
  rest=$(median "${rested[@]}") most=$(median "${highest[@]}")
  cat << EOF

## memory: resident, MB, median of $n (range); 5,000 ideas on Derby, $(java_options)

| | MB | target | |
|---|---|---|---|
| ten seconds after the start | $rest ($(spread "${rested[@]}")) | < 450 | $(holds "$rest" '<' 450) |
| after load: list, votes, deep pages, search for $seconds s each | $(median "${loaded[@]}") ($(spread "${loaded[@]}")) | | |
| the most at any moment | $most ($(spread "${highest[@]}")) | < 900 | $(holds "$most" '<' 900) |
EOF
}
