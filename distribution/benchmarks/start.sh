# Cold start to the first 200, ours and a plain Karaf with the same third-party bundles in turn: as Apache ships it, started
# with its own script, and, to see what is the script's work and what the modules', started with ours.

# once ASSEMBLY DATA PATH [OPTION…] : sets $took and $used, both in milliseconds; with the option "as-shipped" by bin/karaf
once() {
  local assembly=$1 data=$2 path=$3 began
  shift 3
  if [ "${1:-}" = as-shipped ] && [ ! -d "$data" ]; then
    mkdir -p "$data"/{data,log}
    cp -R "$assembly/etc" "$data/etc"
    # what our script writes
    sed -i "s/^sshPort = .*/sshPort = $((port + 100))/" "$data/etc/org.apache.karaf.shell.cfg"
  fi
  began=$(now_ms)
  if [ "${1:-}" = as-shipped ]; then
    launch_karaf "$assembly" "$data" "$port"
  else
    launch "$assembly" "$data" "$port" "$@"
  fi
  wait_for "$pid" "$port" "$path"
  took=$(($(now_ms) - began))
  used=$(ticks "$pid")
  stop "$pid"
}

measure_start() {
  local n=${rounds:-5} round i results=('' '' '' '' '' '') processor=('' '' '' '' '' '')
  bash "$ours/bin/notreville" prepare
  for round in $(seq 0 "$n"); do
    say "start, round $round of $n"
    for i in 0 1 2 3 4 5; do
      case $((i % 3)) in
        0) once "$plain" "$work/shipped" /hello as-shipped ;;
        1) once "$plain" "$work/plain" /hello ;;
        2) once "$ours" "$work/start" /ideas --sample ;;
      esac
      # round 0 brings the files into the disk's cache
      [ "$round" -eq 0 ] || { results[i]+=" $took" processor[i]+=" $used"; }
    done
    rm -rf "$work/shipped" "$work/plain" "$work/start"
  done
  cat << EOF

## start: cold start to the first 200, milliseconds, median of $n (range)

| | plain Karaf, hello servlet | the same with our script | Notreville, list of ideas | ratio | target | | processor time, ratio |
|---|---|---|---|---|---|---|---|
$(start_row 'first start (ours: database, migrations, sample town)' 0 3)
$(start_row 'second start' 3 1.3)
EOF
}

# start_row TITLE FIRST LIMIT
start_row() {
  local shipped plain_took ours_took
  shipped=$(median ${results[$2]}) plain_took=$(median ${results[$2 + 1]}) ours_took=$(median ${results[$2 + 2]})
  echo "| $1 | $shipped ($(spread ${results[$2]})) | $plain_took ($(spread ${results[$2 + 1]}))" \
    "| $ours_took ($(spread ${results[$2 + 2]})) | $(calc "$ours_took / $shipped" 2)" \
    "| ≤ $3 | $(holds "$ours_took / $shipped" '<=' "$3")" \
    "| $(median ${processor[$2]}), $(median ${processor[$2 + 1]}), $(median ${processor[$2 + 2]})," \
    "$(calc "$(median ${processor[$2 + 2]}) / $(median ${processor[$2]})" 2) |"
}
