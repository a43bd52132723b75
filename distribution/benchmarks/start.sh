# Cold start to the first 200, ours and a plain Karaf with the same third-party bundles in turn.

# once ASSEMBLY DATA PATH [OPTION…] : sets $took in milliseconds
once() {
  local assembly=$1 data=$2 path=$3 began
  shift 3
  began=$(now_ms)
  launch "$assembly" "$data" "$port" "$@"
  wait_for "$pid" "$port" "$path"
  took=$(($(now_ms) - began))
  stop "$pid"
}

measure_start() {
  local n=${rounds:-5} round plain_first=() plain_second=() our_first=() our_second=()
  for round in $(seq 0 "$n"); do
    say "start, round $round of $n"
    local times=()
    once "$plain" "$work/plain" /hello; times+=("$took")
    once "$ours" "$work/start" /ideas --sample; times+=("$took")
    once "$plain" "$work/plain" /hello; times+=("$took")
    once "$ours" "$work/start" /ideas --sample; times+=("$took")
    rm -rf "$work/plain" "$work/start"
    # round 0 brings the files into the disk's cache
    [ "$round" -gt 0 ] || continue
    plain_first+=("${times[0]}") our_first+=("${times[1]}") plain_second+=("${times[2]}") our_second+=("${times[3]}")
  done
  local pf of ps os
  pf=$(median "${plain_first[@]}") of=$(median "${our_first[@]}") ps=$(median "${plain_second[@]}") os=$(median "${our_second[@]}")
  cat << EOF

## start: cold start to the first 200, milliseconds, median of $n (range)

| | plain Karaf, hello servlet | Notreville, list of ideas | ratio | target | |
|---|---|---|---|---|---|
| first start (ours: database, migrations, sample town) | $pf ($(spread "${plain_first[@]}")) | $of ($(spread "${our_first[@]}")) | $(calc "$of / $pf" 2) | ≤ 3 | $(holds "$of / $pf" '<=' 3) |
| second start | $ps ($(spread "${plain_second[@]}")) | $os ($(spread "${our_second[@]}")) | $(calc "$os / $ps" 2) | ≤ 1.3 | $(holds "$os / $ps" '<=' 1.3) |
EOF
}
