# Votes under load, kill -9 at a random moment, start again: what was acknowledged must be there.

CRASH_IDEAS=200 CRASH_MEMBERS=800 CRASH_CLIENTS=8

# crash_on ENGINE DATA [--db …] : appends a row
crash_on() {
  local engine=$1 data=$2 n=${rounds:-20} round url=http://127.0.0.1:$port noted=$2.votes votes=0 lost=0 totals=0 order=0 command=0
  shift 2
  prepare "$data" "$port" $CRASH_IDEAS $CRASH_MEMBERS 0 "$@"
  for round in $(seq "$n"); do
    launch "$ours" "$data" "$port" "$@"
    local server=$pid result said
    wait_for "$server" "$port" /ideas
    # votes begin at once: a server that has just started counts anew in the background
    tool Crash vote "$url" "$noted" $CRASH_CLIENTS $CRASH_IDEAS $CRASH_MEMBERS 90 "$round" > "$work/crash.txt" &
    local voters=$! wait=$((RANDOM % 4000)) end=$((SECONDS + 60))
    until grep -q BEGUN "$work/crash.txt" || [ $SECONDS -ge $end ]; do sleep 0.1; done
    sleep "$((wait / 1000)).$(printf %03d $((wait % 1000)))"
    kill -KILL "$server"
    wait "$server" 2> /dev/null || true
    wait "$voters"
    result=$(sed -n 's/^RESULT //p' "$work/crash.txt")
    votes=$((votes + result))
    launch "$ours" "$data" "$port" "$@"
    server=$pid
    wait_for "$server" "$port" /ideas
    read -r _ all l t o <<< "$(tool Crash check "$url" "$noted" | grep ^RESULT)"
    said=$(bash "$ours/bin/notreville" shell --data "$data" notreville:check-votes 2>&1 | grep -E 'agree' || echo 'no answer')
    [[ $said == agree:* ]] || { command=$((command + 1)); say "$said"; }
    lost=$((lost + l)) totals=$((totals + t)) order=$((order + o))
    say "crash on $engine, round $round of $n: killed $wait ms after the first vote, $result acknowledged; of $all votes $l lost, $t totals and $o places wrong; $said"
    # half of the rounds go on from a kill, half from an orderly stop
    if [ $((RANDOM % 2)) = 0 ]; then kill -KILL "$server"; wait "$server" 2> /dev/null || true; else stop "$server"; fi
  done
  echo "| $engine | $n | $votes | $lost | $totals | $order | $command | $(holds "$((lost + totals + order + command))" '==' 0) |" >> "$work/crash.md"
  [ $((lost + totals + order + command)) = 0 ] || failed=1
}

measure_crash() {
  : > "$work/crash.md"
  crash_on Derby "$work/crash"
  if [ "$postgresql" = yes ]; then
    start_postgresql
    crash_on PostgreSQL "$work/crash-postgresql" "${db_options[@]}"
    stop_postgresql
  fi
  cat << EOF

## crash: kill -9 while $CRASH_CLIENTS clients vote, then start again

After each kill every vote that was ever acknowledged is looked up with its receipt; totals of the list, of each idea, of the page
and the order by support are compared with those votes; \`notreville:check-votes\` compares rows, totals and sort keys.

| database | kills | votes acknowledged | lost | totals that disagree | places in the order | refused by check-votes | target 0 |
|---|---|---|---|---|---|---|---|
$(cat "$work/crash.md")
EOF
}
