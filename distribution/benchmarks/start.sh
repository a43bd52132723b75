# Cold start to the first 200, ours and a plain Karaf with the same third-party bundles in turn.

# once ASSEMBLY DATA PATH [OPTION…] : sets $took and $used, both in milliseconds
once() {
  local assembly=$1 data=$2 path=$3 began
  shift 3
  began=$(now_ms)
  launch "$assembly" "$data" "$port" "$@"
  wait_for "$pid" "$port" "$path"
  took=$(($(now_ms) - began))
  used=$(ticks "$pid")
  stop "$pid"
}

measure_start() {
  local n=${rounds:-5} round i results=('' '' '' '') processor=('' '' '' '')
  for round in $(seq 0 "$n"); do
    say "start, round $round of $n"
    for i in 0 1 2 3; do
      if [ $((i % 2)) = 0 ]; then once "$plain" "$work/plain" /hello; else once "$ours" "$work/start" /ideas --sample; fi
      # round 0 brings the files into the disk's cache
      [ "$round" -eq 0 ] || { results[i]+=" $took" processor[i]+=" $used"; }
    done
    rm -rf "$work/plain" "$work/start"
  done
  cat << EOF

## start: cold start to the first 200, milliseconds, median of $n (range)

| | plain Karaf, hello servlet | Notreville, list of ideas | ratio | target | | processor time, ratio |
|---|---|---|---|---|---|---|
$(start_row 'first start (ours: database, migrations, sample town)' 0 3)
$(start_row 'second start' 2 1.3)
EOF
}

# start_row TITLE FIRST LIMIT
start_row() {
  local theirs ours_took
  theirs=$(median ${results[$2]}) ours_took=$(median ${results[$2 + 1]})
  echo "| $1 | $theirs ($(spread ${results[$2]})) | $ours_took ($(spread ${results[$2 + 1]})) | $(calc "$ours_took / $theirs" 2)" \
    "| ≤ $3 | $(holds "$ours_took / $theirs" '<=' "$3") | $(median ${processor[$2]}), $(median ${processor[$2 + 1]}), $(calc "$(median ${processor[$2 + 1]}) / $(median ${processor[$2]})" 2) |"
}
